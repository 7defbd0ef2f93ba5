/** Homes: who has opened theirs, and what Slack shows there. */
import type { EpochMs } from '../domain/clock.ts';
import type { Db } from './database.ts';
import { prepared } from './prepared.ts';
import type { HomesTable } from './card-tables.ts';

type Opened = Omit<HomesTable, 'shown'>;

const upsert = prepared<Opened, unknown>((db, value) =>
  db
    .insertInto('homes')
    .values({
      slack_user: value('slack_user'),
      team: value('team'),
      name: value('name'),
      opened_at: value('opened_at'),
      shown: null,
    })
    .onConflict((conflict) =>
      // What was shown before is drawn anew: the person may look at another device.
      conflict.column('slack_user').doUpdateSet({
        team: value('team'),
        name: value('name'),
        opened_at: value('opened_at'),
        shown: null,
      }),
    ),
);
/** They look at it now. */
export const openHome = async (db: Db, home: Opened): Promise<void> =>
  void (await upsert(db, home));

/** Those opened from `since` on. */
export const homesOpenedSince = (db: Db, since: EpochMs): Promise<HomesTable[]> =>
  db.selectFrom('homes').selectAll().where('opened_at', '>=', since).execute();

export const loadHome = (db: Db, slack_user: string): Promise<HomesTable | undefined> =>
  db.selectFrom('homes').selectAll().where('slack_user', '=', slack_user).executeTakeFirst();

/** Slack shows a view of that digest now. */
export async function homeShown(db: Db, slack_user: string, shown: string): Promise<void> {
  await db.updateTable('homes').set({ shown }).where('slack_user', '=', slack_user).execute();
}
