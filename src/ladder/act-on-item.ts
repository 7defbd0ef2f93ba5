/** What every act of a person on an open item has in common: it is loaded, the person is authorised, and a refusal is told with what it needs. */
import { authorise, type Person, type Refused } from '../authorise.ts';
import type { Decision, ItemRecord } from '../decision.ts';
import type { Unit } from '../store/commit.ts';
import { loadDecision } from '../store/decisions.ts';
import { loadItem } from '../store/items.ts';
import type { World } from '../world.ts';

export type ActedOn =
  | { done: true; record: ItemRecord }
  | { done: false; refusal: Refused; record: ItemRecord | null; decision: Decision | null }
  | { done: 'unknown'; usergroups: string[] };

/** What `work` found: done (null), refused, or that user groups must be looked up first. */
export type Worked = null | Refused | { unknown: string[] };

/** Runs `work` in one transaction for whoever may decide the item. What it refuses it refuses before it writes anything. */
export async function actOnItem(
  world: World,
  asked: { item_id: string; person: Person },
  work: (unit: Unit, record: ItemRecord) => Promise<Worked>,
): Promise<ActedOn> {
  const { item_id, person } = asked;
  return world.commit(async (unit): Promise<ActedOn> => {
    const record = await loadItem(unit.db, item_id);
    if (!record) return { done: false, refusal: { refused: 'gone' }, record: null, decision: null };
    const refuse = async (refusal: Refused): Promise<ActedOn> => ({
      done: false,
      refusal,
      record,
      decision: await loadDecision(unit.db, item_id),
    });
    if (record.status === 'decided')
      return refuse({ refused: 'decided', outcome: record.outcome ?? 'expired' });
    const may = await authorise(world, unit.db, record, person);
    if (may.may === 'unknown') return { done: 'unknown', usergroups: may.usergroups };
    if (may.may === 'no') return refuse(may.refusal);
    const worked = await work(unit, record);
    if (worked === null) return { done: true, record };
    return 'unknown' in worked ? { done: 'unknown', usergroups: worked.unknown } : refuse(worked);
  });
}
