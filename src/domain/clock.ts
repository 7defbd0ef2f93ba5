/**
 * Time, as the only thing that knows the system's clock. Everything else is handed a `Clock`, so that tests and the
 * demo hold time in their hand.
 */

/** Epoch milliseconds, UTC. */
export type EpochMs = number;

/** Where time comes from, and who rings when it has come. */
export interface Clock {
  /** The present, in epoch milliseconds. */
  now(): EpochMs;
  /** Calls `wake` once, when `time` has come (at once, but never synchronously, where it has passed). Returns the way to call it off. */
  at(time: EpochMs, wake: () => void): () => void;
}

/** setTimeout holds 32 bits: anything later is reached in steps. */
const LONGEST_TIMER_MS = 2_000_000_000;

/** The machine's own clock. Its timers do not keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  at(time, wake) {
    let timer: NodeJS.Timeout;
    const arm = () => {
      const left = Math.max(0, time - Date.now());
      timer = setTimeout(
        () => (left > LONGEST_TIMER_MS ? arm() : wake()),
        Math.min(left, LONGEST_TIMER_MS),
      );
      timer.unref();
    };
    arm();
    return () => clearTimeout(timer);
  },
};

/** RFC 3339 UTC with milliseconds, the form of every time on the wire. */
export const rfc3339 = (time: EpochMs): string => new Date(time).toISOString();

/** A wait of `ms` on that clock, or until `over` aborts. Leaves no timer behind. */
export const wait = (clock: Clock, ms: number, over: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (over.aborted) return resolve();
    const end = () => {
      callOff();
      over.removeEventListener('abort', end);
      resolve();
    };
    const callOff = clock.at(clock.now() + ms, end);
    over.addEventListener('abort', end, { once: true });
  });
