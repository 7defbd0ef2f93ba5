/** Producers take turns: among effects of one lane that are equally urgent, none waits for all of another's. */
import { sql, type Kysely } from 'kysely';

const CHANGES = [
  // Whose effect it is, and its round: of each producer one row of a round leaves before any of the next.
  `alter table outbox add column producer text not null default ''`,
  `alter table outbox add column turn integer not null default 0`,
  `drop index outbox_lane`,
  `create index outbox_lane on outbox (lane, priority desc, turn, created_at) where state = 'pending'`,
  `create index outbox_turns on outbox (lane, priority, producer, turn) where state = 'pending'`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const change of CHANGES) await sql.raw(change).execute(db);
}
