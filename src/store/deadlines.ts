/** Deadlines are rows: what is due is found here, whatever timers or queues remember. */
import type { EpochMs } from '../clock.ts';
import type { Db } from './database.ts';
import { prepared } from './prepared.ts';
import type { DeadlineRow } from './tables.ts';

export type Deadline = DeadlineRow;
export type DeadlineKind = Deadline['kind'];

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
    .where('state', '=', 'pending')
    .where('due_at', '<=', value('now'))
    .orderBy('due_at')
    .orderBy('id')
    .limit(value('limit')),
);
/** What is due at `now`, in order. */
export const dueDeadlines = (db: Db, now: EpochMs, limit: number): Promise<Deadline[]> =>
  selectDue(db, { now, limit });

const selectNext = prepared<object, { due_at: number }>((db) =>
  db
    .selectFrom('deadlines')
    .select('due_at')
    .where('state', '=', 'pending')
    .orderBy('due_at')
    .limit(1),
);
/** When the next deadline comes, or null. */
export const nextDeadline = async (db: Db): Promise<EpochMs | null> =>
  (await selectNext(db, {}))[0]?.due_at ?? null;

const setState = prepared<{ id: number; state: Deadline['state'] }, unknown>((db, value) =>
  db
    .updateTable('deadlines')
    .set({ state: value('state') })
    .where('id', '=', value('id'))
    .where('state', '=', 'pending'),
);
export const endDeadline = async (db: Db, id: number, state: 'done' | 'missed'): Promise<void> =>
  void (await setState(db, { id, state }));

const voidAll = prepared<{ item_id: string }, unknown>((db, value) =>
  db
    .updateTable('deadlines')
    .set({ state: 'void' })
    .where('item_id', '=', value('item_id'))
    .where('state', '=', 'pending'),
);
/** The item has ended: nothing of it comes due any more. */
export const voidDeadlines = async (db: Db, item_id: string): Promise<void> =>
  void (await voidAll(db, { item_id }));

/** Takes back the clocks of the item's rung, its own expiry aside. */
export async function voidRungDeadlines(db: Db, item_id: string): Promise<void> {
  await db
    .updateTable('deadlines')
    .set({ state: 'void' })
    .where('item_id', '=', item_id)
    .where('state', '=', 'pending')
    .where('kind', 'in', ['remind', 'decide'])
    .execute();
}
