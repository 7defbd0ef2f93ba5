/** The pace of one lane, and how long a failed attempt waits. Pure but for the state of the one lane it is. */
import type { EpochMs } from '../domain/clock.ts';

/** Slack's own figure for posts in one channel: the least gap once a channel has said "slow down". */
const LEAST_GAP_MS = 1000;
/** Clocks and networks jitter: a hair over the pace keeps the next answer from being another 429. */
const MARGIN_MS = 10;

/**
 * Everything leaves at once until the receiver says otherwise. From then on the lane rests as long as it was told, and
 * keeps a gap between sends until its backlog is gone; told again, the gap grows by half.
 */
export interface Pace {
  /** When the next may go. A clock that was set back meanwhile makes no rest longer. */
  readyAt(now: EpochMs): EpochMs;
  sent(at: EpochMs): void;
  told(at: EpochMs, rest_ms: number): void;
  /** The backlog is gone. */
  forget(): void;
}

export function createPace(): Pace {
  let gap = 0;
  let lastSent = 0;
  let restUntil = 0;
  let seen = -Infinity;
  const see = (now: EpochMs) => {
    const back = Math.max(0, seen - now);
    if (back > 0) {
      lastSent -= back;
      restUntil -= back;
    }
    seen = now;
  };
  return {
    readyAt: (now) => {
      see(now);
      return Math.max(restUntil, gap === 0 ? 0 : lastSent + gap + MARGIN_MS);
    },
    sent: (at) => {
      see(at);
      lastSent = at;
    },
    told: (at, rest_ms) => {
      see(at);
      gap = gap === 0 ? LEAST_GAP_MS : gap * 1.5;
      restUntil = at + rest_ms + MARGIN_MS;
    },
    forget: () => {
      gap = 0;
    },
  };
}

const FIRST_RETRY_MS = 1000;
/** The longest that a failed attempt waits. */
export const LONGEST_RETRY_MS = 5 * 60_000;
/** The longest that one waits where the receiver asks for it (`Retry-After`): nobody puts a delivery off for good. */
export const LONGEST_ASKED_MS = 3_600_000;

/** Wait before the next try after `attempts` (1, 2, …): doubling from 1 s to 5 min, each between half and whole ("equal jitter"). */
export function backoff(attempts: number, random: () => number = Math.random): number {
  const whole = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (attempts - 1));
  return Math.round(whole / 2 + (whole / 2) * random());
}
