/** Indexes as figures ask for them: what blind checks found without a look at the row; whom pages reached by their items alone. */
import { sql, type Kysely } from 'kysely';

const STEPS = [
  `drop index pages_wanted`,
  `drop index decisions_compared`,
  `create index decisions_compared on decisions (decided_at, compared) where compared is not null`,
  // What waits, by when it came in: a few among the many that have ended.
  `create index items_open on items (requested_at) where status <> 'decided'`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const step of STEPS) await sql.raw(step).execute(db);
}
