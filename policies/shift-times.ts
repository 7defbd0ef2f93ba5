/**
 * When the shifts of a rotation begin and end, by their number from 0. Pure.
 *
 * A shift begins at the first occurrence of its wall-clock time and ends at the last one of the next shift's, so that
 * where a clock is put back two people are on call rather than nobody.
 */
import { Temporal } from 'temporal-polyfill';
import type { EpochMs } from '../src/clock.ts';
import type { Rotation } from './policy.ts';
import { instantOfWall } from './wall-clock.ts';

const HOUR_MS = 3_600_000;

export interface Shift {
  from: EpochMs;
  until: EpochMs;
  user: string;
}

/** The shifts that meet `from` to `until`, in order. Those of no length (their day was skipped) are left out. */
export function shiftsBetween(rotation: Rotation, from: EpochMs, until: EpochMs): Shift[] {
  const shifts: Shift[] = [];
  for (let at = firstShift(rotation, from); ; at += 1) {
    const begins = handoff(rotation, at, 'first');
    if (begins >= until) return shifts;
    const ends = handoff(rotation, at + 1, 'last');
    const user = rotation.people[at % rotation.people.length];
    if (ends > from && ends > begins && user !== undefined) {
      shifts.push({ from: begins, until: ends, user });
    }
  }
}

/** A shift that has not ended at `instant`, at most a few before the first such. */
function firstShift(rotation: Rotation, instant: EpochMs): number {
  const { count } = rotation.shift;
  return Math.max(0, Math.floor(unitsSince(rotation, instant) / count) - 2);
}

function unitsSince(rotation: Rotation, instant: EpochMs): number {
  const { unit } = rotation.shift;
  if (unit === 'hours') return (instant - handoff(rotation, 0, 'first')) / HOUR_MS;
  const start = Temporal.PlainDateTime.from(rotation.start);
  const wall = Temporal.Instant.fromEpochMilliseconds(instant)
    .toZonedDateTimeISO(rotation.timezone)
    .toPlainDateTime();
  if (unit === 'months') return (wall.year - start.year) * 12 + wall.month - start.month;
  const days = start.toPlainDate().until(wall.toPlainDate(), { largestUnit: 'days' }).days;
  return unit === 'weeks' ? days / 7 : days;
}

/** The beginning of shift `at` (`first`), or the end of the one before it (`last`). */
function handoff(rotation: Rotation, at: number, which: 'first' | 'last'): EpochMs {
  const { unit, count } = rotation.shift;
  const start = Temporal.PlainDateTime.from(rotation.start);
  if (unit === 'hours') {
    return instantOfWall(rotation.timezone, start, 'first') + at * count * HOUR_MS;
  }
  // Counted from the first handoff each time: the 31st comes back after a month of 30 days.
  const wall = start.add({ [unit]: at * count });
  return instantOfWall(rotation.timezone, wall, which);
}
