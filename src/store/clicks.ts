/** What a person did in Slack and has not been settled yet. */
import type { Db } from './database.ts';
import type { ClicksTable } from './card-tables.ts';

export async function insertClick(db: Db, click: ClicksTable): Promise<void> {
  await db.insertInto('clicks').values(click).execute();
}

export async function deleteClick(db: Db, id: string): Promise<void> {
  await db.deleteFrom('clicks').where('id', '=', id).execute();
}

export const waitingClicks = (db: Db): Promise<ClicksTable[]> =>
  db.selectFrom('clicks').selectAll().orderBy('received_at').execute();
