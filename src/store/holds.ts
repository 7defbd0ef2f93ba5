/** Pauses and freezes in the database: rows with who, when and why; never deleted, ended by a second who and when. */
import type { EpochMs } from '../domain/clock.ts';
import type { Db } from './database.ts';
import { preparedInsert } from './prepared.ts';
import type { FreezesTable, PausesTable } from './record-tables.ts';

export type Pause = PausesTable;
export type Freeze = FreezesTable;

export const insertPause = preparedInsert('pauses', [
  'id',
  'domain',
  'cause',
  'reason',
  'salt',
  'paused_by',
  'paused_at',
  'resumed_by',
  'resumed_at',
]);

export const insertFreeze = preparedInsert('freezes', [
  'id',
  'item_id',
  'decision_id',
  'domain',
  'action_name',
  'title_salt',
  'title_digest',
  'frozen_by',
  'frozen_at',
  'check_id',
  'confirmed_by',
  'confirmed_at',
  'lifted_by',
  'lifted_at',
]);

/** Pauses that nobody has ended, oldest first. */
export const openPauses = (db: Db): Promise<Pause[]> =>
  db
    .selectFrom('pauses')
    .selectAll()
    .where('resumed_at', 'is', null)
    .orderBy('paused_at')
    .orderBy('id')
    .execute();

/** Freezes that nobody has lifted, oldest first. */
export const openFreezes = (db: Db): Promise<Freeze[]> =>
  db
    .selectFrom('freezes')
    .selectAll()
    .where('lifted_at', 'is', null)
    .orderBy('frozen_at')
    .orderBy('id')
    .execute();

/** The freeze of that id, lifted or not. */
export const loadFreeze = (db: Db, id: string): Promise<Freeze | undefined> =>
  db.selectFrom('freezes').selectAll().where('id', '=', id).executeTakeFirst();

/** The freeze that compliance was asked about by that item. */
export const freezeOfCheck = (db: Db, check_id: string): Promise<Freeze | undefined> =>
  db.selectFrom('freezes').selectAll().where('check_id', '=', check_id).executeTakeFirst();

/** Whether a pause or a freeze of that id holds. */
export async function isOpenHold(db: Db, id: string): Promise<boolean> {
  const holds = [...(await openPauses(db)), ...(await openFreezes(db))];
  return holds.some((one) => one.id === id);
}

/** Ends a pause. Returns whether it was open. */
export async function endPause(db: Db, id: string, by: string, at: EpochMs): Promise<boolean> {
  const ended = await db
    .updateTable('pauses')
    .set({ resumed_by: by, resumed_at: at })
    .where('id', '=', id)
    .where('resumed_at', 'is', null)
    .returning('id')
    .execute();
  return ended.length === 1;
}

/** Lifts a freeze. Returns whether it held. */
export async function endFreeze(db: Db, id: string, by: string, at: EpochMs): Promise<boolean> {
  const ended = await db
    .updateTable('freezes')
    .set({ lifted_by: by, lifted_at: at })
    .where('id', '=', id)
    .where('lifted_at', 'is', null)
    .returning('id')
    .execute();
  return ended.length === 1;
}

/** Of freezes that are over and whose item's texts were erased: what they knew of it. One that holds needs it still. */
export async function forgetFrozen(db: Db, item_id: string): Promise<void> {
  await db
    .updateTable('freezes')
    .set({ title_salt: '', action_name: null })
    .where('item_id', '=', item_id)
    .where('lifted_at', 'is not', null)
    .where('item_id', 'not in', (eb) => eb.selectFrom('item_bodies').select('item_id'))
    .execute();
}

/** Compliance has looked and keeps it. */
export async function confirmFreeze(db: Db, id: string, by: string, at: EpochMs): Promise<void> {
  await db
    .updateTable('freezes')
    .set({ confirmed_by: by, confirmed_at: at })
    .where('id', '=', id)
    .execute();
}

/** When letting-through was last resumed in that domain, or null. */
export async function lastResumed(db: Db, domain: string): Promise<EpochMs | null> {
  const row = await db
    .selectFrom('pauses')
    .select((eb) => eb.fn.max('resumed_at').as('at'))
    .where('resumed_at', 'is not', null)
    .where((eb) => eb.or([eb('domain', '=', domain), eb('domain', 'is', null)]))
    .executeTakeFirst();
  return row?.at ?? null;
}
