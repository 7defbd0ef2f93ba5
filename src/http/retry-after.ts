/** `Retry-After` (RFC 9110, 10.2.3): how long the far side asks to be left alone. Pure. */
import type { EpochMs } from '../domain/clock.ts';
import { LONGEST_ASKED_MS } from '../outbox/pace.ts';

/**
 * @param header seconds, or an HTTP date; undefined: not there
 * @returns ms from `now`, 0..LONGEST_ASKED_MS; null where it is not there or says nothing that can be read
 */
export function retryAfterMs(header: string | undefined, now: EpochMs): number | null {
  const written = header?.trim() ?? '';
  const wait = /^\d{1,15}$/.test(written) ? Number(written) * 1000 : untilDate(written, now);
  return Number.isNaN(wait) ? null : Math.min(Math.max(0, wait), LONGEST_ASKED_MS);
}

/** An HTTP date names its day first, which keeps other things that JavaScript reads as dates out. */
const untilDate = (written: string, now: EpochMs): number =>
  /^[A-Z][a-z]{2,8},? /.test(written) ? Date.parse(written) - now : Number.NaN;
