/** Deadlines are rows: what is due is found here, whatever timers or queues remember. */
import { sql } from 'kysely';
import type { EpochMs } from '../domain/clock.ts';
import type { Db } from './database.ts';
import { prepared } from './prepared.ts';
import type { DeadlineRow } from './ladder-tables.ts';

export type Deadline = DeadlineRow;

/** Written out, not bound: an index over part of a table is found by the text of the condition. */
const PENDING = sql.lit<'pending'>('pending');

const insertRow = prepared<Omit<Deadline, 'id' | 'state'>, unknown>((db, value) =>
  db.insertInto('deadlines').values({
    item_id: value('item_id'),
    rung: value('rung'),
    kind: value('kind'),
    set_at: value('set_at'),
    due_at: value('due_at'),
    state: 'pending',
  }),
);
/** A clock that starts at `set_at` and runs out at `due_at`. */
export const insertDeadline = async (
  db: Db,
  deadline: Omit<Deadline, 'id' | 'state'>,
): Promise<void> => void (await insertRow(db, deadline));

const selectDue = prepared<{ now: number; limit: number }, Deadline>((db, value) =>
  db
    .selectFrom('deadlines')
    .selectAll()
    .where('state', '=', PENDING)
    .where('due_at', '<=', value('now'))
    .orderBy('due_at')
    .orderBy('id')
    .limit(value('limit')),
);
/** What is due at `now`, in order. */
export const dueDeadlines = (db: Db, now: EpochMs, limit: number): Promise<Deadline[]> =>
  selectDue(db, { now, limit });

const setState = prepared<{ id: number; state: Deadline['state'] }, { id: number }>((db, value) =>
  db
    .updateTable('deadlines')
    .set({ state: value('state') })
    .where('id', '=', value('id'))
    .where('state', '=', PENDING)
    .returning('id'),
);
/** Returns whether it was still pending: what moved the item before may have taken it along. */
export const endDeadline = async (db: Db, id: number, state: 'done' | 'missed'): Promise<boolean> =>
  (await setState(db, { id, state })).length === 1;

const endOfRung = prepared<
  { item_id: string; kind: Deadline['kind']; state: Deadline['state'] },
  unknown
>((db, value) =>
  db
    .updateTable('deadlines')
    .set({ state: value('state') })
    .where('item_id', '=', value('item_id'))
    .where('kind', '=', value('kind'))
    .where('state', '=', PENDING),
);
/** Ends the pending deadlines of some kinds: the item moved on, and they with it. */
export async function endDeadlinesOf(
  db: Db,
  item_id: string,
  kinds: readonly Deadline['kind'][],
  state: 'missed' | 'void',
): Promise<void> {
  for (const kind of kinds) await endOfRung(db, { item_id, kind, state });
}

const endRungs = prepared<{ item_id: string; state: Deadline['state'] }, unknown>((db, value) =>
  db
    .updateTable('deadlines')
    .set({ state: value('state') })
    .where('item_id', '=', value('item_id'))
    .where('kind', '!=', 'expires')
    .where('state', '=', PENDING),
);
/** The item leaves its rung: whatever was to come of it, but its own end. */
export const endClocks = async (db: Db, item_id: string, state: 'missed' | 'void'): Promise<void> =>
  void (await endRungs(db, { item_id, state }));

const selectPending = prepared<{ item_id: string }, Pick<Deadline, 'kind' | 'due_at'>>(
  (db, value) =>
    db
      .selectFrom('deadlines')
      .select(['kind', 'due_at'])
      .where('item_id', '=', value('item_id'))
      .where('state', '=', PENDING)
      .orderBy('due_at')
      .orderBy('id'),
);
/** What is still to come of an item. */
export const pendingDeadlines = (
  db: Db,
  item_id: string,
): Promise<Pick<Deadline, 'kind' | 'due_at'>[]> => selectPending(db, { item_id });

const selectNext = prepared<object, { due_at: number }>((db) =>
  db
    .selectFrom('deadlines')
    .select('due_at')
    .where('state', '=', PENDING)
    .orderBy('due_at')
    .limit(1),
);
/** When the next deadline comes (or came); null: none waits. */
export const nextDeadline = async (db: Db): Promise<EpochMs | null> =>
  (await selectNext(db, {}))[0]?.due_at ?? null;

const voidAll = prepared<{ item_id: string }, unknown>((db, value) =>
  db
    .updateTable('deadlines')
    .set({ state: 'void' })
    .where('item_id', '=', value('item_id'))
    .where('state', '=', PENDING),
);
/** The item has ended: nothing of it comes due any more. */
export const voidDeadlines = async (db: Db, item_id: string): Promise<void> =>
  void (await voidAll(db, { item_id }));
