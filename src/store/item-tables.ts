/** Items, what was said of them, and what could not be read as one, as rows. JSON as text, times as epoch ms. */
import type { Generated } from 'kysely';
import type { DecidedBy, OpinionWord } from '../domain/decision.ts';
import type { Kind, Outcome } from '../domain/item.ts';
import type { Status } from '../domain/lifecycle.ts';

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

/** An item that was asked again, and as what. */
export interface ReopenedTable {
  item_id: string;
  from_id: string;
  by: string;
  at: number;
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
