/** Days and hours as the clock on the wall has them. */
import { Temporal } from 'temporal-polyfill';
import type { EpochMs } from '../../domain/clock.ts';

/** As many stretches as a line can show. */
const MOST_STRETCHES = 92;
const DAY_MS = 86_400_000;

/** Local midnights from the one at or before `from` to `to`; every so manieth where there would be too many. */
export function dayEdges(from: EpochMs, to: EpochMs, timezone: string): EpochMs[] {
  const days = Math.ceil((to - from) / DAY_MS / MOST_STRETCHES);
  let day = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(timezone).startOfDay();
  const edges: EpochMs[] = [];
  while (day.epochMilliseconds < to) {
    edges.push(day.epochMilliseconds);
    day = day.add({ days }).startOfDay();
  }
  return edges;
}

/** When a day begins there, of a real date like `2026-11-01`. */
export const dayBegins = (date: string, timezone: string): EpochMs =>
  Temporal.PlainDate.from(date).toZonedDateTime(timezone).epochMilliseconds;

/** No zone is off by less. */
const STEP_MS = 900_000;

/** The hour of the day, 0..23; each quarter of an hour is looked up once. */
export function hourIn(timezone: string): (at: EpochMs) => number {
  const known = new Map<number, number>();
  let last = { step: Number.NaN, hour: 0 };
  return (at) => {
    const step = Math.floor(at / STEP_MS);
    // What is asked about one after the other lies together.
    if (step === last.step) return last.hour;
    let hour = known.get(step);
    if (hour === undefined) {
      const start = Temporal.Instant.fromEpochMilliseconds(step * STEP_MS);
      known.set(step, (hour = start.toZonedDateTimeISO(timezone).hour));
    }
    last = { step, hour };
    return hour;
  };
}
