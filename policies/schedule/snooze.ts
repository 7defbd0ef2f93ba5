/** Until when an item can be snoozed. Pure. */
import { Temporal } from 'temporal-polyfill';
import type { EpochMs } from '../../src/domain/clock.ts';
import { instantOfWall } from './wall-clock.ts';

export const SNOOZES = ['15m', '1h', 'morning'] as const;
export type Snooze = (typeof SNOOZES)[number];

const MINUTE = 60_000;
const MORNING = { hour: 9 };

/** The morning is 09:00 of the next day, wall clock in `timezone`. */
export function snoozedUntil(snooze: Snooze, timezone: string, now: EpochMs): EpochMs {
  switch (snooze) {
    case '15m':
      return now + 15 * MINUTE;
    case '1h':
      return now + 60 * MINUTE;
    case 'morning': {
      const today = Temporal.Instant.fromEpochMilliseconds(now)
        .toZonedDateTimeISO(timezone)
        .toPlainDate();
      return instantOfWall(timezone, today.add({ days: 1 }).toPlainDateTime(MORNING), 'first');
    }
    default:
      return snooze satisfies never;
  }
}
