/** Takes a claim from whoever has it: they passed the item on, or their time is over. One transaction, the caller's. */
import type { ItemRecord } from '../domain/decision.ts';
import { transition } from '../domain/lifecycle.ts';
import type { Unit } from '../store/commit.ts';
import { swapItem } from '../store/items.ts';

/** Nothing where nobody has claimed it. The claim clock is the caller's. */
export async function releaseClaim(
  unit: Unit,
  record: ItemRecord,
  because: 'passed' | 'overdue',
): Promise<void> {
  const by = record.claimed_by;
  if (by === null) return;
  const moved = transition(record, { type: 'release', by }, unit.now);
  if (!moved.ok) throw new Error(`the claim of ${record.id} stays: it is ${moved.refused}`);
  await swapItem(unit.db, record, moved.state);
  await unit.audit({
    event: 'item.released',
    item_id: record.id,
    facts: {
      slack_user: by,
      because,
      version: moved.state.version,
      view_rev: moved.state.view_rev,
    },
  });
}
