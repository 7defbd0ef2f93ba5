/** What metrics are read from: new entries of the log, and what stands open. Reads only. */
import { sql } from 'kysely';
import type { AuditEventName } from '../domain/audit-event.ts';
import type { EpochMs } from '../domain/clock.ts';
import type { LaneName } from '../domain/lane.ts';
import type { Db } from './database.ts';

const PENDING = sql.lit<'pending'>('pending');
const DECIDED = sql.lit<'decided'>('decided');

export interface NewEntry {
  seq: number;
  at: EpochMs;
  event: AuditEventName;
  entry_json: string;
  /** Of the item it is about; null: about none. */
  requested_at: EpochMs | null;
  due_at: EpochMs | null;
  level: number | null;
}

/** Entries behind `after`, oldest first, at most `limit`. */
export const entriesAfter = (db: Db, after: number, limit: number): Promise<NewEntry[]> =>
  db
    .selectFrom('audit_log')
    .leftJoin('items', 'items.id', 'audit_log.item_id')
    .select([
      'audit_log.seq',
      'audit_log.at',
      'audit_log.event',
      'audit_log.entry_json',
      'items.requested_at',
      'items.due_at',
      'items.level',
    ])
    .where('audit_log.seq', '>', after)
    .orderBy('audit_log.seq')
    .limit(limit)
    .execute();

/** Open items by level, with when each came in. */
export const openItems = (db: Db): Promise<{ level: number; requested_at: EpochMs }[]> =>
  db.selectFrom('items').select(['level', 'requested_at']).where('status', '!=', DECIDED).execute();

/** Since when the oldest deadline that has come waits for the sweep; null: none does. */
export async function oldestDue(db: Db, now: EpochMs): Promise<EpochMs | null> {
  const row = await db
    .selectFrom('deadlines')
    .select((eb) => eb.fn.min('due_at').as('due_at'))
    .where('state', '=', PENDING)
    .where('due_at', '<=', now)
    .executeTakeFirst();
  return row?.due_at ?? null;
}

/** What waits to be carried out, by lane, and since when. */
export const pendingByLane = (
  db: Db,
): Promise<{ lane: LaneName; pending: number; oldest: EpochMs }[]> =>
  db
    .selectFrom('outbox')
    .where('state', '=', PENDING)
    .groupBy('lane')
    .select((eb) => [
      'lane',
      eb.fn.countAll<number>().as('pending'),
      eb.fn.min('created_at').as('oldest'),
    ])
    .execute();
