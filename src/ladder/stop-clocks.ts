/** Stops an item's clocks for a while, and lets them go on with the working time they had left. The item's own end runs on. */
import { drawCardsAgain } from '../outbox/enqueue.ts';
import { addWorkingTime } from '../../policies/schedule/business-hours.ts';
import { startClaimClock } from './claim-clock.ts';
import { domainOf } from '../../policies/domain-of.ts';
import { hoursOf } from '../../policies/schedule/ladder.ts';
import { workingTimeBetween } from '../../policies/schedule/working-time-between.ts';
import type { DeadlineMoved } from '../domain/audit-event.ts';
import type { EpochMs } from '../domain/clock.ts';
import type { ItemRecord } from '../domain/decision.ts';
import type { Unit } from '../store/commit.ts';
import {
  endDeadlinesOf,
  insertDeadline,
  pendingDeadlines,
  type Deadline,
} from '../store/deadlines.ts';
import { setDueAt } from '../store/items.ts';
import { rungClocks, rungsOfItem } from '../store/rungs.ts';
import { deleteWait, insertWait, waitOf } from '../store/waits.ts';
import type { World } from '../world/world.ts';

interface Left {
  kind: Deadline['kind'];
  /** Working time, in ms. */
  left: number;
}

/** `notify`: where nobody could be paged, that is tried again after a snooze, not in the middle of it. */
const CLOCKS = ['remind', 'claim', 'decide', 'notify'] as const;

const hoursFor = (world: World, record: ItemRecord) =>
  hoursOf(world.policy(), domainOf(world.policy(), record.domain));

/** Stops them until `until`, or until somebody lets them go on. */
export async function stopClocks(
  world: World,
  unit: Unit,
  record: ItemRecord,
  wait: { kind: 'snooze' | 'info'; by: string; until: EpochMs },
): Promise<void> {
  const hours = hoursFor(world, record);
  const before = await waitOf(unit.db, record.id);
  const left: Left[] = before
    ? (JSON.parse(before.left_json) as Left[])
    : (await pendingDeadlines(unit.db, record.id))
        .filter((one) => CLOCKS.some((kind) => kind === one.kind))
        .map((one) => ({
          kind: one.kind,
          left: workingTimeBetween(hours, unit.now, one.due_at),
        }));
  await endDeadlinesOf(unit.db, record.id, [...CLOCKS, 'resume'], 'void');
  await deleteWait(unit.db, record.id);
  await insertWait(unit.db, {
    item_id: record.id,
    kind: wait.kind,
    by: wait.by,
    since: unit.now,
    until: wait.until,
    left_json: JSON.stringify(left),
  });
  await insertDeadline(unit.db, {
    item_id: record.id,
    rung: null,
    kind: 'resume',
    set_at: unit.now,
    due_at: wait.until,
  });
  await moveDue(unit, record, null, wait.kind === 'snooze' ? 'snoozed' : 'info_requested');
  await setOpenClocks(unit, record.id, null, null);
}

/** Lets them go on. Returns what they waited for, null where they ran. */
export async function resumeClocks(
  world: World,
  unit: Unit,
  record: ItemRecord,
): Promise<'snooze' | 'info' | null> {
  const wait = await waitOf(unit.db, record.id);
  if (!wait) return null;
  await deleteWait(unit.db, record.id);
  await endDeadlinesOf(unit.db, record.id, ['resume'], 'void');
  const hours = hoursFor(world, record);
  const open = (await rungsOfItem(unit.db, record.id)).find((rung) => rung.state === 'paged');
  let claim_by: EpochMs | null = null;
  let decide_by: EpochMs | null = null;
  for (const { kind, left } of JSON.parse(wait.left_json) as Left[]) {
    if (kind === 'claim' && record.claimed_by !== null) continue;
    const due_at = addWorkingTime(hours, unit.now, left);
    if (kind === 'claim') claim_by = due_at;
    if (kind === 'decide') decide_by = due_at;
    await insertDeadline(unit.db, {
      item_id: record.id,
      rung: open?.number ?? null,
      kind,
      set_at: unit.now,
      due_at,
    });
  }
  await setOpenClocks(unit, record.id, claim_by, decide_by);
  // Whoever had it let go of it meanwhile.
  if (record.claimed_by === null && claim_by === null) await startClaimClock(world, unit, record);
  await moveDue(unit, record, decide_by, 'resumed');
  await drawCardsAgain(world, unit, record);
  return wait.kind;
}

async function setOpenClocks(
  unit: Unit,
  item_id: string,
  claim_by: EpochMs | null,
  decide_by: EpochMs | null,
): Promise<void> {
  const open = (await rungsOfItem(unit.db, item_id)).find((rung) => rung.state === 'paged');
  if (open) await rungClocks(unit.db, { item_id, number: open.number, claim_by, decide_by });
}

async function moveDue(
  unit: Unit,
  record: ItemRecord,
  due_at: EpochMs | null,
  because: DeadlineMoved,
): Promise<void> {
  await setDueAt(unit.db, record.id, due_at);
  await unit.audit({
    event: 'item.deadline_moved',
    item_id: record.id,
    facts: { due_at: due_at ?? undefined, because },
  });
}
