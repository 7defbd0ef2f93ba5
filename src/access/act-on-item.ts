/** What every act of a person on an item has in common: one transaction, in which it is loaded, and a refusal told with what its words need. */
import { authorise } from './authorise.ts';
import type { ItemDeed } from './may-do.ts';
import type { Person, Refused } from './refused.ts';
import type { Decision, ItemRecord } from '../domain/decision.ts';
import type { Unit } from '../store/commit.ts';
import { loadDecision } from '../store/decisions.ts';
import { loadItem } from '../store/items.ts';
import type { World } from '../world/world.ts';

/** User groups and people, by their ids, must be looked up in Slack first. */
export interface NotKnown {
  done: 'unknown';
  look: string[];
}
export type NotDone =
  | { done: false; refusal: Refused; record: ItemRecord | null; decision: Decision | null }
  | NotKnown;
/** What an act came to; `Done` is what it says of itself where it was done. */
export type ActedOn<Done extends { done: true } = { done: true }> = Done | NotDone;

/** Runs `work` on an item as it stands. What it refuses it refuses before it writes anything. */
export const onItem = <Done extends { done: true }>(
  world: World,
  item_id: string,
  work: (unit: Unit, record: ItemRecord) => Promise<Done | Refused | NotKnown>,
): Promise<ActedOn<Done>> =>
  world.commit(async (unit): Promise<ActedOn<Done>> => {
    const record = await loadItem(unit.db, item_id);
    if (!record) return { done: false, refusal: { refused: 'gone' }, record: null, decision: null };
    const worked = await work(unit, record);
    if (!('refused' in worked)) return worked;
    return {
      done: false,
      refusal: worked,
      record,
      decision: await loadDecision(unit.db, item_id),
    };
  });

/** The same on an open item, for whoever may decide it. */
export const actOnItem = <Done extends { done: true }>(
  world: World,
  { item_id, person }: { item_id: string; person: Person },
  deed: ItemDeed,
  work: (unit: Unit, record: ItemRecord) => Promise<Done | Refused | NotKnown>,
): Promise<ActedOn<Done>> =>
  onItem(world, item_id, async (unit, record) => {
    if (record.status === 'decided')
      return { refused: 'decided', outcome: record.outcome ?? 'expired' };
    const may = await authorise(world, unit.db, record, person, deed);
    switch (may.may) {
      case 'unknown':
        return { done: 'unknown', look: may.look };
      case 'no':
        return may.refusal;
      case 'yes':
        return work(unit, record);
      default:
        return may satisfies never;
    }
  });
