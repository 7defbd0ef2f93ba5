/** Overrides: who was put on call instead of whoever's turn it is. None is ever changed, only cancelled. */
import type { EpochMs } from '../domain/clock.ts';
import type { Db } from './database.ts';
import type { OverridesTable } from './on-call-tables.ts';

export type OverrideRow = OverridesTable;

export const insertOverride = async (
  db: Db,
  override: Omit<OverrideRow, 'cancelled_by' | 'cancelled_at'>,
): Promise<void> => void (await db.insertInto('overrides').values(override).execute());

export const loadOverride = (db: Db, id: string): Promise<OverrideRow | undefined> =>
  db.selectFrom('overrides').selectAll().where('id', '=', id).executeTakeFirst();

/** Those that hold at `since` or later, the earliest first. */
export const overridesSince = (db: Db, since: EpochMs): Promise<OverrideRow[]> =>
  db
    .selectFrom('overrides')
    .selectAll()
    .where('cancelled_at', 'is', null)
    .where('ends_at', '>', since)
    .orderBy('starts_at')
    .orderBy('made_at')
    .execute();

/** Cancels it. Returns false where it was cancelled before. */
export async function endOverride(
  db: Db,
  id: string,
  cancelled: { by: string; at: EpochMs },
): Promise<boolean> {
  const ended = await db
    .updateTable('overrides')
    .set({ cancelled_by: cancelled.by, cancelled_at: cancelled.at })
    .where('id', '=', id)
    .where('cancelled_at', 'is', null)
    .returning('id')
    .execute();
  return ended.length === 1;
}
