/** A domain's `open_limit`: which items wait behind its open cards, and how its digest card is kept. Pure. */
import type { EpochMs } from '../../src/domain/clock.ts';
import type { Item } from '../../src/domain/item.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** From this impact on nothing waits behind. */
const CRITICAL_IMPACT = 8;
/** One that was emptied stands for what comes next as long as it is still near the end of its channel. */
const TAKEN_UP_AGAIN_MS = 15 * MINUTE;
/** After a working day it is far up: what is left is told of anew, where people look. */
const STANDS_MS = 8 * HOUR;

/**
 * Whether an item may be held back at all. An impact that nobody gave holds its place at the head of the line, for it
 * counts as the highest; it does not pass by the line, or a producer that names none would flood the channel.
 */
export const mayWaitBehind = (item: Pick<Item, 'impact'>): boolean =>
  item.impact === undefined || item.impact < CRITICAL_IMPACT;

/** How many more cards a channel takes. `open_limit` null: as many as there are. */
export const placesFree = (open_limit: number | null, shown: number): number =>
  open_limit === null ? Number.POSITIVE_INFINITY : Math.max(0, open_limit - shown);

/** What was drawn so lately is not stale. */
export const DIGEST_FRESH_MS = MINUTE;

/** An age that is told goes stale: a young one within a minute, an old one later. */
export const digestStale = (drawn_at: EpochMs, oldest: EpochMs, now: EpochMs): boolean =>
  now - drawn_at >= Math.min(10 * MINUTE, Math.max(DIGEST_FRESH_MS, (now - oldest) / 10));

/** What a domain's latest digest card in its channel is good for, when something waits. */
export function digestToUse(
  latest: { opened_at: EpochMs; closed_at: EpochMs | null } | null,
  now: EpochMs,
): 'this' | 'another' {
  if (latest === null) return 'another';
  if (now - latest.opened_at >= STANDS_MS) return 'another';
  return latest.closed_at === null || now - latest.closed_at < TAKEN_UP_AGAIN_MS
    ? 'this'
    : 'another';
}
