/**
 * The whole ladder: each rung of an item is a row, and so is each page. A deadline belongs to a rung, and may be the
 * claim clock's. Items that were open go on with the one rung they had.
 */
import { sql, type Kysely } from 'kysely';

const STEPS = [
  // A rung as it stood in the policy when the item was asked, and what has come of it.
  `create table rungs (
    item_id text not null references items (id),
    number integer not null,
    level integer not null,
    notify_json text not null,
    claim_within integer,
    decide_within integer,
    remind_json text not null,
    state text not null check (state in ('waiting', 'paged', 'over', 'skipped', 'missed', 'void')),
    paged_at integer,
    claim_by integer,
    decide_by integer,
    ended_at integer,
    primary key (item_id, number)
  ) strict, without rowid`,
  // Whom a rung paged: a person, a user group, the channel. What grants the right to decide is read from here.
  `create table pages (
    id integer primary key,
    item_id text not null references items (id),
    rung integer not null,
    way text not null,
    target text not null,
    card_id text,
    state text not null check (state in ('wanted', 'sent', 'failed', 'held', 'void')),
    wanted_at integer not null,
    sent_at integer
  ) strict`,
  `create index pages_item on pages (item_id)`,
  `create index pages_card on pages (card_id) where card_id is not null`,
  // What stops an item's clocks for a while, with the working time they have left.
  `create table waits (
    item_id text primary key references items (id),
    kind text not null check (kind in ('snooze', 'info')),
    by text not null,
    since integer not null,
    until integer not null,
    left_json text not null
  ) strict, without rowid`,
  // What experts asked back. The words can be erased.
  `create table info_requests (
    id text primary key,
    item_id text not null references items (id),
    asked_by text not null,
    question text not null,
    asked_at integer not null,
    answer text,
    answered_by text,
    answered_at integer
  ) strict`,
  `create index info_requests_item on info_requests (item_id)`,
  `create table reopened (
    item_id text primary key references items (id),
    from_id text not null references items (id),
    by text not null,
    at integer not null
  ) strict, without rowid`,
  `create unique index reopened_from on reopened (from_id)`,
  // When people do not want to be paged, wall clock in their own zone.
  `create table quiet_hours (
    slack_user text primary key,
    timezone text not null,
    from_minute integer not null,
    to_minute integer not null,
    break_impact real,
    set_at integer not null
  ) strict, without rowid`,
  // Deadlines get a rung and new kinds.
  `create table deadlines_next (
    id integer primary key,
    item_id text not null references items (id),
    rung integer,
    kind text not null check (kind in ('notify', 'remind', 'claim', 'decide', 'resume', 'wake', 'expires')),
    set_at integer not null,
    due_at integer not null,
    state text not null check (state in ('pending', 'done', 'missed', 'void'))
  ) strict`,
  `insert into deadlines_next (id, item_id, rung, kind, set_at, due_at, state)
    select id, item_id, case kind when 'expires' then null else 1 end, kind, set_at, due_at, state from deadlines`,
  `drop table deadlines`,
  `alter table deadlines_next rename to deadlines`,
  `create index deadlines_due on deadlines (due_at, id) where state = 'pending'`,
  `create index deadlines_item on deadlines (item_id) where state = 'pending'`,
  `insert into rungs (item_id, number, level, notify_json, claim_within, decide_within, remind_json, state, paged_at, decide_by)
    select items.id, 1, items.level, '[{"type":"channel"}]', null, clock.due_at - clock.set_at, '[]',
      case when items.due_at is not null and clock.id is null then 'over' else 'paged' end,
      coalesce(clock.set_at, items.requested_at), items.due_at
    from items left join deadlines clock
      on clock.item_id = items.id and clock.kind = 'decide' and clock.state = 'pending'
    where items.status <> 'decided'`,
  // Cards of new purposes: what each is for is known in the code alone.
  `create table card_views_kept as select * from card_views`,
  `drop table card_views`,
  `create table cards_next (
    id text primary key,
    purpose text not null,
    item_id text references items (id),
    raw_id text references raw_payloads (id),
    channel text not null,
    ts text,
    desired_rev integer not null,
    rendered_rev integer not null,
    posted_at integer
  ) strict`,
  `insert into cards_next select id, purpose, item_id, raw_id, channel, ts, desired_rev, rendered_rev, posted_at from cards`,
  `drop table cards`,
  `alter table cards_next rename to cards`,
  `create index cards_item on cards (item_id)`,
  `create index cards_raw on cards (raw_id)`,
  `create unique index cards_message on cards (channel, ts)`,
  `create table card_views (
    card_id text primary key references cards (id),
    view_rev integer not null,
    salt text not null,
    shown_json text not null
  ) strict`,
  `insert into card_views select card_id, view_rev, salt, shown_json from card_views_kept`,
  `drop table card_views_kept`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const step of STEPS) await sql.raw(step).execute(db);
}
