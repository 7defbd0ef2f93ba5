/**
 * Durations and shares as the policy file writes them: `90s`, `30m`, `4h`, `1d`, `2w`; `80%`. Pure.
 */
import type { Read } from '../access/person-ref.ts';
import type { DurationMs } from '../policy.ts';

const UNIT_MS = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 7 * 86_400_000,
} as const;
const LONGEST_MS = 366 * UNIT_MS.d;

export const DURATION_PATTERN = '^[1-9][0-9]*[smhdw]$';

/** Reads a duration. A day is 24 hours: under business hours, 24 hours of those. */
export function readDuration(value: unknown): Read<DurationMs> {
  const example = 'a number and s, m, h, d or w, like 30m';
  if (typeof value === 'number') {
    return { ok: false, problem: 'is a duration without a unit', suggestion: `${value}m?` };
  }
  if (typeof value !== 'string') {
    return { ok: false, problem: 'must be a duration', suggestion: example };
  }
  const text = value.trim();
  const [, count, unit] = /^(\d+)([smhdw])$/.exec(text) ?? [];
  if (count === undefined || unit === undefined) {
    const [, near, word] = /^(\d+) *([a-z]*)$/i.exec(text) ?? [];
    if (near === undefined || word === undefined) {
      const one = inOneUnit(text);
      const suggestion = one === null ? example : `one number and one unit: ${one}?`;
      return { ok: false, problem: 'is not a duration', suggestion };
    }
    if (word === '') {
      return { ok: false, problem: 'is a duration without a unit', suggestion: `${near}m?` };
    }
    const meant = meantUnit(word.toLowerCase());
    return {
      ok: false,
      problem: 'is not a duration',
      suggestion: meant === null ? example : `${near}${meant}?`,
    };
  }
  const ms = Number(count) * UNIT_MS[unit as keyof typeof UNIT_MS];
  if (ms <= 0) {
    return {
      ok: false,
      problem: 'must be greater than zero',
      suggestion: 'leave the key out for no limit',
    };
  }
  if (ms > LONGEST_MS) {
    return {
      ok: false,
      problem: 'is longer than a year',
      suggestion: 'leave the key out for no limit',
    };
  }
  return { ok: true, value: ms };
}

/** `1h30m` and ISO 8601's `PT1H30M` as `90m`; null for what is neither. */
function inOneUnit(text: string): string | null {
  const parts = /^(?:P(?=.))?T?((?:\d+[smhdw])+)$/i.exec(text)?.[1]?.toLowerCase();
  if (parts === undefined) return null;
  let ms = 0;
  for (const [, count, unit] of parts.matchAll(/(?<!\d)(\d+)([smhdw])/g)) {
    ms += Number(count) * UNIT_MS[unit as keyof typeof UNIT_MS];
  }
  const unit = (['w', 'd', 'h', 'm', 's'] as const).find(
    (one) => ms > 0 && ms % UNIT_MS[one] === 0,
  );
  return unit === undefined ? null : `${ms / UNIT_MS[unit]}${unit}`;
}

function meantUnit(word: string): string | null {
  if (word.startsWith('mo')) return null;
  return word.length > 1 && /^(sec|min|h|d|w)/.test(word) ? word.charAt(0) : null;
}

/** Reads a share, `1%` to `100%`, as 0..1. */
export function readShare(value: unknown): Read<number> {
  const [, percent] = typeof value === 'string' ? (/^(\d+(?:\.\d+)?) *%$/.exec(value) ?? []) : [];
  const share = percent === undefined ? Number.NaN : Number(percent) / 100;
  if (share > 0 && share <= 1) return { ok: true, value: share };
  if (Number.isNaN(share)) {
    // A map has no number in it, and no way to be made one.
    const near = typeof value === 'object' ? Number.NaN : Number(value);
    const meant = near > 0 && near < 1 ? near * 100 : near;
    return {
      ok: false,
      problem: 'is not a share in percent',
      suggestion: meant > 0 && meant <= 100 ? `${Math.round(meant * 100) / 100}%?` : 'like 80%',
    };
  }
  return { ok: false, problem: 'must be above 0% and at most 100%', suggestion: 'like 80%' };
}

/** Milliseconds as the file writes them: `30m`. */
export function writtenDuration(ms: DurationMs): string {
  const unit = (['d', 'h', 'm', 's'] as const).find(
    (one) => ms >= UNIT_MS[one] && ms % UNIT_MS[one] === 0,
  );
  return unit === undefined ? `${ms / 1000}s` : `${ms / UNIT_MS[unit]}${unit}`;
}
