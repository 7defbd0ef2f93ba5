/** Rotations for tests, and their shifts in words. */
import type { Rotation, ShiftLength } from '../../policies/policy.ts';
import { stretches, type Override } from '../../policies/schedule/rotation.ts';

export const HOUR = 3_600_000;
export const at = (time: string) => Date.parse(time);
export const utc = (time: number) => new Date(time).toISOString().replace('.000', '');

export const rotation = (fields: Partial<Rotation>): Rotation => ({
  id: 'primary',
  timezone: 'Europe/Berlin',
  start: '2026-11-02T09:00',
  shift: { unit: 'weeks', count: 1 },
  people: ['U0ALICE', 'U0BOB', 'U0CAROL'],
  hours: null,
  usergroup: null,
  ...fields,
});
export const daily = (timezone: string, start: string, shift: Partial<ShiftLength> = {}) =>
  rotation({
    timezone,
    start,
    shift: { unit: 'days', count: 1, ...shift },
    people: ['A', 'B', 'C'],
  });
export const override = (user: string, from: string, to: string, made_at = 1): Override => ({
  id: `o${made_at}`,
  rotation: 'primary',
  slack_user: user,
  starts_at: at(from),
  ends_at: at(to),
  made_at,
});

/** Stretches as a table reads: when each begins, and who. */
export const shown = (of: Rotation, from: string, to: string, overrides: Override[] = []) =>
  stretches(of, overrides, at(from), at(to)).map(
    (one) => `${utc(one.from)} ${one.users.join('+') || one.why}`,
  );
