/**
 * Times as people type them, in their own zone: `14:00`, `tomorrow 9:00`, `fri 18:00`, `2026-11-24 09:00`, `now`.
 * Pure.
 */
import { Temporal } from 'temporal-polyfill';
import type { EpochMs } from '../../src/domain/clock.ts';
import { WEEKDAYS } from '../../src/domain/weekdays.ts';
import { instantOfWall } from './wall-clock.ts';

const WHEN =
  /^(?:(today|tomorrow|mon(?:day)?|tue(?:sday)?|wed(?:nesday)?|thu(?:rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?|\d{4}-\d{2}-\d{2})(?:t| |$))?(?:at )?(.*)$/;
const CLOCK = /^(\d{1,2})(?:[:.](\d{2}))? ?(am|pm)?$/;

/**
 * The instant meant, or null where the words mean none. A time of day alone is the next one after `after`; a weekday
 * the next one, today included while its time is still to come.
 */
export function readWhen(words: string, after: EpochMs, timezone: string): EpochMs | null {
  const text = words.trim().toLowerCase().replace(/\s+/g, ' ');
  if (text === 'now') return after;
  const [, day, clock = ''] = WHEN.exec(text) ?? [];
  const time = clock === '' ? null : readClock(clock);
  if (clock !== '' && time === null) return null;
  const here = Temporal.Instant.fromEpochMilliseconds(after).toZonedDateTimeISO(timezone);
  const at = (date: Temporal.PlainDate): EpochMs =>
    instantOfWall(
      timezone,
      date.toPlainDateTime(time ?? Temporal.PlainTime.from('00:00')),
      'first',
    );
  const today = here.toPlainDate();
  if (day === undefined) {
    if (time === null) return null;
    return at(today) > after ? at(today) : at(today.add({ days: 1 }));
  }
  if (day === 'today') return at(today);
  if (day === 'tomorrow') return at(today.add({ days: 1 }));
  const weekday = WEEKDAYS.findIndex((one) => day.startsWith(one));
  if (weekday >= 0) {
    const ahead = (weekday + 1 - today.dayOfWeek + 7) % 7;
    const next = today.add({ days: ahead });
    return at(next) > after ? at(next) : at(next.add({ days: 7 }));
  }
  try {
    return at(Temporal.PlainDate.from(day, { overflow: 'reject' }));
  } catch {
    return null;
  }
}

function readClock(text: string): Temporal.PlainTime | null {
  const [, hours, minutes = '00', half] = CLOCK.exec(text) ?? [];
  if (hours === undefined) return null;
  const hour = Number(hours);
  if (half !== undefined && (hour < 1 || hour > 12)) return null;
  const whole = half === undefined ? hour : (hour % 12) + (half === 'pm' ? 12 : 0);
  if (whole > 23 || Number(minutes) > 59) return null;
  return Temporal.PlainTime.from({ hour: whole, minute: Number(minutes) });
}
