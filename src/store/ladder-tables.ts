/** The ladder an item climbs as rows: its rungs, their clocks, whom they called, and what keeps it from going on. JSON as text, times as epoch ms. */
import type { Generated, Selectable } from 'kysely';
import type { RungState } from '../domain/decision.ts';

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
  /** How it came to a person in their DM, but for whose doing it is and what they said; null: asked, and they were the first. */
  story_json: string | null;
  said_by: string | null;
  /** null: they said nothing, or it is erased. */
  words: string | null;
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

export type DeadlineRow = Selectable<DeadlinesTable>;
