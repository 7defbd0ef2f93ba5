/** What Slack shows and hears, and what is still to be sent, as rows. JSON as text, times as epoch ms. */
import type { LaneName } from '../domain/lane.ts';

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

/** When a producer's item last came forward in a domain. */
export interface BacklogTurnsTable {
  domain: string;
  producer: string;
  /** Counted up by domain: the highest had its turn last. */
  served: number;
}

export interface CardViewsTable {
  card_id: string;
  view_rev: number;
  salt: string;
  shown_json: string;
}

export interface OutboxTable {
  id: string;
  lane: LaneName;
  effect_json: string;
  item_id: string | null;
  merge_key: string | null;
  priority: number;
  /** Who put in the item it is about; '': it is about none. */
  producer: string;
  /** Its round among the effects of its lane and priority. */
  turn: number;
  created_at: number;
  not_before: number;
  attempts: number;
  first_attempt_at: number | null;
  lease: string | null;
  state: 'pending' | 'done' | 'failed';
  done_at: number | null;
  last_error: string | null;
}

export interface ClicksTable {
  id: string;
  received_at: number;
  click_json: string;
}

export interface HeardTable {
  channel: string;
  ts: string;
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
