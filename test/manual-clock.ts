/** A clock in the test's hand: nothing passes unless `advance` says so. */
import type { Clock, EpochMs } from '../src/domain/clock.ts';

export interface ManualClock extends Clock {
  /** Moves time on, waking each timer at its time, in order. */
  advance(ms: number): void;
  /** Sets the clock on, or back (below 0), at once. Timers ring as long from now as they would have: they count, and look at no clock. */
  jump(ms: number): void;
  /** How many timers are set. */
  pending(): number;
}

const UNITS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `30m`, `1h`, `90s`, `2d`, in ms. */
export function duration(text: string): number {
  const [, count, unit] = /^(\d+)([smhd])$/.exec(text) ?? [];
  if (count === undefined || unit === undefined) throw new Error(`not a duration: ${text}`);
  return Number(count) * UNITS[unit as keyof typeof UNITS];
}

export function manualClock(start: EpochMs): ManualClock {
  let now = start;
  const timers = new Set<{ time: EpochMs; wake: () => void }>();
  return {
    now: () => now,
    at(time, wake) {
      const timer = { time, wake };
      timers.add(timer);
      // What has come already is woken at once, but never before its setter has gone on.
      if (time <= now) setImmediate(() => timers.delete(timer) && wake());
      return () => void timers.delete(timer);
    },
    advance(ms) {
      const end = now + ms;
      for (;;) {
        const due = [...timers].filter((timer) => timer.time <= end);
        const next = due.toSorted((a, b) => a.time - b.time)[0];
        if (!next) break;
        timers.delete(next);
        now = Math.max(now, next.time);
        next.wake();
      }
      now = end;
    },
    jump(ms) {
      now += ms;
      for (const timer of timers) timer.time += ms;
    },
    pending: () => timers.size,
  };
}
