/** The people of rotations: when Slack was last asked about each, and whether they are gone. */
import type { EpochMs } from '../domain/clock.ts';
import type { Db } from './database.ts';

/** Those who are no longer in Slack, as it was last asked. */
export const gonePeople = async (db: Db): Promise<string[]> =>
  (await db.selectFrom('rotation_people').select('slack_user').where('gone', '=', 1).execute()).map(
    (row) => row.slack_user,
  );

/** Which of these people Slack was not asked about since `since`. */
export async function unaskedSince(
  db: Db,
  people: readonly string[],
  since: EpochMs,
): Promise<string[]> {
  const asked = await db
    .selectFrom('rotation_people')
    .select('slack_user')
    .where('asked_at', '>', since)
    .execute();
  const known = new Set(asked.map((row) => row.slack_user));
  return people.filter((user) => !known.has(user));
}

/** Slack is asked about them at `at`. */
export async function markAsked(db: Db, slack_user: string, asked_at: EpochMs): Promise<void> {
  await db
    .insertInto('rotation_people')
    .values({ slack_user, name: null, gone: 0, asked_at })
    .onConflict((conflict) => conflict.column('slack_user').doUpdateSet({ asked_at }))
    .execute();
}

/** What Slack said. A name of null keeps the one that is known. */
export async function setPerson(
  db: Db,
  slack_user: string,
  said: { gone: boolean; name: string | null },
): Promise<void> {
  await db
    .updateTable('rotation_people')
    .set({ gone: said.gone ? 1 : 0, ...(said.name === null ? {} : { name: said.name }) })
    .where('slack_user', '=', slack_user)
    .execute();
}

/** What people are called, by their ids; who has not been asked about yet has no entry. */
export async function peopleNames(db: Db): Promise<Map<string, string>> {
  const rows = await db.selectFrom('rotation_people').select(['slack_user', 'name']).execute();
  return new Map(rows.flatMap((row) => (row.name === null ? [] : [[row.slack_user, row.name]])));
}
