/**
 * Who is on call by a rotation: its shifts, its working hours, and the overrides, which come before both. Pure; the one
 * place that answers it.
 */
import type { EpochMs } from '../../src/domain/clock.ts';
import { openTimes } from './business-hours.ts';
import type { Rotation } from '../policy.ts';
import { shiftsBetween } from './shift-times.ts';

/** One person instead of whoever's turn it is, from `starts_at` until before `ends_at`, outside working hours too. */
export interface Override {
  id: string;
  rotation: string;
  slack_user: string;
  starts_at: EpochMs;
  ends_at: EpochMs;
  /** Of two that meet the one made later holds. */
  made_at: EpochMs;
}

/** A stretch of time in which the same people are on call for the same reason. */
export interface Stretch {
  from: EpochMs;
  /** Not included. */
  until: EpochMs;
  /** In the order in which they came on call; two where clocks are put back. */
  users: string[];
  why: 'shift' | 'override' | 'outside_hours' | 'not_started';
}

/** Who is on call at an instant; empty: nobody. */
export const whoIsOnCall = (
  rotation: Rotation,
  overrides: readonly Override[],
  instant: EpochMs,
): string[] => stretches(rotation, overrides, instant, instant + 1)[0]?.users ?? [];

/** Who is on call from `from` until before `until`: stretches without a hole between them, neighbours different. */
export function stretches(
  rotation: Rotation,
  overrides: readonly Override[],
  from: EpochMs,
  until: EpochMs,
): Stretch[] {
  const own = overrides
    .filter((one) => one.rotation === rotation.id && one.starts_at < until && one.ends_at > from)
    .toSorted((a, b) => b.made_at - a.made_at || (a.id < b.id ? 1 : -1));
  const shifts = shiftsBetween(rotation, from, until);
  const open = rotation.hours === null ? null : openTimes(rotation.hours, from, until);
  const edges = new Set([from, until]);
  const add = (edge: EpochMs) => {
    if (edge > from && edge < until) edges.add(edge);
  };
  for (const one of own) [one.starts_at, one.ends_at].forEach(add);
  for (const one of [...shifts, ...(open ?? [])]) [one.from, one.until].forEach(add);
  const sorted = [...edges].toSorted((a, b) => a - b);

  const found: Stretch[] = [];
  for (const [at, begins] of sorted.entries()) {
    const ends = sorted[at + 1];
    if (ends === undefined) break;
    const here = (one: { from: EpochMs; until: EpochMs }) =>
      one.from <= begins && begins < one.until;
    const override = own.find((one) => one.starts_at <= begins && begins < one.ends_at);
    const on = [...new Set(shifts.filter(here).map((one) => one.user))];
    const stretch: Pick<Stretch, 'users' | 'why'> = override
      ? { users: [override.slack_user], why: 'override' }
      : open?.some(here) === false
        ? { users: [], why: 'outside_hours' }
        : on.length === 0
          ? { users: [], why: 'not_started' }
          : { users: on, why: 'shift' };
    const last = found.at(-1);
    if (last && last.why === stretch.why && samePeople(last.users, stretch.users))
      last.until = ends;
    else found.push({ from: begins, until: ends, ...stretch });
  }
  return found;
}

/** Whether two lists name the same people, in whatever order. */
export const samePeople = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((user) => b.includes(user));

/** A change of who is on call: nobody in between (a night, a weekend) is no change. */
export interface Handoff {
  at: EpochMs;
  /** Those on call before, or last before nobody was. */
  before: string[];
  after: string[];
}

const DAY_MS = 86_400_000;
const SEARCHED_MS = 3 * 366 * DAY_MS;

/** The next handoff after `instant`, or null where none comes within three years: one person has it all. */
export function nextHandoff(
  rotation: Rotation,
  overrides: readonly Override[],
  instant: EpochMs,
): Handoff | null {
  let before: string[] = [];
  // From a while before: at night it is whoever had the day that hands over.
  let from = instant - 15 * DAY_MS;
  for (let days = 30; from < instant + SEARCHED_MS; days *= 2) {
    const until = from + days * DAY_MS;
    for (const { from: at, users } of stretches(rotation, overrides, from, until)) {
      if (at > instant && users.length > 0 && !samePeople(users, before)) {
        return { at, before, after: users };
      }
      if (users.length > 0) before = users;
    }
    from = until;
  }
  return null;
}

/** Time in which somebody should be on call and nobody is: the rotation has not begun, or whose turn it is has gone. */
export interface Gap {
  from: EpochMs;
  until: EpochMs;
  /** Whose turn it is, though they are gone; empty: the rotation has not begun. */
  users: string[];
}

/** The gaps between two instants, in order. `gone`: people who are no longer in Slack. */
export const gaps = (
  rotation: Rotation,
  overrides: readonly Override[],
  gone: ReadonlySet<string>,
  from: EpochMs,
  until: EpochMs,
): Gap[] =>
  stretches(rotation, overrides, from, until)
    .filter((one) => one.why !== 'outside_hours' && one.users.every((user) => gone.has(user)))
    .map((one) => ({ from: one.from, until: one.until, users: one.users }));
