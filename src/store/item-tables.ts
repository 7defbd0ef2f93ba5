/** Items, what was said of them, and what could not be read as one, as rows. JSON as text, times as epoch ms. */
import type { Generated } from 'kysely';
import type { DecidedBy, OpinionWord } from '../domain/decision.ts';
import type { ItemsRow } from '../domain/item-columns.ts';
import type { Outcome } from '../domain/item.ts';

export type ItemsTable = ItemsRow;

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
