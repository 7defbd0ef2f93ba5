/** A person's own quiet hours: when they are, until when they last, and what breaks through them. Pure. */
import type { EpochMs } from '../../src/domain/clock.ts';
import { openTimes } from './business-hours.ts';
import { WEEKDAYS } from '../../src/domain/weekdays.ts';

export interface QuietHours {
  /** IANA zone. */
  timezone: string;
  /** Minutes since midnight, wall clock; `to` at or before `from` is on the next day. */
  from_minute: number;
  to_minute: number;
  /** 0..10: items of this impact or more break through; null: level 3 alone does. */
  break_impact: number | null;
}

/** When they end, where they hold at `now`; null where they do not. */
export function quietUntil(quiet: QuietHours, now: EpochMs): EpochMs | null {
  const hours = {
    timezone: quiet.timezone,
    days: [...WEEKDAYS],
    from: quiet.from_minute,
    to: quiet.to_minute,
    holidays: [],
  };
  const held = openTimes(hours, now, now + 1).find(({ from, until }) => from <= now && now < until);
  return held?.until ?? null;
}

/** Level 3, and what is above the impact that the person chose. */
export const breaksThrough = (
  quiet: QuietHours,
  item: { level: number; impact: number },
): boolean => item.level >= 3 || (quiet.break_impact !== null && item.impact >= quiet.break_impact);

export type ReadQuiet =
  | { quiet: 'set'; from_minute: number; to_minute: number; break_impact: number | null }
  | { quiet: 'off' }
  | { quiet: 'shown' }
  | { quiet: 'unclear' };

const TIME = String.raw`(\d{1,2})(?:[:.](\d\d))? ?(am|pm)?`;
const SPAN = new RegExp(
  String.raw`^(?:from +)?${TIME} *(?:-|–|to|until|till) *${TIME}(?:,? +(?:unless +)?impact +(\d{1,2}(?:\.\d)?))?$`,
);

/** `22:00-07:00`, `10pm-7am`, `22-7 impact 8`, `off`, or nothing. */
export function readQuiet(typed: string): ReadQuiet {
  const text = typed.trim().toLowerCase();
  if (text === '') return { quiet: 'shown' };
  if (text === 'off') return { quiet: 'off' };
  const [, h1, m1, half1, h2, m2, half2, impact] = SPAN.exec(text) ?? [];
  const [from_minute, to_minute] = [minuteOf(h1, m1, half1), minuteOf(h2, m2, half2)];
  const break_impact = impact === undefined ? null : Number(impact);
  return from_minute === null ||
    to_minute === null ||
    from_minute === to_minute ||
    (break_impact ?? 0) > 10
    ? { quiet: 'unclear' }
    : { quiet: 'set', from_minute, to_minute, break_impact };
}

/** Minutes since midnight; 24:00 is midnight. null: there is no such time. */
function minuteOf(hours?: string, minutes = '00', half?: string): number | null {
  const hour = Number(hours ?? Number.NaN);
  const minute = Number(minutes);
  if (half !== undefined && !(hour >= 1 && hour <= 12)) return null;
  const whole = half === undefined ? hour : (hour % 12) + (half === 'pm' ? 12 : 0);
  const of_day = whole * 60 + minute;
  return minute > 59 || !(of_day <= 1440) ? null : of_day % 1440;
}
