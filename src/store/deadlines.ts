/** Deadlines are rows: what is due is found here, whatever timers or queues remember. */
import { sql } from 'kysely';
import type { EpochMs } from '../clock.ts';
import type { Db } from './database.ts';
import { prepared } from './prepared.ts';
import type { DeadlineRow } from './tables.ts';

export type Deadline = DeadlineRow;

/** Written out, not bound: an index over part of a table is found by the text of the condition. */
const PENDING = sql.lit<'pending'>('pending');

const insertRow = prepared<Omit<Deadline, 'id' | 'state'>, unknown>((db, value) =>
  db.insertInto('deadlines').values({
    item_id: value('item_id'),
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

const setState = prepared<{ id: number; state: Deadline['state'] }, unknown>((db, value) =>
  db
    .updateTable('deadlines')
    .set({ state: value('state') })
    .where('id', '=', value('id'))
    .where('state', '=', PENDING),
);
export const endDeadline = async (db: Db, id: number, state: 'done' | 'missed'): Promise<void> =>
  void (await setState(db, { id, state }));

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

const setTimes = prepared<{ id: number; set_at: number; due_at: number }, unknown>((db, value) =>
  db
    .updateTable('deadlines')
    .set({ set_at: value('set_at'), due_at: value('due_at') })
    .where('id', '=', value('id'))
    .where('state', '=', PENDING),
);
/** It comes due later, by a clock that starts at `set_at`. */
export const postponeDeadline = async (
  db: Db,
  id: number,
  times: { set_at: EpochMs; due_at: EpochMs },
): Promise<void> => void (await setTimes(db, { id, ...times }));
