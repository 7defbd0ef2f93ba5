/** What a card, its details and its forms are drawn from. Types only. */
import type { EpochMs } from '../src/clock.ts';
import type { Decision, ItemRecord } from '../src/decision.ts';

/** The domain as the policy names it. `visible_fields` null: everything is shown. */
export interface CardDomain {
  id: string;
  title: string;
  guide: string | null;
  visible_fields: string[] | null;
}

export interface CardInput {
  /** `item` null: its texts have been erased, and the card says so. */
  record: ItemRecord;
  domain: CardDomain;
  decision: Decision | null;
  now: EpochMs;
  /** Where the card is, for forms that lead back to it. */
  permalink?: string;
}
