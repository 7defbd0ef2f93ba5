/** A later stage sends an item back to the one before it, with a reason; each stage may once. */
import { authorise, type Person, type Refused } from '../authorise.ts';
import { signedBy } from './decide-together.ts';
import type { Decision, ItemRecord } from '../decision.ts';
import { transition } from '../lifecycle.ts';
import type { World } from '../world.ts';
import { loadDecision } from '../store/decisions.ts';
import { loadItem } from '../store/items.ts';
import { opinionsOf } from '../store/opinions.ts';
import { rungsOfItem } from '../store/rungs.ts';
import { turnTo } from './turn-item.ts';
import { writeOpinion } from './write-opinion.ts';

export type SentBack =
  | { done: true }
  | { done: false; refusal: Refused; record: ItemRecord | null; decision: Decision | null }
  | { done: 'unknown'; usergroups: string[] };

/** Resolves once that is on disk, or with why not. */
export async function sendBack(
  world: World,
  sending: {
    item_id: string;
    person: Person;
    rationale: string;
    seen_rev: number;
    card_id: string | null;
  },
): Promise<SentBack> {
  const { item_id, person, rationale, seen_rev, card_id } = sending;
  return world.commit(async (unit): Promise<SentBack> => {
    const record = await loadItem(unit.db, item_id);
    if (!record) return { done: false, refusal: { refused: 'gone' }, record: null, decision: null };
    const refuse = async (refusal: Refused): Promise<SentBack> => ({
      done: false,
      refusal,
      record,
      decision: await loadDecision(unit.db, item_id),
    });
    const may = await authorise(world, unit.db, record, person);
    if (may.may === 'unknown') return { done: 'unknown', usergroups: may.usergroups };
    if (may.may === 'no') return refuse(may.refusal);
    const moved = transition(
      record,
      {
        type: 'send_back',
        by: person.user,
        seen_rev,
        signed: signedBy(await opinionsOf(unit.db, item_id)),
        next_rung: (await rungsOfItem(unit.db, item_id)).length + 1,
      },
      unit.now,
    );
    if (!moved.ok) return refuse(moved);
    if (rationale.trim() === '') return refuse({ refused: 'needs_reason' });
    const said = {
      item_id,
      slack_user: person.user,
      name: person.name,
      level: record.level,
      stage: record.several?.stage ?? 0,
      word: 'send_back' as const,
      rationale,
      error_tags: [],
    };
    await writeOpinion(world, unit, said, card_id, null);
    await turnTo(world, unit, record, moved.state);
    world.log.info({ item_id, by: person.user }, 'item sent back');
    return { done: true };
  });
}
