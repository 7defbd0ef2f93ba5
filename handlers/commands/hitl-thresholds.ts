/** `/hitl thresholds DOMAIN [MODEL] [error 2%]`: from where on the data supports letting through; for managers. */
import { named } from '../../src/domain/in-sentence.ts';
import type { RespondFn } from '@slack/bolt';
import { withinLimits } from '../../blocks/text/limits.ts';
import type { Message } from '../../blocks/text/message.ts';
import { readMentionedText } from '../../blocks/text/mentioned-text.ts';
import { plainMessage } from '../../blocks/messages/plain-message.ts';
import { statsPicture } from '../../blocks/messages/stats-message.ts';
import {
  thresholdsMessage,
  type ThresholdsShown,
} from '../../blocks/messages/thresholds-message.ts';
import type { Person } from '../../src/access/refused.ts';
import type { Diagram } from '../../src/stats/charts/reliability-chart.ts';
import type { CheckedGroup } from '../../src/stats/formulas/checked.ts';
import type { HandlerContext } from '../context/handler-context.ts';
import { leadingDomain } from './domain-name.ts';
import { maySeeNow, wordsFor } from '../context/ask-whether.ts';

const DAYS = 90;
const DAY_MS = 86_400_000;
/** Of models, beside the whole. */
const MOST_DIAGRAMS = 5;
const USAGE =
  'Like this: `/hitl thresholds billing`, of one model `/hitl thresholds billing writer 2`, with another share of errors `/hitl thresholds billing error 1%` (0.1% to 50%).';

export async function showThresholds(
  desk: HandlerContext,
  person: Person,
  typed: string,
  respond: RespondFn,
): Promise<void> {
  const say = (message: Message) =>
    respond({ response_type: 'ephemeral', ...withinLimits('message', message) });
  const may = await maySeeNow(desk, { view: 'thresholds' }, person);
  if (may.may === 'no') return void (await say(plainMessage(wordsFor(desk, may.refusal, person))));
  const { domains } = desk.world.policy();
  const meant = leadingDomain(Object.values(domains), typed);
  if (meant === null)
    return void (await say(
      plainMessage(
        `Which domain? There are: ${Object.keys(domains)
          .map((one) => named(one))
          .join(', ')}. ${USAGE}`,
      ),
    ));
  const read = readRest(readMentionedText(meant.rest, desk.botUserId));
  if (read === null) return void (await say(plainMessage(USAGE)));
  const { target, model } = read;
  const to = desk.world.clock.now();
  const { id, title } = meant.domain;
  const period = { from: to - DAYS * DAY_MS, to };
  const found = await desk.figures.ask({ ask: 'checked', ...period, domain: id, model, target });
  if (model !== null && found.model === null)
    return void (await say(plainMessage(noModel(model, title, found.groups))));
  const above = found.search.found?.at;
  const shown: ThresholdsShown = {
    ...found,
    domain: title,
    days: DAYS,
    // A rule for one model alone is more than another number in a rule.
    draft: above === undefined || model !== null ? null : JSON.stringify({ domain: id, above }),
  };
  try {
    await say(thresholdsMessage(shown));
  } catch (error) {
    desk.world.log.info({ err: error }, 'Slack takes no table here: the figures go as lines');
    await say(thresholdsMessage(shown, true));
  }
  const picture = await desk.figures.reliability(diagramsOf(shown));
  if (picture !== null && 'file_id' in picture) await say(statsPicture(picture));
  else if (picture !== null) {
    desk.world.log.warn({ why: picture.failed }, 'the reliability diagram could not be shown');
    await say(plainMessage('The picture could not be sent to Slack. The figures above are whole.'));
  }
}

/** The domain as a whole and each of its models beside it, as many as one can tell apart; or the model that was asked for. */
function diagramsOf({ domain, model, all, groups }: ThresholdsShown): Diagram[] {
  if (model !== null) return [{ title: `${domain}, ${model}`, calibration: all }];
  const told = groups.filter(({ calibration }) => calibration.looked > 0);
  return [
    { title: domain, calibration: all },
    ...(told.length < 2 ? [] : told.slice(0, MOST_DIAGRAMS)).map((one) => ({
      title: one.model === '' ? 'no model named' : one.model,
      calibration: one.calibration,
    })),
  ];
}

const noModel = (model: string, title: string, groups: readonly CheckedGroup[]): string => {
  const models = groups.map((one) => one.model).filter((one) => one !== '');
  const list =
    models.length === 0
      ? 'None is named.'
      : `There are: ${models
          .slice(0, 10)
          .map((one) => named(one))
          .join(', ')}.`;
  return `No model called “${named(model, 60)}” in ${named(title)} in the last ${DAYS} days. ${list} ${USAGE}`;
};

/** A model, if one is named, and a share of errors, 0..1, 2% where none is named; null where it is none. */
function readRest(typed: string): { model: string | null; target: number } | null {
  const text = typed.trim();
  if (!text.endsWith('%')) return { model: text === '' ? null : text, target: 0.02 };
  const words = text.slice(0, -1).trimEnd().split(/\s+/);
  const number = words.pop() ?? '';
  if (!/^\d{1,2}(?:\.\d{1,2})?$/.test(number)) return null;
  if (words.at(-1)?.toLowerCase() === 'error') words.pop();
  const target = Number(number) / 100;
  const model = words.length === 0 ? null : words.join(' ');
  return target >= 0.001 && target <= 0.5 ? { model, target } : null;
}
