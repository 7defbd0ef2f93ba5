/** The single values of a rotation: the length of a shift, the wall clock of the first handoff, who takes turns. Pure. */
import { Temporal } from 'temporal-polyfill';
import { readUserGroupId, readUserId, type Read } from '../access/person-ref.ts';
import { leaf, texts } from './policy-leaves.ts';
import type { ShiftLength } from '../policy.ts';

const UNITS = { h: 'hours', d: 'days', w: 'weeks', mo: 'months' } as const;
const MOST: Record<ShiftLength['unit'], number> = { hours: 8784, days: 366, weeks: 53, months: 12 };
const SHIFT = /^([1-9]\d{0,4})(h|d|w|mo)$/;
const SHIFT_FORM = 'a number and h, d, w or mo, like 1w';

/** `12h`, `1d`, `2w`, `1mo`. */
export const shiftLength = leaf({ type: 'string', pattern: SHIFT.source }, readShiftLength);

function readShiftLength(value: unknown): Read<ShiftLength> {
  const written = typeof value === 'number' ? String(value) : value;
  if (typeof written !== 'string') {
    return { ok: false, problem: 'must be the length of a shift', suggestion: SHIFT_FORM };
  }
  const [, count, letter] = SHIFT.exec(written) ?? [];
  if (count === undefined || letter === undefined) {
    return {
      ok: false,
      problem: 'is not the length of a shift',
      suggestion: meantShift(written) ?? SHIFT_FORM,
    };
  }
  const unit = UNITS[letter as keyof typeof UNITS];
  if (Number(count) > MOST[unit]) {
    return { ok: false, problem: 'is a shift longer than a year', suggestion: SHIFT_FORM };
  }
  return { ok: true, value: { unit, count: Number(count) } };
}

/** `1m` and `1 month` mean 1mo; `2 weeks` means 2w. */
function meantShift(written: string): string | null {
  const [, count, word] = /^([1-9]\d{0,4}) *([a-z]*)$/i.exec(written.trim()) ?? [];
  if (count === undefined || word === undefined) return null;
  const unit = word.toLowerCase();
  if (unit === '') return `${count}h, ${count}d, ${count}w or ${count}mo?`;
  if (unit.startsWith('mo') || unit === 'm') return `${count}mo?`;
  return /^(h|d|w)/.test(unit) ? `${count}${unit.charAt(0)}?` : null;
}

const WALL = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/;

/** `2026-11-02T09:00`: what the clock on the wall shows, in the rotation's zone. */
export const wallClock = texts(WALL, (value) => {
  const example = 'like "2026-11-02T09:00"';
  if (WALL.test(value)) {
    try {
      Temporal.PlainDateTime.from(value, { overflow: 'reject' });
      return { ok: true, value };
    } catch {
      return { ok: false, problem: 'is a time that does not exist', suggestion: example };
    }
  }
  const [, day, hour, minute] =
    /^(\d{4}-\d{2}-\d{2})(?:[T ]+(\d{1,2}):(\d{2}))?/.exec(value.trim()) ?? [];
  return {
    ok: false,
    problem: /(Z|[+-]\d{2}:?\d{2})$/.test(value.slice(10))
      ? 'is a time with a zone of its own: the rotation has one'
      : 'is not a date and time',
    suggestion:
      day === undefined
        ? example
        : `"${day}T${(hour ?? '09').padStart(2, '0')}:${minute ?? '00'}"?`,
  };
});

/** A rotation takes turns by people, one by one: `U024BE7LH`. */
export const userId = texts(null, readUserId);
export const userGroupId = texts(null, readUserGroupId);
