/** What the operators have been told, and when. */
import type { EpochMs } from '../domain/clock.ts';
import type { Db } from './database.ts';

/** When they were last told of that trouble, or null. */
export async function notifiedAt(db: Db, trouble: string): Promise<EpochMs | null> {
  const row = await db
    .selectFrom('reported')
    .select('at')
    .where('trouble', '=', trouble)
    .executeTakeFirst();
  return row?.at ?? null;
}

/** They are told at `at`. */
export async function markNotified(db: Db, trouble: string, at: EpochMs): Promise<void> {
  await db
    .insertInto('reported')
    .values({ trouble, at })
    .onConflict((conflict) => conflict.column('trouble').doUpdateSet({ at }))
    .execute();
}

/** The troubles they were told of whose name begins like that. */
export const reportedLike = async (db: Db, prefix: string): Promise<string[]> =>
  (await db.selectFrom('reported').select('trouble').execute())
    .map((row) => row.trouble)
    .filter((trouble) => trouble.startsWith(prefix));

/** It is mended: should it come again, they are told again. */
export async function forgetReported(db: Db, trouble: string): Promise<void> {
  await db.deleteFrom('reported').where('trouble', '=', trouble).execute();
}
