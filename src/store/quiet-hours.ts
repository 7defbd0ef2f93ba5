/** The quiet hours that people have set for themselves. */
import type { Db } from './database.ts';
import { prepared } from './prepared.ts';
import type { QuietHoursTable } from './on-call-tables.ts';

export type QuietHoursRow = QuietHoursTable;

const selectOf = prepared<{ slack_user: string }, QuietHoursRow>((db, value) =>
  db.selectFrom('quiet_hours').selectAll().where('slack_user', '=', value('slack_user')),
);
/** null: none. */
export const quietHoursOf = async (db: Db, slack_user: string): Promise<QuietHoursRow | null> =>
  (await selectOf(db, { slack_user }))[0] ?? null;

export async function removeQuietHours(db: Db, slack_user: string): Promise<void> {
  await db.deleteFrom('quiet_hours').where('slack_user', '=', slack_user).execute();
}

export async function setQuietHours(db: Db, quiet: QuietHoursRow): Promise<void> {
  await removeQuietHours(db, quiet.slack_user);
  await db.insertInto('quiet_hours').values(quiet).execute();
}
