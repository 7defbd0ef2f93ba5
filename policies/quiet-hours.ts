/** A person's own quiet hours: when they are, until when they last, and what breaks through them. Pure. */
import type { EpochMs } from '../src/clock.ts';
import { openTimes } from './business-hours.ts';
import { WEEKDAYS } from './policy.ts';

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

/** `22:00-07:00`, `22-7 impact 8`, `off`, or nothing. */
export function readQuiet(typed: string): ReadQuiet {
  const text = typed.trim().toLowerCase();
  if (text === '') return { quiet: 'shown' };
  if (text === 'off') return { quiet: 'off' };
  const [, h1, m1 = '0', h2, m2 = '0', impact] =
    /^(\d{1,2})(?:[:.](\d\d))? *(?:-|–|to) *(\d{1,2})(?:[:.](\d\d))?(?: +(?:unless +)?impact +(\d{1,2}(?:\.\d)?))?$/.exec(
      text,
    ) ?? [];
  const minute = (hour: string | undefined, minutes: string): number =>
    hour === undefined || Number(hour) > 24 || Number(minutes) > 59
      ? -1
      : (Number(hour) * 60 + Number(minutes)) % 1440;
  const [from_minute, to_minute] = [minute(h1, m1), minute(h2, m2)];
  const break_impact = impact === undefined ? null : Number(impact);
  return from_minute < 0 || to_minute < 0 || from_minute === to_minute || (break_impact ?? 0) > 10
    ? { quiet: 'unclear' }
    : { quiet: 'set', from_minute, to_minute, break_impact };
}
