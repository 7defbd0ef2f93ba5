/** The answer to what an expert asked back: it is shown on the card, and the item's clocks go on. */
import { drawCardsAgain, sayOnCard } from '../outbox/enqueue.ts';
import type { ActedOn } from '../access/act-on-item.ts';
import { mayDo } from '../access/may-do.ts';
import type { Person } from '../access/refused.ts';
import type { ItemRecord } from '../domain/decision.ts';
import { saltedDigest } from '../domain/hash.ts';
import { transition } from '../domain/lifecycle.ts';
import { resumeClocks } from './stop-clocks.ts';
import { answerInfoRequest, infoRequestsOf } from '../store/info-requests.ts';
import { loadDecision } from '../store/decisions.ts';
import { loadItem, swapItem } from '../store/items.ts';
import type { World } from '../world/world.ts';

export type InfoGiven =
  | { given: 'yes'; record: ItemRecord }
  /** It ended meanwhile. */
  | { given: 'decided'; record: ItemRecord }
  /** Nobody asked, or it was answered already. */
  | { given: 'not_asked'; record: ItemRecord }
  | { given: 'unknown' };

/** `by`: who answered in Slack; null: the producer. */
export async function giveInfo(
  world: World,
  info: { item_id: string; answer: string; by: string | null },
): Promise<InfoGiven> {
  return world.commit(async (unit): Promise<InfoGiven> => {
    const record = await loadItem(unit.db, info.item_id);
    if (!record) return { given: 'unknown' };
    if (record.status === 'decided') return { given: 'decided', record };
    const asked = (await infoRequestsOf(unit.db, record.id)).find((one) => one.answer === null);
    if (!asked) return { given: 'not_asked', record };
    const moved = transition(record, { type: 'inform' }, unit.now);
    if (!moved.ok) return { given: 'decided', record };
    await swapItem(unit.db, record, moved.state);
    await answerInfoRequest(unit.db, asked.id, { answer: info.answer, by: info.by, at: unit.now });
    await unit.audit({
      event: 'item.info_given',
      item_id: record.id,
      facts: {
        slack_user: info.by ?? undefined,
        info_id: asked.id,
        answer_digest: asked.salt === null ? undefined : saltedDigest(asked.salt, info.answer),
        version: moved.state.version,
        view_rev: moved.state.view_rev,
      },
    });
    await resumeClocks(world, unit, record);
    await drawCardsAgain(world, unit, record);
    await sayOnCard(world, unit, record, { line: 'info_given', info_id: asked.id });
    return { given: 'yes', record: { ...record, ...moved.state } };
  });
}

/**
 * The same by the person who asked for the item; where no person did, by anyone of the workspace in the conversation that
 * it came from: nobody of another one, though the conversation is shared with them.
 */
export async function giveInfoInSlack(
  world: World,
  info: { item_id: string; person: Person; answer: string },
): Promise<ActedOn> {
  const { item_id, person, answer } = info;
  const record = await loadItem(world.db, item_id);
  if (!record) return { done: false, refusal: { refused: 'gone' }, record: null, decision: null };
  const requester = record.requester_slack_user;
  const may = mayDo(world.policy(), { deed: 'give_info', requester }, person, world);
  if (may.may === 'unknown') return { done: 'unknown', look: may.look };
  if (may.may === 'no') return { done: false, refusal: may.refusal, record, decision: null };
  const given = await giveInfo(world, { item_id, answer, by: person.user });
  return given.given === 'yes'
    ? { done: true }
    : {
        done: false,
        refusal:
          given.given === 'decided'
            ? { refused: 'decided', outcome: given.record.outcome ?? 'expired' }
            : { refused: 'not_asked' },
        record,
        decision: await loadDecision(world.db, item_id),
      };
}
