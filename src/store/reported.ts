/** What the operators have been told, and when. */
import type { EpochMs } from '../clock.ts';
import type { Db } from './database.ts';

/** When they were last told of that trouble, or null. */
export async function reportedAt(db: Db, trouble: string): Promise<EpochMs | null> {
  const row = await db
    .selectFrom('reported')
    .select('at')
    .where('trouble', '=', trouble)
    .executeTakeFirst();
  return row?.at ?? null;
}

/** They are told at `at`. */
export async function markReported(db: Db, trouble: string, at: EpochMs): Promise<void> {
  await db
    .insertInto('reported')
    .values({ trouble, at })
    .onConflict((conflict) => conflict.column('trouble').doUpdateSet({ at }))
    .execute();
}
