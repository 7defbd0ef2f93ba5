/** The record as rows: the audit log, what turned out later, what was held back, erased and told, and the columns that figures are read from. JSON as text, times as epoch ms. */
import type { AuditEventName } from '../domain/audit-event.ts';
import type { FeedbackVerdict } from '../domain/feedback.ts';

export interface AuditLogTable {
  seq: number;
  at: number;
  event: AuditEventName;
  item_id: string | null;
  entry_json: string;
  prev_hash: string;
  hash: string;
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

/** What only this installation knows. */
export interface SecretsTable {
  name: 'sampling';
  secret: string;
  made_at: number;
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
