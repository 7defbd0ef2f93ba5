// Moving the workspace's clock on as time would: step by step, so that what falls due on the way
// (a reminder before the end) happens at its own time and not all at the last moment.
import { setTimeout as pause } from 'node:timers/promises';
import type { MovableClock } from './movable-clock.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SMALL_STEP = 5 * MINUTE;
/** Between two steps, so that one sees them, in ms. */
const PAUSE_MS = 25;

/** The first hour in steps of five minutes, the rest in steps of an hour. In ms; sums up to `ms`. */
export function steps(ms: number): number[] {
  const found: number[] = [];
  for (let walked = 0; walked < ms;) {
    const step = Math.min(walked < HOUR ? SMALL_STEP : HOUR, ms - walked);
    found.push(step);
    walked += step;
  }
  return found;
}

/** Moves the clock on by `ms`; `settle` after each step has what fell due in it done. */
export async function advanceClock(
  clock: MovableClock,
  ms: number,
  settle: () => Promise<unknown>,
): Promise<void> {
  for (const [at, step] of steps(ms).entries()) {
    if (at > 0) await pause(PAUSE_MS);
    clock.move(step);
    await settle();
  }
}
