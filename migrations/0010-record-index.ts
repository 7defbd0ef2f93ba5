/** Entries of the log by their time: an export or a check of the last days does not read the years before. */
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw('create index audit_at on audit_log (at)').execute(db);
}
