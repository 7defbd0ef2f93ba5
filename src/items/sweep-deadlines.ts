/**
 * The sweep: the one authority over time. It moves whatever is due, in order, each deadline once, in transactions of
 * bounded size. Timers only wake it.
 */
import { decidingCard } from '../outbox/deciding-card.ts';
import { climbItem } from '../ladder/climb-item.ts';
import type { ItemRecord } from '../domain/decision.ts';
import { expireItem } from '../outcome/expire-item.ts';
import { say, sayOnCard } from '../outbox/enqueue.ts';
import type { Unit } from '../store/commit.ts';
import { dueDeadlines, endDeadline, type Deadline } from '../store/deadlines.ts';
import { resumeClocks } from '../ladder/stop-clocks.ts';
import { loadItem } from '../store/items.ts';
import { waitOf } from '../store/waits.ts';
import { wakePages } from '../ladder/wake-pages.ts';
import type { World } from '../world/world.ts';

/** Deadlines moved in one transaction: few enough that a click beside it is answered at once. */
const AT_ONCE = 25;

/** Moves all that is due now. Returns how many deadlines that were. */
export async function sweepDeadlines(world: World): Promise<number> {
  let moved = 0;
  for (;;) {
    const batch = await world.commit(async (unit) => {
      const due = await dueDeadlines(unit.db, unit.now, AT_ONCE);
      for (const deadline of due) await moveDeadline(world, unit, deadline);
      return due.length;
    });
    moved += batch;
    if (batch < AT_ONCE) break;
  }
  if (moved > 0) world.log.info({ moved }, 'deadlines moved');
  return moved;
}

async function moveDeadline(world: World, unit: Unit, deadline: Deadline): Promise<void> {
  const record = await loadItem(unit.db, deadline.item_id);
  if (!record || record.status === 'decided') {
    await endDeadline(unit.db, deadline.id, 'done');
    return;
  }
  switch (deadline.kind) {
    case 'remind':
      return remind(world, unit, record, deadline);
    case 'claim':
    case 'decide':
    case 'notify':
      if (!(await endDeadline(unit.db, deadline.id, 'done'))) return;
      await climbItem(
        world,
        unit,
        record,
        deadline.kind === 'notify' ? { because: 'again', by: null } : undefined,
      );
      return;
    case 'resume':
      if (await endDeadline(unit.db, deadline.id, 'done')) await resume(world, unit, record);
      return;
    case 'wake':
      if (await endDeadline(unit.db, deadline.id, 'done')) await wakePages(world, unit, record);
      return;
    case 'expires':
      if (await endDeadline(unit.db, deadline.id, 'done'))
        await expireItem(world, unit, record, 'expires_at');
      return;
    default:
      return deadline.kind satisfies never;
  }
}

/** What it waited for is over: its clocks go on, and its thread hears of it. */
async function resume(world: World, unit: Unit, record: ItemRecord): Promise<void> {
  const wait = await waitOf(unit.db, record.id);
  if (!wait) return;
  await resumeClocks(world, unit, record);
  await sayOnCard(world, unit, record, { line: 'resumed', by: wait.by, waited_for: wait.kind });
}

/** A reminder is for a deadline that is still to come, and for people who were shown the card; any other was missed. */
async function remind(
  world: World,
  unit: Unit,
  record: ItemRecord,
  deadline: Deadline,
): Promise<void> {
  const { due_at } = record;
  const overtaken = [due_at, record.expires_at].some((end) => end !== null && end <= unit.now);
  const card = await decidingCard(world, unit.db, record);
  if (overtaken || due_at === null || !card?.ts) {
    await endDeadline(unit.db, deadline.id, 'missed');
    return;
  }
  if (!(await endDeadline(unit.db, deadline.id, 'done'))) return;
  await say(world, unit, record, { to: 'card', card_id: card.id }, { line: 'reminder', due_at });
  await unit.audit({ event: 'item.reminded', item_id: record.id, facts: { due_at } });
}
