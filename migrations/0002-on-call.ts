/** Who is on call: overrides, and what of rotations was last seen and told. */
import { sql, type Kysely } from 'kysely';

const TABLES = [
  // One person instead of whoever's turn it is. Of two that meet the one made later holds.
  `create table overrides (
    id text primary key,
    rotation text not null,
    slack_user text not null,
    starts_at integer not null,
    ends_at integer not null,
    made_by text not null,
    made_at integer not null,
    cancelled_by text,
    cancelled_at integer,
    check (ends_at > starts_at),
    check ((cancelled_by is null) = (cancelled_at is null))
  ) strict`,
  `create index overrides_ends on overrides (ends_at) where cancelled_at is null`,
  // Who had a rotation when the sweep last looked: a handoff is a difference from it.
  `create table rotation_states (
    rotation text primary key,
    users_json text not null,
    at integer not null
  ) strict`,
  // Who a user group was last asked to hold.
  `create table usergroup_states (
    usergroup text primary key,
    users_json text not null,
    at integer not null
  ) strict`,
  // People of rotations: when Slack was last asked about each, what they are called, and whether they are gone.
  `create table rotation_people (
    slack_user text primary key,
    name text,
    gone integer not null,
    asked_at integer not null
  ) strict`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of TABLES) await sql.raw(table).execute(db);
}
