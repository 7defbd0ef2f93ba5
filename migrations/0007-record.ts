/**
 * What turned out later about decided items (`truth_json` and `salt` are texts: null once erased, the digest stays);
 * the order in which items and decisions are exported; each person's Home; erasures.
 */
import { sql, type Kysely } from 'kysely';

const TABLES = [
  `create table feedback (
    id text primary key,
    item_id text not null references items (id),
    verdict text not null check (verdict in ('right', 'wrong', 'reversed', 'complaint')),
    truth_json text,
    salt text,
    truth_digest text not null,
    at integer not null,
    received_at integer not null,
    source text not null,
    check (truth_json is null or salt is not null)
  ) strict`,
  `create index feedback_item on feedback (item_id)`,
  `create index items_requested on items (requested_at, id)`,
  `create index decisions_decided on decisions (decided_at, id)`,
  // Who has opened their Home, and what it shows (a digest).
  `create table homes (
    slack_user text primary key,
    team text,
    name text not null,
    opened_at integer not null,
    shown text
  ) strict`,
  // What was erased on whose word, and why. The words are here, not in the log.
  `create table erasures (
    id text primary key,
    target text not null,
    reason text not null,
    at integer not null
  ) strict`,
  `create index decisions_person on decisions (slack_user, decided_at) where slack_user is not null`,
  `create index pages_target on pages (target, id)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of TABLES) await sql.raw(table).execute(db);
}
