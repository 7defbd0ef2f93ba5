/** Rotations in every zone of the runtime whose clocks change: no hole, no wrong order, wall-clock handoffs. */
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import type { Rotation } from '../../policies/policy.ts';
import { stretches, whoIsOnCall, type Override } from '../../policies/schedule/rotation.ts';
import { runs } from '../runs.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Temporal.Instant.from('2026-01-01T00:00:00Z');
const HORIZON = NOW.add({ hours: 366 * 24 });

/** Each zone with its transitions of a year; where a zone has none then, its last one before. */
const changes = Intl.supportedValuesOf('timeZone').flatMap((zone) => {
  const from = NOW.toZonedDateTimeISO(zone);
  const next = from.getTimeZoneTransition('next');
  const change =
    next && Temporal.Instant.compare(next.toInstant(), HORIZON) < 0
      ? next
      : from.getTimeZoneTransition('previous');
  return change ? [{ zone, at: change.epochMilliseconds }] : [];
});

const rotationAt = (zone: string, start: string, unit: 'days' | 'weeks' = 'days'): Rotation => ({
  id: 'r',
  timezone: zone,
  start,
  shift: { unit, count: 1 },
  people: ['A', 'B', 'C'],
  hours: null,
  usergroup: null,
});
const wallOf = (instant: number, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainDateTime();

describe('in every zone whose clocks change', () => {
  test(`${changes.length} zones: around the change somebody is always on call, each in turn, two where the hour comes twice`, () => {
    expect(changes.length).toBeGreaterThan(100);
    for (const { zone, at } of changes) {
      // A daily handoff just before, at, in and after the hour that the change repeats or leaves out.
      for (const minutes of [-45, 0, 15, 45]) {
        const handoff = wallOf(at + minutes * 60_000, zone).round('minute');
        const start = handoff.subtract({ days: 3 }).toString({ smallestUnit: 'minute' });
        const rotation = rotationAt(zone, start);
        const found = stretches(rotation, [], at - DAY, at + 2 * DAY);
        const order = found.map((one) => one.users);
        for (const [index, stretch] of found.entries()) {
          expect(stretch.users.length, `${zone} ${start}`).toBeGreaterThan(0);
          if (stretch.users.length > 1) {
            // Two at once: the one before and the one after, for no longer than the clock was put back.
            expect(stretch.until - stretch.from).toBeLessThanOrEqual(24 * HOUR);
            expect([
              order[index - 1]?.[0] ?? stretch.users[0],
              order[index + 1]?.[0] ?? stretch.users[1],
            ]).toEqual(stretch.users);
          }
        }
      }
    }
  });

  test('a shift begins at the first occurrence of its wall-clock time, or the first instant after one that is not there', () => {
    for (const { zone, at } of changes) {
      const wall = wallOf(at + 15 * 60_000, zone).round('minute');
      const rotation = rotationAt(zone, wall.toString({ smallestUnit: 'minute' }), 'weeks');
      const [first] = stretches(rotation, [], at - 3 * DAY, at + DAY).filter(
        (one) => one.users.length > 0,
      );
      if (!first) throw new Error(`${zone}: nobody ever begins`);
      const begins = wallOf(first.from, zone);
      expect(Temporal.PlainDateTime.compare(begins, wall), zone).toBeGreaterThanOrEqual(0);
      // Nothing before it shows that time or a later one of that day.
      const before = wallOf(first.from - 1, zone);
      expect(Temporal.PlainDateTime.compare(before, wall), zone).toBeLessThan(0);
    }
  });
});

const overrideIn = (from: number): fc.Arbitrary<Override> =>
  fc
    .record({
      user: fc.constantFrom('A', 'B', 'C', 'D'),
      starts: fc.integer({ min: -3 * 24, max: 10 * 24 }),
      hours: fc.integer({ min: 1, max: 72 }),
      made_at: fc.integer({ min: 0, max: 1000 }),
    })
    .map(({ user, starts, hours, made_at }) => ({
      id: `${user}${starts}-${hours}-${made_at}`,
      rotation: 'r',
      slack_user: user,
      starts_at: from + starts * HOUR,
      ends_at: from + (starts + hours) * HOUR,
      made_at,
    }));

test('stretches and single instants say the same; neighbours differ; together they leave no hole', () => {
  const from = Date.parse('2026-10-20T00:00:00Z');
  const world = fc.record({
    zone: fc.constantFrom('Europe/Berlin', 'Australia/Lord_Howe', 'America/New_York', 'UTC'),
    shift: fc.constantFrom(
      { unit: 'hours' as const, count: 7 },
      { unit: 'days' as const, count: 1 },
      { unit: 'weeks' as const, count: 1 },
      { unit: 'months' as const, count: 1 },
    ),
    start: fc.constantFrom('2026-10-01T02:30', '2026-10-22T09:00', '2026-01-31T00:00'),
    hours: fc.boolean(),
    overrides: fc.array(overrideIn(from), { maxLength: 5 }),
    moments: fc.array(fc.integer({ min: 0, max: 14 * DAY - 1 }), { minLength: 5, maxLength: 5 }),
  });
  fc.assert(
    fc.property(world, ({ zone, shift, start, hours, overrides, moments }) => {
      const rotation: Rotation = {
        ...rotationAt(zone, start),
        shift,
        hours: hours
          ? { timezone: zone, days: ['mon', 'wed', 'sun'], from: 8 * 60, to: 4 * 60, holidays: [] }
          : null,
      };
      const found = stretches(rotation, overrides, from, from + 14 * DAY);
      expect(found[0]?.from).toBe(from);
      expect(found.at(-1)?.until).toBe(from + 14 * DAY);
      for (const [index, one] of found.entries()) {
        const next = found[index + 1];
        expect(one.until).toBeGreaterThan(one.from);
        if (next) {
          expect(next.from).toBe(one.until);
          expect({ users: one.users, why: one.why }).not.toEqual({
            users: next.users,
            why: next.why,
          });
        }
      }
      for (const moment of moments) {
        const here = found.find((one) => one.from <= from + moment && from + moment < one.until);
        expect(whoIsOnCall(rotation, overrides, from + moment)).toEqual(here?.users);
      }
    }),
    { numRuns: runs(60) },
  );
});
