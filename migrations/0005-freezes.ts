/** What holds letting-through back: pauses by hand or by a circuit breaker, and freezes after a policy violation. */
import { sql, type Kysely } from 'kysely';

const TABLES = [
  `create table pauses (
    id text primary key,
    domain text,
    cause text not null check (cause in ('person', 'breaker')),
    reason text not null,
    paused_by text,
    paused_at integer not null,
    resumed_by text,
    resumed_at integer,
    check ((cause = 'person') = (paused_by is not null))
  ) strict`,
  `create index pauses_open on pauses (paused_at) where resumed_at is null`,
  `create index pauses_resumed on pauses (domain, resumed_at) where resumed_at is not null`,
  // The title as a digest under a salt of its own: what it said can be erased with its item.
  `create table freezes (
    id text primary key,
    item_id text not null references items (id),
    decision_id text not null references decisions (id),
    domain text not null,
    action_name text,
    title_salt text not null,
    title_digest text not null,
    frozen_by text not null,
    frozen_at integer not null,
    check_id text references items (id),
    confirmed_by text,
    confirmed_at integer,
    lifted_by text,
    lifted_at integer
  ) strict`,
  `create index freezes_open on freezes (frozen_at) where lifted_at is null`,
  `create index freezes_check on freezes (check_id)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of TABLES) await sql.raw(table).execute(db);
}
