/** `/hitl thresholds DOMAIN [error 2%]`: from where on the data supports letting through; for managers. */
import type { RespondFn } from '@slack/bolt';
import { withinLimits } from '../blocks/limits.ts';
import type { Message } from '../blocks/message.ts';
import { plainMessage } from '../blocks/plain-message.ts';
import { statsPicture } from '../blocks/stats-message.ts';
import { thresholdsMessage, type ThresholdsShown } from '../blocks/thresholds-message.ts';
import { isManager } from '../policies/who-may.ts';
import type { Person } from '../src/authorise.ts';
import type { Desk } from './desk.ts';
import { leadingDomain } from './domain-name.ts';
import { permitted } from './permitted.ts';

const DAYS = 90;
const DAY_MS = 86_400_000;
const USAGE =
  'Like this: `/hitl thresholds billing`, or with another share of errors `/hitl thresholds billing error 1%` (0.1% to 50%).';

export const mayCalibrate = (desk: Desk, person: Person): Promise<boolean> =>
  permitted(desk, () => isManager(desk.world.policy(), person, desk.world));

export async function showThresholds(
  desk: Desk,
  person: Person,
  typed: string,
  respond: RespondFn,
): Promise<void> {
  const say = (message: Message) =>
    respond({ response_type: 'ephemeral', ...withinLimits('message', message) });
  if (!(await mayCalibrate(desk, person)))
    return void (await say(
      plainMessage('Thresholds are for managers. The policy names them under `managers`.'),
    ));
  const { domains } = desk.world.policy();
  const named = leadingDomain(Object.values(domains), typed);
  if (named === null)
    return void (await say(
      plainMessage(`Which domain? There are: ${Object.keys(domains).join(', ')}. ${USAGE}`),
    ));
  const target = readTarget(named.rest);
  if (target === null) return void (await say(plainMessage(USAGE)));
  const to = desk.world.clock.now();
  const { id, title } = named.domain;
  const question = { ask: 'checked' as const, from: to - DAYS * DAY_MS, to, domain: id, target };
  const found = await desk.figures.ask(question);
  const shown: ThresholdsShown = {
    ...found,
    domain: title,
    days: DAYS,
    draft:
      found.search.found === null
        ? null
        : JSON.stringify({ domain: id, above: found.search.found.at }),
  };
  try {
    await say(thresholdsMessage(shown));
  } catch (error) {
    desk.world.log.info({ err: error }, 'Slack takes no table here: the figures go as lines');
    await say(thresholdsMessage(shown, true));
  }
  const picture = await desk.figures.reliability(title, found.all);
  if (picture !== null && 'file_id' in picture) await say(statsPicture(picture));
  else if (picture !== null)
    desk.world.log.warn({ why: picture.failed }, 'the reliability diagram could not be shown');
}

/** A share of errors, 0..1; 2% where none is named; null where it is none. */
function readTarget(typed: string): number | null {
  const text = typed.trim().toLowerCase();
  if (text === '') return 0.02;
  const [, number] = /^(?:error\s+)?(\d{1,2}(?:\.\d{1,2})?)\s*%$/.exec(text) ?? [];
  const target = number === undefined ? Number.NaN : Number(number) / 100;
  return target >= 0.001 && target <= 0.5 ? target : null;
}
