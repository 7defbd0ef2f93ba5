/**
 * Carries an act out and answers it visibly. What can be decided from what is known is committed before the ack; what
 * needs Slack first (who somebody is, who is in a user group) is stored, then acked, then carried out.
 */
import {
  keepAct,
  refreshCards,
  runAct,
  settleAct,
  type Act,
  type Acted,
} from '../../src/items/action.ts';
import type { Person, Refused } from '../../src/access/refused.ts';
import { waitUnlessStopping } from './wait-unless-stopping.ts';
import type { HandlerContext } from './handler-context.ts';
import { refusedWords, type RefusedAct } from './refused-words.ts';

/** The card of a blind item says who has answered, and nothing else. */
const UNSEEN = 'Your new answer counts in place of the one before.';

type Answer = () => Promise<unknown>;

/**
 * Runs `act`; `ack` is called once it is on disk. `onRefused` may answer in place of a private note. Returns whether it
 * has been carried out: not where it was refused, nor where it waits for Slack.
 */
export async function runAction(
  desk: HandlerContext,
  act: Act,
  ack: Answer,
  onRefused?: (words: string) => Promise<unknown>,
): Promise<boolean> {
  const acted = await runAct(desk.world, act);
  if (toLookUp(desk, acted, act.person).length > 0) {
    const id = await keepAct(desk.world, act);
    await ack();
    desk.afterwards('a click that waited for Slack', settleLater(desk, id, act));
    return false;
  }
  if (acted.acted === 'refused') {
    const words = refusedWords(desk.world, acted, act.person);
    if (onRefused) await onRefused(words);
    else {
      await settleAct(desk.world, null, act, words);
      await ack();
    }
    await afterRefusal(desk, acted);
    return false;
  }
  if (acted.acted === 'done' && acted.unseen) await settleAct(desk.world, null, act, UNSEEN);
  await ack();
  return true;
}

/** Settles an act that is kept under `id`, looking user groups up as often as it takes. Until then it stays on disk. */
export async function settleLater(desk: HandlerContext, id: string, act: Act): Promise<void> {
  for (let attempt = 1; !desk.stopping.aborted; attempt += 1) {
    try {
      return await settleNow(desk, id, act);
    } catch (error) {
      desk.world.log.warn(
        { err: error, act: act.act, attempt },
        'a kept click could not be settled; trying again',
      );
      if (attempt === 1) {
        await settleAct(
          desk.world,
          null,
          act,
          'Slack is slow to say whether you may do this. Your click is kept, and I will try again.',
        );
      }
      await waitUnlessStopping(desk, attempt);
    }
  }
}

async function settleNow(desk: HandlerContext, id: string, act: Act): Promise<void> {
  const { world } = desk;
  let acted = await runAct(world, act);
  for (;;) {
    const look = toLookUp(desk, acted, act.person);
    if (look.length === 0) break;
    await desk.directory.look(look);
    acted = await runAct(world, act);
  }
  const refused = acted.acted === 'refused' ? acted : null;
  const words = refused
    ? refusedWords(world, refused, act.person)
    : acted.acted === 'done' && acted.unseen
      ? UNSEEN
      : null;
  await settleAct(world, id, act, words);
  if (refused) await afterRefusal(desk, refused);
}

/** Not known at all, or known a while ago and about to refuse somebody. */
function toLookUp(desk: HandlerContext, acted: Acted, person: Person): string[] {
  switch (acted.acted) {
    case 'unknown':
      return acted.look;
    case 'refused':
      return staleLooks(desk, acted.refusal, person);
    case 'done':
      return [];
    default:
      return acted satisfies never;
  }
}

/** What is behind a refusal and was looked up a while ago: somebody may have joined a group since, or be no guest any more. */
export function staleLooks(desk: HandlerContext, refusal: Refused, person: Person): string[] {
  switch (refusal.refused) {
    case 'not_a_decider':
      return desk.directory.stale(
        refusal.ask.flatMap((ref) => (ref.type === 'usergroup' ? [ref.id] : [])),
      );
    case 'guest':
    case 'deactivated':
    case 'bot':
      return desk.directory.stale([person.user]);
    default:
      return [];
  }
}

/** They clicked what is no longer so: what they look at is drawn again. */
async function afterRefusal(desk: HandlerContext, { refusal, record }: RefusedAct): Promise<void> {
  const stale = ['decided', 'changed', 'claimed', 'not_claimed'].includes(refusal.refused);
  if (stale && record) await refreshCards(desk.world, record);
}
