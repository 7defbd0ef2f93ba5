/**
 * Time that counts only in working hours: wall clock in an IANA zone, with its DST, less holidays. Pure.
 */
import { Temporal } from 'temporal-polyfill';
import type { EpochMs } from '../../src/domain/clock.ts';
import { type DurationMs, type WorkingHours } from '../policy.ts';
import { WEEKDAYS } from '../../src/domain/weekdays.ts';
import { instantOfWall } from './wall-clock.ts';

const MINUTES_A_DAY = 1440;
/** The farthest end: a few minutes a week must not be searched through for ever, and no deadline may fail to be found. */
const MOST_DAYS = 5 * 366;
const MOST_MS = MOST_DAYS * MINUTES_A_DAY * 60_000;

/**
 * The instant at which `ms` of working time have passed since `from`. Without hours all time counts. What would end
 * exactly at closing time ends then; no time at all, asked for outside hours, ends when they next begin.
 * Nothing ends later than five years after `from`.
 */
export function addWorkingTime(hours: WorkingHours | null, from: EpochMs, ms: DurationMs): EpochMs {
  if (hours === null) return from + ms;
  let left = ms;
  let date = dayBefore(hours, from);
  for (let day = 0; day < MOST_DAYS; day++, date = date.add({ days: 1 })) {
    if (!isWorkingDay(hours, date)) continue;
    const [opens, closes] = windowOf(hours, date);
    if (closes <= from) continue;
    const start = Math.max(opens, from);
    if (left <= closes - start) return start + left;
    left -= Math.max(0, closes - start);
  }
  return from + MOST_MS;
}

/** A window that passes midnight belongs to the day before. */
const dayBefore = (hours: WorkingHours, instant: EpochMs): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(instant)
    .toZonedDateTimeISO(hours.timezone)
    .toPlainDate()
    .subtract({ days: 1 });

const isWorkingDay = (hours: WorkingHours, date: Temporal.PlainDate): boolean => {
  const weekday = WEEKDAYS[date.dayOfWeek - 1];
  return (
    weekday !== undefined &&
    hours.days.includes(weekday) &&
    !hours.holidays.includes(date.toString())
  );
};

function windowOf(hours: WorkingHours, date: Temporal.PlainDate): [EpochMs, EpochMs] {
  const overnight = hours.to <= hours.from ? MINUTES_A_DAY : 0;
  return [
    instantOfWall(hours.timezone, wallOf(date, hours.from), 'first'),
    instantOfWall(hours.timezone, wallOf(date, hours.to + overnight), 'last'),
  ];
}

const wallOf = (date: Temporal.PlainDate, minutes: number): Temporal.PlainDateTime =>
  date.add({ days: Math.floor(minutes / MINUTES_A_DAY) }).toPlainDateTime({
    hour: Math.floor((minutes % MINUTES_A_DAY) / 60),
    minute: minutes % 60,
  });

/** The stretches of working time that meet `from` to `until`, in order; the first and the last may reach beyond. */
export function openTimes(
  hours: WorkingHours,
  from: EpochMs,
  until: EpochMs,
): { from: EpochMs; until: EpochMs }[] {
  const open: { from: EpochMs; until: EpochMs }[] = [];
  let date = dayBefore(hours, from);
  for (;;) {
    const [opens, closes] = windowOf(hours, date);
    if (opens >= until) return open;
    if (closes > from && closes > opens && isWorkingDay(hours, date)) {
      open.push({ from: opens, until: closes });
    }
    date = date.add({ days: 1 });
  }
}
