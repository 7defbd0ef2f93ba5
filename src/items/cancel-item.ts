/** The producer no longer needs the answer. */
import type { Decision, ItemRecord } from '../domain/decision.ts';
import { endItem } from '../outcome/end-item.ts';
import { transition } from '../domain/lifecycle.ts';
import { loadDecision } from '../store/decisions.ts';
import { loadItem } from '../store/items.ts';
import type { World } from '../world/world.ts';

export type Cancelled =
  | { cancelled: boolean; record: ItemRecord; decision: Decision | null }
  | { cancelled: false; record: null };

/** Ends an open item as `cancelled`; a check goes on, and one that is decided stays as it was decided, and that decision is returned. */
export async function cancelItem(world: World, item_id: string): Promise<Cancelled> {
  const result = await world.commit(async (unit): Promise<Cancelled> => {
    const record = await loadItem(unit.db, item_id);
    if (!record) return { cancelled: false, record: null };
    const moved = transition(record, { type: 'cancel' }, unit.now);
    // A check is not asked for the producer, who would have no use for its answer: it is not theirs to take back.
    if (!moved.ok || record.check_of !== null)
      return { cancelled: false, record, decision: await loadDecision(unit.db, item_id) };
    const decision = await endItem(world, unit, {
      record,
      next: moved.state,
      by: { type: 'producer' },
      words: { error_tags: [] },
    });
    return { cancelled: true, record: { ...record, ...moved.state }, decision };
  });
  if (result.cancelled) world.log.info({ item_id }, 'item cancelled by its producer');
  return result;
}
