/** What stops an item's clocks for a while: a snooze, or a question to whoever asked for it. One at a time. */
import type { Db } from './database.ts';
import { prepared, preparedInsert } from './prepared.ts';
import type { WaitsTable } from './ladder-tables.ts';

export type Wait = WaitsTable;

const insertRow = preparedInsert('waits', ['item_id', 'kind', 'by', 'since', 'until', 'left_json']);
export const insertWait = async (db: Db, wait: Wait): Promise<void> =>
  void (await insertRow(db, wait));

const selectOf = prepared<{ item_id: string }, Wait>((db, value) =>
  db.selectFrom('waits').selectAll().where('item_id', '=', value('item_id')),
);
export const waitOf = async (db: Db, item_id: string): Promise<Wait | null> =>
  (await selectOf(db, { item_id }))[0] ?? null;

const deleteOf = prepared<{ item_id: string }, unknown>((db, value) =>
  db.deleteFrom('waits').where('item_id', '=', value('item_id')),
);
export const deleteWait = async (db: Db, item_id: string): Promise<void> =>
  void (await deleteOf(db, { item_id }));
