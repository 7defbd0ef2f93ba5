/** The tables as Kysely sees them. Rows are what SQLite holds: JSON as text, times as epoch ms. */
import type { Generated, Selectable } from 'kysely';
import type { FeedbackVerdict } from '../feedback.ts';
import type { Outcome, Kind } from '../item.ts';
import type { Status } from '../lifecycle.ts';
import type { DecidedBy, OpinionWord, RungState } from '../decision.ts';

export interface ItemsTable {
  id: string;
  version: number;
  view_rev: number;
  kind: Kind;
  allowed_json: string;
  status: Status;
  outcome: Outcome | null;
  requester_slack_user: string | null;
  claimed_by: string | null;
  claimed_at: number | null;
  decided_at: number | null;
  item_digest: string;
  domain: string | null;
  rule: string;
  policy_version: string;
  level: number;
  decider: string | null;
  reason_required: 0 | 1;
  fallback: 'reject' | 'approve' | null;
  at_the_end: 'expired' | 'wait';
  impact: number;
  source: 'queue' | 'http' | 'slack' | 'pager';
  requested_at: number;
  due_at: number | null;
  expires_at: number | null;
  several_json: string | null;
  check_of: string | null;
  blind: 0 | 1;
  /** Since when it waits behind its domain's open cards. */
  behind_since: number | null;
  /** What the policy did with it at first, and what of its body figures are made of: null where it said nothing, or holds it sensitive. */
  route: 'ask' | 'let_through' | 'refuse';
  confidence: number | null;
  model: string | null;
  cohort: string | null;
  tags_json: string | null;
  /** The share that its rule took, 0..1; null: every one. */
  sample: number | null;
}

export interface ItemBodiesTable {
  item_id: string;
  salt: string;
  written: string;
  why_json: string;
}

export interface DecisionsTable {
  id: string;
  item_id: string;
  outcome: Outcome;
  decided_by: DecidedBy['type'];
  slack_user: string | null;
  level: number | null;
  error_tags_json: string;
  decided_at: number;
  text_digest: string;
  card_digest: string | null;
  approvals_json: string | null;
  compared: 'same' | 'different' | null;
}

export interface DecisionTextsTable {
  decision_id: string;
  salt: string;
  said_json: string;
  card_json: string | null;
}

export interface OpinionsTable {
  /** In the order in which they were said. */
  seq: Generated<number>;
  id: string;
  item_id: string;
  slack_user: string;
  level: number;
  stage: number;
  word: OpinionWord;
  error_tags_json: string;
  said_at: number;
  text_digest: string;
  card_digest: string | null;
}

export interface OpinionTextsTable {
  opinion_id: string;
  salt: string;
  said_json: string;
  card_json: string | null;
}

export interface CardsTable {
  id: string;
  /** `stage`: the card of a stage whose people read another channel. */
  purpose: 'decide' | 'stage' | 'asked' | 'page' | 'raw' | 'digest';
  item_id: string | null;
  raw_id: string | null;
  channel: string;
  ts: string | null;
  desired_rev: number;
  rendered_rev: number;
  posted_at: number | null;
}

/** The card that stands for all that waits behind a domain's open cards. */
export interface DigestCardsTable {
  card_id: string;
  domain: string;
  /** The domain's, as the policy then had it. */
  channel: string;
  opened_at: number;
  /** When it was last asked to be drawn. */
  drawn_at: number;
  closed_at: number | null;
}

export interface CardViewsTable {
  card_id: string;
  view_rev: number;
  salt: string;
  shown_json: string;
}

export interface DeadlinesTable {
  id: Generated<number>;
  item_id: string;
  /** Whose clock it is; null: the item's own. */
  rung: number | null;
  kind: 'notify' | 'remind' | 'claim' | 'decide' | 'resume' | 'wake' | 'expires';
  /** When its clock started. */
  set_at: number;
  due_at: number;
  state: 'pending' | 'done' | 'missed' | 'void';
}

/** A rung as it stood in the policy when the item was asked, and what has come of it. */
export interface RungsTable {
  item_id: string;
  /** From 1, in the order of the ladder. */
  number: number;
  level: number;
  notify_json: string;
  claim_within: number | null;
  decide_within: number | null;
  remind_json: string;
  state: RungState;
  paged_at: number | null;
  claim_by: number | null;
  decide_by: number | null;
  ended_at: number | null;
}

/** Whom a rung paged, and how. */
export interface PagesTable {
  id: Generated<number>;
  item_id: string;
  rung: number;
  way: 'dm' | 'mention' | 'channel' | 'pagerduty';
  /** A user's, a user group's or a channel's id; `pagerduty:KEY`. */
  target: string;
  card_id: string | null;
  /** `void`: whom it called said that they cannot; `held`: they have quiet hours. */
  state: 'wanted' | 'held' | 'sent' | 'failed' | 'void';
  wanted_at: number;
  sent_at: number | null;
}

export interface WaitsTable {
  item_id: string;
  kind: 'snooze' | 'info';
  by: string;
  since: number;
  until: number;
  left_json: string;
}

export interface InfoRequestsTable {
  id: string;
  item_id: string;
  asked_by: string;
  question: string;
  /** Of the digests of both texts in the log; null: they are erased, or were asked before there was one. */
  salt: string | null;
  asked_at: number;
  answer: string | null;
  /** A Slack user; null: the producer, or nobody yet. */
  answered_by: string | null;
  answered_at: number | null;
}

