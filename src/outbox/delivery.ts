/** What becomes of rows of the outbox that are carried out. Types only. */
import type { Unit } from '../store/commit.ts';
import type { OutboxRow } from './outbox-table.ts';

/** What became of a row. `write` happens in the same transaction as the row's end. */
export type Delivery =
  /** It happened. `write` may say that the same is wanted once more, as things stand now. */
  | {
      delivery: 'done';
      write?: (unit: Unit) => Promise<'again' | { again_in_ms: number } | void>;
    }
  /** It never will. */
  | { delivery: 'failed'; error: string; write?: (unit: Unit) => Promise<void> }
  /** Not yet: again after a while of the lane's choosing, but not before `at_least_ms`; or after `in_ms`. */
  | { delivery: 'later'; error: string; in_ms?: number; at_least_ms?: number }
  /** The receiver named a pace: the whole lane rests that long. */
  | { delivery: 'paced'; for_ms: number };

/** Sends rows of one lane, and says of each what became of it. Never throws for what the receiver did. */
export type Sender = (rows: OutboxRow[]) => Promise<Delivery[]>;
