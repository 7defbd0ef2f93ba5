/** What a card, its details and its forms are drawn from. Types only. */
import type { EpochMs } from '../../src/domain/clock.ts';
import type { Decision, ItemRecord, Opinion } from '../../src/domain/decision.ts';

/** The domain as the policy names it. `visible_fields` null: everything is shown. */
export interface CardDomain {
  id: string;
  title: string;
  guide: string | null;
  visible_fields: string[] | null;
}

/** Where an open item stands on its ladder. */
export interface CardLadder {
  /** User and user group ids that the open rung called. */
  people: string[];
  usergroups: string[];
  claim_by: EpochMs | null;
  /** Whether a rung was left behind: the level then says something. */
  climbed: boolean;
}

/** `answered_by` null: the producer. */
export interface CardInfo {
  asked_by: string;
  question: string;
  answer: string | null;
  answered_by: string | null;
}

export interface CardInput {
  /** `item` null: its texts have been erased, and the card says so. */
  record: ItemRecord;
  domain: CardDomain;
  decision: Decision | null;
  now: EpochMs;
  /** Of several people: what they have said, oldest first. */
  opinions?: readonly Opinion[];
  /** null: it has ended, or nobody is paged. */
  ladder?: CardLadder | null;
  /** What its clocks wait for. */
  waits?: { kind: 'snooze' | 'info'; by: string; until: EpochMs } | null;
  /** What experts asked back; `answer` null: not told yet. */
  info?: readonly CardInfo[];
  /** What it was asked again as, and what it was before. */
  reopened?: {
    as: { item_id: string; by: string } | null;
    from: { from_id: string; by: string } | null;
  };
  /** Where the card is, for forms that lead back to it. */
  permalink?: string;
}
