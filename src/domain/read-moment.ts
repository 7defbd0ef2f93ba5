/** A moment as people write it: `30d` ago, a date, or RFC 3339. Pure. */
import type { EpochMs } from './clock.ts';

const UNIT_MS = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 } as const;

/** The moment, or null where it is none. A date is its midnight in UTC. */
export function readMoment(written: string, now: EpochMs): EpochMs | null {
  const text = written.trim();
  const [, count, unit] = /^(\d{1,5})([mhdw])$/.exec(text) ?? [];
  if (count !== undefined && unit !== undefined)
    return Math.max(0, now - Number(count) * UNIT_MS[unit as keyof typeof UNIT_MS]);
  const form = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/i;
  const time = form.test(text) ? Date.parse(text.toUpperCase()) : Number.NaN;
  // JavaScript takes the 31st of February for a day in March.
  const real =
    !Number.isNaN(time) && !Number.isNaN(Date.parse(`${text.slice(0, 10)}T00:00:00Z`))
      ? new Date(`${text.slice(0, 10)}T00:00:00Z`).toISOString().startsWith(text.slice(0, 10))
      : false;
  return real ? time : null;
}

export const MOMENT_FORMS = 'like 30d (that long ago), 2026-11-01 (UTC) or 2026-11-01T09:00:00Z';
