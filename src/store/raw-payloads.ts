/** What came in and could not be understood, kept as it came. */
import type { EpochMs } from '../domain/clock.ts';
import type { FieldError } from '../domain/item.ts';
import type { Db } from './database.ts';
import { ERASED } from '../domain/erased.ts';
import type { RawPayloadsTable } from './item-tables.ts';

export interface RawPayload extends Omit<RawPayloadsTable, 'errors_json'> {
  errors: FieldError[];
}

export async function insertRawPayload(db: Db, raw: RawPayload): Promise<void> {
  const { errors, ...row } = raw;
  await db
    .insertInto('raw_payloads')
    .values({ ...row, errors_json: JSON.stringify(errors) })
    .execute();
}

export async function loadRawPayload(db: Db, id: string): Promise<RawPayload | null> {
  const row = await db
    .selectFrom('raw_payloads')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) return null;
  const { errors_json, ...rest } = row;
  return { ...rest, errors: JSON.parse(errors_json) as FieldError[] };
}

/** The newest payload with the same trouble from the same place since `since` whose notice is still open, or null. */
export async function openAlike(
  db: Db,
  likeness: string,
  since: EpochMs,
): Promise<{ id: string; card_id: string } | null> {
  const row = await db
    .selectFrom('raw_payloads')
    .innerJoin('cards', 'cards.raw_id', 'raw_payloads.id')
    .select(['raw_payloads.id', 'cards.id as card_id'])
    .where('likeness', '=', likeness)
    .where('received_at', '>=', since)
    .where('closed_at', 'is', null)
    .orderBy('received_at', 'desc')
    .executeTakeFirst();
  return row ?? null;
}

/** One more like it. */
export async function countAlike(db: Db, id: string): Promise<void> {
  await db
    .updateTable('raw_payloads')
    .set((eb) => ({ seen: eb('seen', '+', 1) }))
    .where('id', '=', id)
    .execute();
}

/** Marks it as looked at. Returns false where it was closed already. */
export async function closeRawPayload(
  db: Db,
  id: string,
  by: string,
  now: EpochMs,
): Promise<boolean> {
  const closed = await db
    .updateTable('raw_payloads')
    .set({ closed_at: now, closed_by: by })
    .where('id', '=', id)
    .where('closed_at', 'is', null)
    .returning('id')
    .execute();
  return closed.length === 1;
}

/** Erases it: what it called itself is a text of its producer's too. The job's id stays, for the queue. */
export async function eraseRawPayload(db: Db, id: string): Promise<void> {
  await db
    .updateTable('raw_payloads')
    .set({ payload: ERASED, errors_json: '[]', item_id: null })
    .where('id', '=', id)
    .execute();
}

/** Jobs that said they were one of those items, and could not be understood. */
export async function rawJobsOf(db: Db, items: ReadonlySet<string>): Promise<string[]> {
  const found: string[] = [];
  for (const item_id of items) {
    const rows = await db
      .selectFrom('raw_payloads')
      .select('job_id')
      .where('item_id', '=', item_id)
      .execute();
    for (const { job_id } of rows) if (job_id !== null) found.push(job_id);
  }
  return found;
}
