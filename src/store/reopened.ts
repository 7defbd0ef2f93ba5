/** Which item was asked again as which: a new item, linked to the one that had expired. */
import type { Db } from './database.ts';
import { prepared, preparedInsert } from './prepared.ts';
import type { ReopenedTable } from './item-tables.ts';

export type Reopened = ReopenedTable;

const insertRow = preparedInsert('reopened', ['item_id', 'from_id', 'by', 'at']);
export const insertReopened = async (db: Db, row: Reopened): Promise<void> =>
  void (await insertRow(db, row));

const selectFrom = prepared<{ from_id: string }, Reopened>((db, value) =>
  db.selectFrom('reopened').selectAll().where('from_id', '=', value('from_id')),
);
/** What it was asked again as; null: it was not. */
export const reopenedAs = async (db: Db, from_id: string): Promise<Reopened | null> =>
  (await selectFrom(db, { from_id }))[0] ?? null;

const selectOf = prepared<{ item_id: string }, Reopened>((db, value) =>
  db.selectFrom('reopened').selectAll().where('item_id', '=', value('item_id')),
);
/** What it was before; null: it is the first. */
export const reopenedFrom = async (db: Db, item_id: string): Promise<Reopened | null> =>
  (await selectOf(db, { item_id }))[0] ?? null;
