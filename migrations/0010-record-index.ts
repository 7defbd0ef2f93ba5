/**
 * Entries of the log by their time: an export or a check of the last days does not read the years before. And salts for
 * texts that the log has had no digest of, or one under a salt that could not be erased: null in rows of before.
 */
import { sql, type Kysely } from 'kysely';

const CHANGES = [
  'create index audit_at on audit_log (at)',
  'alter table info_requests add column salt text',
  'alter table pauses add column salt text',
  'create index freezes_item on freezes (item_id)',
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const change of CHANGES) await sql.raw(change).execute(db);
}
