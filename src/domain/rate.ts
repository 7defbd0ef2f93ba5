/**
 * So many in so long: as many at once as the rate has, then one each time its share of that time has passed (the generic
 * cell rate algorithm, ITU-T I.371). Pure.
 */
import type { EpochMs } from './clock.ts';

export interface Rate {
  count: number;
  per_ms: number;
}

/** What has been taken of a rate. */
export interface Taken {
  /** When nothing of what was taken counts any more. */
  until: EpochMs;
  /** When it was looked at last. */
  seen: EpochMs;
}

/**
 * When the next may be taken (`at`; not later than `now`: at once), and what has been taken once it is. A clock that was
 * set back makes nobody wait longer.
 */
export function nextOf(
  rate: Rate,
  taken: Taken | undefined,
  now: EpochMs,
): { at: EpochMs; taken: Taken } {
  const back = Math.max(0, (taken?.seen ?? now) - now);
  const from = Math.max(now, (taken?.until ?? now) - back);
  const until = from + rate.per_ms / rate.count;
  return { at: until - rate.per_ms, taken: { until, seen: now } };
}
