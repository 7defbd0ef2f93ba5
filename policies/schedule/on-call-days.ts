/** Stretches cut into the days of a reader's own zone, for a calendar. Pure. */
import { Temporal } from 'temporal-polyfill';
import type { EpochMs } from '../../src/domain/clock.ts';
import type { Stretch } from './rotation.ts';

export interface DayPart {
  /** Wall clock, `09:00`; the day's end is `24:00`. */
  from: string;
  until: string;
  users: string[];
  why: Stretch['why'];
}

export interface OnCallDay {
  /** `Mon 23 Nov`. */
  day: string;
  /** In order; one alone is the whole day. */
  parts: DayPart[];
}

/** As many days as asked, from the one that `from` falls into. */
export function onCallDays(
  stretches: readonly Stretch[],
  from: EpochMs,
  count: number,
  timezone: string,
): OnCallDay[] {
  const today = Temporal.Instant.fromEpochMilliseconds(from)
    .toZonedDateTimeISO(timezone)
    .toPlainDate();
  return Array.from({ length: count }, (_, at) => {
    const date = today.add({ days: at });
    const begins = date.toZonedDateTime(timezone).epochMilliseconds;
    const ends = date.add({ days: 1 }).toZonedDateTime(timezone).epochMilliseconds;
    const clock = (instant: EpochMs): string => {
      if (instant >= ends) return '24:00';
      const wall = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timezone);
      return wall.toPlainTime().toString({ smallestUnit: 'minute' });
    };
    return {
      day: date.toLocaleString('en-GB', { weekday: 'short', day: 'numeric', month: 'short' }),
      parts: stretches
        .filter((one) => one.from < ends && one.until > begins)
        .map((one) => ({
          from: clock(Math.max(one.from, begins)),
          until: clock(one.until),
          users: one.users,
          why: one.why,
        })),
    };
  }).filter((day) => day.parts.length > 0);
}