export interface QuietHoursTable {
  slack_user: string;
  timezone: string;
  /** Minutes since midnight. */
  from_minute: number;
  to_minute: number;
  break_impact: number | null;
  set_at: number;
}

/** An item that was asked again, and as what. */
export interface ReopenedTable {
  item_id: string;
  from_id: string;
  by: string;
  at: number;
}

export interface OutboxTable {
  id: string;
  lane: string;
  effect_json: string;
  item_id: string | null;
  merge_key: string | null;
  priority: number;
  created_at: number;
  not_before: number;
  attempts: number;
  first_attempt_at: number | null;
  lease: string | null;
  state: 'pending' | 'done' | 'failed';
  done_at: number | null;
  last_error: string | null;
}

export interface AuditLogTable {
  seq: number;
  at: number;
  event: string;
  item_id: string | null;
  entry_json: string;
  prev_hash: string;
  hash: string;
}

export interface RawPayloadsTable {
  id: string;
  received_at: number;
  source: 'queue' | 'http';
  job_id: string | null;
  item_id: string | null;
  payload: string;
  errors_json: string;
  likeness: string;
  seen: number;
  channel: string;
  closed_at: number | null;
  closed_by: string | null;
}

export interface ClicksTable {
  id: string;
  received_at: number;
  click_json: string;
}

export interface OverridesTable {
  id: string;
  rotation: string;
  slack_user: string;
  starts_at: number;
  ends_at: number;
  made_by: string;
  made_at: number;
  cancelled_by: string | null;
  cancelled_at: number | null;
}

export interface RotationStatesTable {
  rotation: string;
  users_json: string;
  at: number;
}

export interface UsergroupStatesTable {
  usergroup: string;
  users_json: string;
  at: number;
}

export interface RotationPeopleTable {
  slack_user: string;
  name: string | null;
  gone: 0 | 1;
  asked_at: number;
}

export interface HeardTable {
  channel: string;
  ts: string;
  at: number;
}

export interface FeedbackTable {
  id: string;
  item_id: string;
  verdict: FeedbackVerdict;
  /** null: none was given, or it has been erased. */
  truth_json: string | null;
  /** null: the truth has been erased. */
  salt: string | null;
  truth_digest: string;
  /** When it turned out. */
  at: number;
  received_at: number;
  source: string;
}

export interface ReportedTable {
  trouble: string;
  at: number;
}

export interface FactSegmentsTable {
  /** The audit entry that ended its last item. */
  last_seq: number;
  format: number;
  /** Items in it. */
  length: number;
  /** The latest `decided_at` and the earliest `requested_at` in it. */
  decided_to: number;
  requested_from: number;
}

export interface FactColumnsTable {
  last_seq: number;
  name: string;
  data: Uint8Array;
}

export interface PausesTable {
  id: string;
  /** null: everywhere. */
  domain: string | null;
  cause: 'person' | 'breaker';
  reason: string;
  /** Of the reason's digest in the log; null: of before there was one, when it was the id. */
  salt: string | null;
  paused_by: string | null;
  paused_at: number;
  resumed_by: string | null;
  resumed_at: number | null;
}

export interface FreezesTable {
  id: string;
  /** The item whose decision said that the AI had violated a policy. */
  item_id: string;
  decision_id: string;
  domain: string;
  action_name: string | null;
  title_salt: string;
  title_digest: string;
  frozen_by: string;
  frozen_at: number;
  /** The item by which compliance looks at it; null where the policy has no such domain. */
  check_id: string | null;
  confirmed_by: string | null;
  confirmed_at: number | null;
  lifted_by: string | null;
  lifted_at: number | null;
}

/** Texts erased because somebody asked for it. */
export interface ErasuresTable {
  id: string;
  /** `item:ID` or `person:U…`. */
  target: string;
  reason: string;
  at: number;
}

/** A person's Home, once they have opened it. */
export interface HomesTable {
  slack_user: string;
  team: string | null;
  name: string;
  opened_at: number;
  /** Digest of the view that Slack shows; null: none yet. */
  shown: string | null;
}

export type DeadlineRow = Selectable<DeadlinesTable>;

export interface Tables {
  items: ItemsTable;
  item_bodies: ItemBodiesTable;
  decisions: DecisionsTable;
  decision_texts: DecisionTextsTable;
  opinions: OpinionsTable;
  opinion_texts: OpinionTextsTable;
  cards: CardsTable;
  digest_cards: DigestCardsTable;
  card_views: CardViewsTable;
  deadlines: DeadlinesTable;
  rungs: RungsTable;
  pages: PagesTable;
  waits: WaitsTable;
  info_requests: InfoRequestsTable;
  reopened: ReopenedTable;
  quiet_hours: QuietHoursTable;
  outbox: OutboxTable;
  audit_log: AuditLogTable;
  raw_payloads: RawPayloadsTable;
  clicks: ClicksTable;
  heard: HeardTable;
  pauses: PausesTable;
  freezes: FreezesTable;
  overrides: OverridesTable;
  rotation_states: RotationStatesTable;
  usergroup_states: UsergroupStatesTable;
  rotation_people: RotationPeopleTable;
  feedback: FeedbackTable;
  homes: HomesTable;
  erasures: ErasuresTable;
  reported: ReportedTable;
  fact_segments: FactSegmentsTable;
  fact_columns: FactColumnsTable;
}
