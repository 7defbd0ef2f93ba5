/**
 * When the shifts of a rotation begin and end, by their number from 0. Pure.
 *
 * A shift begins at the first occurrence of its wall-clock time and ends at the last one of the next shift's, so that
 * where a clock is put back two people are on call rather than nobody.
 */
import { Temporal } from 'temporal-polyfill';
import type { EpochMs } from '../../src/domain/clock.ts';
import type { Rotation } from '../policy.ts';
import { instantOfWall } from './wall-clock.ts';

const HOUR_MS = 3_600_000;

export interface Shift {
  from: EpochMs;
  until: EpochMs;
  user: string;
}

/** The shifts that meet `from` to `until`, in order. Those of no length (their day was skipped) are left out. */
export function shiftsBetween(rotation: Rotation, from: EpochMs, until: EpochMs): Shift[] {
  const handoff = handoffsOf(rotation);
  const shifts: Shift[] = [];
  for (let at = firstShift(rotation, handoff, from); ; at += 1) {
    const begins = handoff(at, 'first');
    if (begins >= until) return shifts;
    const ends = handoff(at + 1, 'last');
    const user = rotation.people[at % rotation.people.length];
    if (ends > from && ends > begins && user !== undefined) {
      shifts.push({ from: begins, until: ends, user });
    }
  }
}

/** The beginning of shift `at` (`first`), or the end of the one before it (`last`). */
type HandoffAt = (at: number, which: 'first' | 'last') => EpochMs;

function handoffsOf({ start, timezone, shift: { unit, count } }: Rotation): HandoffAt {
  const first = Temporal.PlainDateTime.from(start);
  if (unit === 'hours') {
    const begins = instantOfWall(timezone, first, 'first');
    return (at) => begins + at * count * HOUR_MS;
  }
  // Counted from the first handoff each time: the 31st comes back after a month of 30 days.
  return (at, which) => instantOfWall(timezone, first.add({ [unit]: at * count }), which);
}

/** A shift that has not ended at `instant`, at most a few before the first such. */
function firstShift(rotation: Rotation, handoff: HandoffAt, instant: EpochMs): number {
  const { unit, count } = rotation.shift;
  const units =
    unit === 'hours'
      ? (instant - handoff(0, 'first')) / HOUR_MS
      : wallUnitsSince(rotation, unit, instant);
  return Math.max(0, Math.floor(units / count) - 2);
}

function wallUnitsSince(
  { start, timezone }: Rotation,
  unit: 'days' | 'weeks' | 'months',
  instant: EpochMs,
): number {
  const first = Temporal.PlainDate.from(start);
  const here = Temporal.Instant.fromEpochMilliseconds(instant)
    .toZonedDateTimeISO(timezone)
    .toPlainDate();
  if (unit === 'months') return (here.year - first.year) * 12 + here.month - first.month;
  const { days } = first.until(here, { largestUnit: 'days' });
  return unit === 'weeks' ? days / 7 : days;
}
