/**
 * The records that blocks, store, queue and HTTP share: an item with its state and route, a decision, and what people said
 * on the way to it. Types only, but for what a blind item hides. What producers hear is `wire.ts`'s.
 */
import type { EpochMs } from './clock.ts';
import type { ErrorTag, Item, Outcome } from './item.ts';
import type { RecordFields } from './item-columns.ts';
import type { FormAnswer } from './answer-fields.ts';
import type { ItemState, Verdict } from './lifecycle.ts';
import type { RungTried } from './wire.ts';

/** An item as it is kept: its state, the route that policy gave it, and its body as it came. Its columns are `item-columns.ts`'s. */
export interface ItemRecord extends ItemState, Omit<RecordFields, keyof ItemState> {
  /** The body; its texts may have been erased (null) while the record stays. */
  item: Item | null;
  /** Why it was asked, in plain words, one a line: "confidence 0.42, below 0.60". */
  why: string[];
}

/** What has come of a rung: `over` was paged and nobody decided, `missed` was passed over by an outage, `void` was not reached. */
export type RungState = 'waiting' | 'paged' | 'over' | 'skipped' | 'missed' | 'void';

export type DecidedBy =
  | { type: 'human'; slack_user: string; name: string; level: number }
  | { type: 'policy' | 'ladder' | 'producer' };

/** One person's (or the policy's, the ladder's, the producer's) word that ended an item. */
export interface Decision {
  /** UUID; also the id of the job and of the webhook that carry the result. */
  id: string;
  item_id: string;
  outcome: Outcome;
  decided_by: DecidedBy;
  answer?: string | Record<string, unknown>;
  action?: { name: string; args?: Record<string, unknown> };
  choice?: string;
  rationale?: string;
  error_tags: ErrorTag[];
  /** Of an expiry: every rung of the ladder. */
  rungs?: RungTried[];
  decided_at: EpochMs;
  /** Digest of the card as the person saw it; absent where none was seen. */
  card_digest?: string;
  /** Of several people: each signature that counts, in order; absent where one decided. */
  approvals?: Approval[];
  /** Of a blind one: what the person said once they had seen the AI's answer; absent where they have not said. */
  compared?: Compared;
}

/** Whether the AI's answer is the same as the person's. */
export type Compared = 'same' | 'different';

/** One person's signature. */
export interface Approval {
  slack_user: string;
  /** Its name; `decide` where there are none. */
  stage: string;
  verdict: Verdict['word'];
  at: EpochMs;
}

/**
 * What a person said, beside a verdict: `own_words` of a blind review, before the AI's were seen; `send_back`, to the
 * stage before.
 */
export type OpinionWord = Verdict['word'] | 'own_words' | 'send_back';

/** One person's word on an item that several decide, or that is blind. */
export interface Opinion {
  /** UUID. */
  id: string;
  item_id: string;
  slack_user: string;
  name: string;
  level: number;
  /** Index of the stage it was said at; 0 where there are none. */
  stage: number;
  word: OpinionWord;
  answer?: string | FormAnswer;
  edited?: string | Record<string, unknown>;
  choice?: string;
  rationale?: string;
  error_tags: ErrorTag[];
  said_at: EpochMs;
  card_digest?: string;
}

/** Whether its experts may not see yet what the AI proposes. */
export const isBlindNow = (record: Pick<ItemRecord, 'blind' | 'status'>): boolean =>
  record.blind && record.status !== 'decided';

/**
 * Whether what there is to decide is the AI's proposal itself, which a blind item hides: its experts say in their own
 * words what they would say, and judge the AI's by that.
 */
export const ownWordsFirst = (record: Pick<ItemRecord, 'blind' | 'kind' | 'item'>): boolean =>
  record.blind &&
  (record.kind === 'review' || (record.kind === 'approval' && record.item?.action === undefined));
