/** Producers take turns at the head of the line behind a domain's open cards too: whose item came forward how long ago. */
import { sql, type Kysely } from 'kysely';

const CHANGES = [
  // Counted up by domain; a producer without a row has had no turn yet.
  `create table backlog_turns (
    domain text not null,
    producer text not null,
    served integer not null,
    primary key (domain, producer)
  ) strict, without rowid`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const change of CHANGES) await sql.raw(change).execute(db);
}
