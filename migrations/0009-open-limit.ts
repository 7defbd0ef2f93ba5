/** What waits behind the open cards of its domain, and the one card that stands in a channel for all of it. */
import { sql, type Kysely } from 'kysely';

const CHANGES = [
  // Since when it waits behind; null: it has a card of its own, or had one.
  `alter table items add column behind_since integer`,
  // How many cards a domain shows is counted up to its limit; what waits is read in the order of its turns.
  `create index items_shown on items (domain) where status <> 'decided' and behind_since is null`,
  `create index items_behind on items (domain, impact) where behind_since is not null`,
  // The digest cards: at most one of a domain stands open in a channel.
  `create table digest_cards (
    card_id text primary key references cards (id),
    domain text not null,
    channel text not null,
    opened_at integer not null,
    drawn_at integer not null,
    closed_at integer
  ) strict`,
  `create unique index digest_cards_open on digest_cards (domain, channel) where closed_at is null`,
  `create index digest_cards_latest on digest_cards (domain, opened_at)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const change of CHANGES) await sql.raw(change).execute(db);
}
