/**
 * A quorum that can no longer be reached: the next rung's people decide, each alone, with all that was said before them.
 * Where no rung is left it goes on waiting: somebody may change their mind. One transaction, the caller's.
 */
import { notified, reachesAnybody } from '../../policies/access/notify-targets.ts';
import { climbItem } from '../ladder/climb-item.ts';
import { standingRung } from '../paging/standing-rung.ts';
import type { ItemRecord } from '../domain/decision.ts';
import { saltedDigest } from '../domain/hash.ts';
import { transition } from '../domain/lifecycle.ts';
import type { Unit } from '../store/commit.ts';
import { loadItem, swapItem, turnItem } from '../store/items.ts';
import { rungsOfItem } from '../store/rungs.ts';
import type { World } from '../world/world.ts';

/** Opens it up, and pages the next rung. Returns the item as it then is. */
export async function fallBackToSingle(
  world: World,
  unit: Unit,
  record: ItemRecord,
): Promise<ItemRecord> {
  const next = (await rungsOfItem(unit.db, record.id))
    .filter((row) => row.state === 'waiting')
    .map(standingRung)
    .find((rung) =>
      reachesAnybody(
        notified(world.policy(), rung.notify, record.requester_slack_user, world.onCall),
      ),
    );
  if (next === undefined) return record;
  const moved = transition(record, { type: 'open_up', next_rung: next.number }, unit.now);
  if (!moved.ok || moved.state.several === null) return record;
  const { several } = moved.state;
  await swapItem(unit.db, record, moved.state);
  const opened: ItemRecord = { ...record, ...moved.state };
  await turnItem(unit.db, { ...opened, several });
  await unit.audit({
    event: 'item.turned',
    item_id: record.id,
    facts: {
      because: 'apart',
      several_digest: saltedDigest('', several),
      decider_digest: record.by === null ? undefined : saltedDigest('', record.by),
      level: opened.level,
      due_at: opened.due_at ?? undefined,
      version: moved.state.version,
      view_rev: moved.state.view_rev,
    },
  });
  await climbItem(world, unit, opened, { because: 'apart', by: null });
  return (await loadItem(unit.db, record.id)) ?? opened;
}
