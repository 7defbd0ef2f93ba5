/**
 * The sweep: the one authority over time. It moves whatever is due, in order, each deadline once, in transactions of
 * bounded size. Timers only wake it.
 */
import { endItem } from './end-item.ts';
import type { ItemRecord } from './decision.ts';
import { transition } from './lifecycle.ts';
import { drawCard, say } from './send-effect.ts';
import { cardsOfItem, wantCardsAgain } from './store/cards.ts';
import type { Unit } from './store/commit.ts';
import {
  dueDeadlines,
  endDeadline,
  insertDeadline,
  postponeDeadline,
  type Deadline,
} from './store/deadlines.ts';
import { loadItem, setDueAt } from './store/items.ts';
import type { World } from './world.ts';

/** Deadlines moved in one transaction. */
const AT_ONCE = 100;

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
  if (!record || record.status === 'decided') return endDeadline(unit.db, deadline.id, 'done');
  switch (deadline.kind) {
    case 'remind':
      return remind(world, unit, record, deadline);
    case 'decide':
      return runOut(world, unit, record, deadline);
    case 'expires':
      await endDeadline(unit.db, deadline.id, 'done');
      return expire(world, unit, record, 'expires_at');
    default:
      return deadline.kind satisfies never;
  }
}

/**
 * A reminder is for a deadline that is still to come; one that an outage overtook is recorded as missed. While nobody
 * has been shown the card there is nobody to remind: it waits for the clock that starts again.
 */
async function remind(
  world: World,
  unit: Unit,
  record: ItemRecord,
  deadline: Deadline,
): Promise<void> {
  const overtaken = [record.due_at, record.expires_at].some(
    (end) => end !== null && end <= unit.now,
  );
  const card = (await cardsOfItem(unit.db, record.id)).find((one) => one.purpose === 'decide');
  if (card?.posted_at === null && record.due_at !== null) {
    const set_at = Math.max(record.due_at, unit.now);
    const due_at = set_at + deadline.due_at - deadline.set_at;
    return postponeDeadline(unit.db, deadline.id, { set_at, due_at });
  }
  if (overtaken || card === undefined || card.ts === null || record.due_at === null) {
    return endDeadline(unit.db, deadline.id, 'missed');
  }
  await endDeadline(unit.db, deadline.id, 'done');
  await say(
    world,
    unit,
    record,
    { to: 'card', card_id: card.id },
    { line: 'reminder', due_at: record.due_at },
  );
  await unit.audit({
    event: 'item.reminded',
    item_id: record.id,
    facts: { due_at: record.due_at },
  });
}

/** The rung's time is over: the ladder's end, unless nobody was ever shown the card. */
async function runOut(
  world: World,
  unit: Unit,
  record: ItemRecord,
  deadline: Deadline,
): Promise<void> {
  const shown = (await cardsOfItem(unit.db, record.id)).some(
    (card) => card.purpose === 'decide' && card.posted_at !== null,
  );
  if (!shown) return startAgain(world, unit, record, deadline);
  await endDeadline(unit.db, deadline.id, 'done');
  if (record.at_the_end === 'expired') return expire(world, unit, record, 'ladder');
  await unit.audit({
    event: 'item.overdue',
    item_id: record.id,
    facts: { due_at: record.due_at ?? undefined },
  });
  for (const card of await wantCardsAgain(unit.db, record.id))
    await drawCard(world, unit, record, card);
}

/** Nothing expires for want of a card that was never posted: its clock starts again, as long as it was. */
async function startAgain(
  world: World,
  unit: Unit,
  record: ItemRecord,
  deadline: Deadline,
): Promise<void> {
  const due_at = unit.now + deadline.due_at - deadline.set_at;
  await endDeadline(unit.db, deadline.id, 'missed');
  await insertDeadline(unit.db, { item_id: record.id, kind: 'decide', set_at: unit.now, due_at });
  await setDueAt(unit.db, record.id, due_at);
  await unit.audit({
    event: 'item.deadline_moved',
    item_id: record.id,
    facts: { due_at, because: 'card_not_posted' },
  });
}

async function expire(
  world: World,
  unit: Unit,
  record: ItemRecord,
  cause: 'expires_at' | 'ladder',
): Promise<void> {
  const moved = transition(record, { type: 'expire' }, unit.now);
  if (!moved.ok) return;
  await endItem(world, unit, {
    record,
    next: moved.state,
    by: { type: 'ladder' },
    words: { error_tags: [] },
  });
  world.log.info({ item_id: record.id, cause }, 'item expired: nobody decided in time');
}
