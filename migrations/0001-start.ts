/** The first tables. Times are epoch milliseconds UTC; `_json` columns hold JSON text. */
import { sql, type Kysely } from 'kysely';

const TABLES = [
  // What of an item is ids, enums, times and digests. Its texts are in item_bodies and can be erased.
  `create table items (
    id text primary key,
    version integer not null,
    view_rev integer not null,
    kind text not null,
    allowed_json text not null,
    status text not null check (status in ('open', 'claimed', 'decided')),
    outcome text,
    requester_slack_user text,
    claimed_by text,
    claimed_at integer,
    decided_at integer,
    item_digest text not null,
    domain text,
    rule text not null,
    policy_version text not null,
    level integer not null,
    decider text,
    reason_required integer not null,
    fallback text,
    at_the_end text not null,
    impact real not null,
    source text not null,
    requested_at integer not null,
    due_at integer,
    expires_at integer,
    check ((status = 'decided') = (outcome is not null)),
    check ((status = 'claimed') = (claimed_by is not null and status <> 'decided'))
  ) strict`,
  `create index items_waiting on items (domain, due_at) where status <> 'decided'`,
  `create index items_decided on items (domain, decided_at) where status = 'decided'`,
  // The body as it came (canonical JSON), why it was asked, and the salt of its digest.
  `create table item_bodies (
    item_id text primary key references items (id),
    salt text not null,
    written text not null,
    why_json text not null
  ) strict`,
  `create table decisions (
    id text primary key,
    item_id text not null references items (id),
    outcome text not null,
    decided_by text not null check (decided_by in ('human', 'policy', 'ladder', 'producer')),
    slack_user text,
    level integer,
    error_tags_json text not null,
    decided_at integer not null,
    text_digest text not null,
    card_digest text
  ) strict`,
  `create unique index decisions_item on decisions (item_id)`,
  `create table decision_texts (
    decision_id text primary key references decisions (id),
    salt text not null,
    said_json text not null,
    card_json text
  ) strict`,
  // A message in Slack that shows an item (or a raw payload), and which revision it shows.
  `create table cards (
    id text primary key,
    purpose text not null check (purpose in ('decide', 'asked', 'raw')),
    item_id text references items (id),
    raw_id text references raw_payloads (id),
    channel text not null,
    ts text,
    desired_rev integer not null,
    rendered_rev integer not null,
    posted_at integer
  ) strict`,
  `create index cards_item on cards (item_id)`,
  `create index cards_raw on cards (raw_id)`,
  `create unique index cards_message on cards (channel, ts)`,
  // The card as Slack shows it now: what a decision's card digest speaks of.
  `create table card_views (
    card_id text primary key references cards (id),
    view_rev integer not null,
    salt text not null,
    shown_json text not null
  ) strict`,
  `create table deadlines (
    id integer primary key,
    item_id text not null references items (id),
    kind text not null check (kind in ('remind', 'decide', 'expires')),
    set_at integer not null,
    due_at integer not null,
    state text not null check (state in ('pending', 'done', 'missed', 'void'))
  ) strict`,
  `create index deadlines_due on deadlines (due_at, id) where state = 'pending'`,
  `create index deadlines_item on deadlines (item_id) where state = 'pending'`,
  `create table outbox (
    id text primary key,
    lane text not null,
    effect_json text not null,
    item_id text,
    merge_key text,
    priority real not null,
    created_at integer not null,
    not_before integer not null,
    attempts integer not null,
    first_attempt_at integer,
    lease text,
    state text not null check (state in ('pending', 'done', 'failed')),
    done_at integer,
    last_error text
  ) strict`,
  `create index outbox_lane on outbox (lane, priority desc, created_at) where state = 'pending'`,
  `create index outbox_due on outbox (not_before) where state = 'pending'`,
  `create unique index outbox_merge on outbox (merge_key)`,
  `create index outbox_done on outbox (done_at) where state <> 'pending'`,
  `create table audit_log (
    seq integer primary key,
    at integer not null,
    event text not null,
    item_id text,
    entry_json text not null,
    prev_hash text not null,
    hash text not null
  ) strict`,
  `create index audit_item on audit_log (item_id)`,
  // What could not be understood, as it came.
  `create table raw_payloads (
    id text primary key,
    received_at integer not null,
    source text not null,
    job_id text,
    item_id text,
    payload text not null,
    errors_json text not null,
    likeness text not null,
    seen integer not null,
    channel text not null,
    closed_at integer,
    closed_by text
  ) strict`,
  `create index raw_alike on raw_payloads (likeness, received_at)`,
  `create table heard (
    channel text not null,
    ts text not null,
    at integer not null,
    primary key (channel, ts)
  ) strict`,
  // What a person did in Slack that could not be decided before its ack.
  `create table clicks (
    id text primary key,
    received_at integer not null,
    click_json text not null
  ) strict`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of TABLES) await sql.raw(table).execute(db);
}
