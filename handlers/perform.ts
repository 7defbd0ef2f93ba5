/**
 * Carries an act out and answers it visibly. What can be decided from what is known is committed before the ack; what
 * needs Slack first (who is in a user group) is stored, then acked, then carried out.
 */
import { deciderRefs } from '../policies/who-may.ts';
import { refusalNote } from '../blocks/notes.ts';
import { keepAct, refreshCards, runAct, settleAct, type Act, type Acted } from '../src/act.ts';
import type { Refused } from '../src/authorise.ts';
import type { Decision, ItemRecord } from '../src/decision.ts';
import { backoff } from '../src/pace.ts';
import { wait } from '../src/clock.ts';
import type { Desk } from './desk.ts';

type Answer = () => Promise<unknown>;

/** Runs `act`; `ack` is called once it is on disk. `onRefused` may answer in place of a private note. */
export async function perform(
  desk: Desk,
  act: Act,
  ack: Answer,
  onRefused?: (words: string) => Promise<unknown>,
): Promise<void> {
  const acted = await runAct(desk.world, act);
  const look = groupsToLookUp(desk, acted);
  if (look.length > 0) {
    const id = await keepAct(desk.world, act);
    await ack();
    desk.afterwards('a click that waited for Slack', settleLater(desk, id, act, look));
    return;
  }
  if (acted.acted === 'refused') {
    const words = wordsFor(desk, acted);
    if (onRefused) await onRefused(words);
    else {
      await settleAct(desk.world, null, act, words);
      await ack();
    }
    await afterRefusal(desk, acted);
    return;
  }
  await ack();
}

/** Looks the groups up, as often as it takes, and settles the act. */
export async function settleLater(
  desk: Desk,
  id: string,
  act: Act,
  usergroups: readonly string[],
): Promise<void> {
  let look = usergroups;
  for (let attempt = 1; ; attempt += 1) {
    try {
      await desk.members.look(look);
      const acted = await runAct(desk.world, act);
      if (acted.acted === 'unknown') {
        look = acted.usergroups;
        continue;
      }
      await settleAct(
        desk.world,
        id,
        act,
        acted.acted === 'refused' ? wordsFor(desk, acted) : null,
      );
      if (acted.acted === 'refused') await afterRefusal(desk, acted);
      return;
    } catch (error) {
      desk.world.log.warn(
        { err: error, act: act.act, attempt },
        'Slack did not say who is in a user group; the click is kept and tried again',
      );
      if (attempt === 1) {
        await settleAct(
          desk.world,
          null,
          act,
          'Slack is slow to say whether you may do this. Your click is kept, and I will try again.',
        );
      }
      await wait(desk.world.clock, backoff(attempt));
    }
  }
}

/** Not known at all, or known a while ago and about to refuse somebody. */
function groupsToLookUp(desk: Desk, acted: Acted): string[] {
  if (acted.acted === 'unknown') return acted.usergroups;
  if (acted.acted !== 'refused' || acted.refusal.refused !== 'not_a_decider') return [];
  const asked = acted.record ?? { domain: null, by: null };
  const groups = deciderRefs(desk.world.policy(), asked).flatMap((ref) =>
    ref.type === 'usergroup' ? [ref.id] : [],
  );
  return desk.members.stale(groups);
}

type RefusedAct = { refusal: Refused; record: ItemRecord | null; decision: Decision | null };

/** The private note's words. */
export function wordsFor(desk: Desk, refused: RefusedAct): string {
  const { refusal, record, decision } = refused;
  const context = { record, decision, now: desk.world.clock.now() };
  if (refusal.refused !== 'not_a_decider') return refusalNote(refusal, context);
  return refusalNote({ refused: 'not_a_decider', ask: refusal.ask.map(mentionOf) }, context);
}

const mentionOf = (ref: { type: string; id?: string; name?: string }): string =>
  ref.type === 'user'
    ? `<@${ref.id}>`
    : ref.type === 'usergroup'
      ? `<!subteam^${ref.id}>`
      : (ref.name ?? '');

/** They clicked what is no longer so: what they look at is drawn again. */
async function afterRefusal(desk: Desk, refused: RefusedAct): Promise<void> {
  const stale = ['decided', 'changed', 'claimed', 'not_claimed'].includes(refused.refusal.refused);
  if (stale && refused.record) await refreshCards(desk.world, refused.record);
}
