import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addWorkingTime } from '../../policies/schedule/business-hours.ts';
import { type WorkingHours } from '../../policies/policy.ts';
import { WEEKDAYS } from '../../src/domain/weekdays.ts';
import { runs } from '../runs.ts';

const HOUR = 3_600_000;
const office: WorkingHours = {
  timezone: 'Europe/Berlin',
  days: ['mon', 'tue', 'wed', 'thu', 'fri'],
  from: 9 * 60,
  to: 18 * 60,
  holidays: ['2026-12-25'],
};
const always = { ...office, days: [...WEEKDAYS], holidays: [] };

/** Berlin is +01:00 in winter, +02:00 from 29 March 2026 02:00 to 25 October 2026 03:00. */
test.each<[string, WorkingHours | null, string, number, string]>([
  ['without hours all time counts', null, '2026-11-20T23:00:00Z', 4, '2026-11-21T03:00:00Z'],
  ['within one day', office, '2026-11-20T10:00:00+01:00', 4, '2026-11-20T14:00:00+01:00'],
  ['over the night', office, '2026-11-19T17:00:00+01:00', 4, '2026-11-20T12:00:00+01:00'],
  ['over the weekend', office, '2026-11-20T17:00:00+01:00', 4, '2026-11-23T12:00:00+01:00'],
  ['asked before opening', office, '2026-11-20T06:00:00+01:00', 1, '2026-11-20T10:00:00+01:00'],
  ['asked after closing', office, '2026-11-19T20:00:00+01:00', 1, '2026-11-20T10:00:00+01:00'],
  ['ends at closing time', office, '2026-11-20T16:00:00+01:00', 2, '2026-11-20T18:00:00+01:00'],
  ['asked at closing time', office, '2026-11-19T18:00:00+01:00', 1, '2026-11-20T10:00:00+01:00'],
  [
    'over a holiday and a weekend',
    office,
    '2026-12-24T17:00:00+01:00',
    2,
    '2026-12-28T10:00:00+01:00',
  ],
  ['several days', office, '2026-11-16T09:00:00+01:00', 30, '2026-11-19T12:00:00+01:00'],
  ['no time, within hours', office, '2026-11-20T10:00:00+01:00', 0, '2026-11-20T10:00:00+01:00'],
  ['no time, outside', office, '2026-11-20T20:00:00+01:00', 0, '2026-11-23T09:00:00+01:00'],
  ['into summer time', office, '2026-03-27T17:00:00+01:00', 2, '2026-03-30T10:00:00+02:00'],
  ['into winter time', office, '2026-10-23T17:00:00+02:00', 2, '2026-10-26T10:00:00+01:00'],
  [
    'until the end of the day',
    { ...office, to: 1440 },
    '2026-11-19T23:00:00+01:00',
    2,
    '2026-11-20T10:00:00+01:00',
  ],
  [
    'a night’s window',
    { ...always, from: 22 * 60, to: 6 * 60 },
    '2026-11-20T05:00:00+01:00',
    2,
    '2026-11-20T23:00:00+01:00',
  ],
  [
    'a night’s window belongs to the day it begins on',
    { ...office, from: 22 * 60, to: 6 * 60 },
    '2026-11-21T05:00:00+01:00',
    2,
    '2026-11-23T23:00:00+01:00',
  ],
  [
    'the night that has one hour less',
    { ...always, from: 60, to: 5 * 60 },
    '2026-03-29T01:00:00+01:00',
    4,
    '2026-03-30T02:00:00+02:00',
  ],
  [
    'the night that has one hour more',
    { ...always, from: 60, to: 5 * 60 },
    '2026-10-25T01:00:00+02:00',
    5,
    '2026-10-25T05:00:00+01:00',
  ],
  [
    'hours that begin in the missing hour begin right after it',
    { ...always, from: 150, to: 300 },
    '2026-03-29T00:00:00+01:00',
    1,
    '2026-03-29T04:00:00+02:00',
  ],
  [
    'hours that end in the doubled hour end with its second half',
    { ...always, from: 60, to: 150 },
    '2026-10-25T01:00:00+02:00',
    2.5,
    '2026-10-25T02:30:00+01:00',
  ],
  [
    'a zone that moves by half an hour',
    { ...always, timezone: 'Australia/Lord_Howe', from: 60, to: 180 },
    '2026-04-05T01:00:00+11:00',
    2.5,
    '2026-04-05T03:00:00+10:30',
  ],
  [
    'a zone that skipped a day',
    { ...always, timezone: 'Pacific/Apia', from: 540, to: 1080 },
    '2011-12-29T17:00:00-10:00',
    2,
    '2011-12-31T10:00:00+14:00',
  ],
  [
    'a zone off by quarters',
    { ...office, timezone: 'Asia/Kathmandu' },
    '2026-11-19T17:30:00+05:45',
    1,
    '2026-11-20T09:30:00+05:45',
  ],
])('%s', (_, hours, from, count, end) => {
  const found = addWorkingTime(hours, Date.parse(from), count * HOUR);
  expect(new Date(found).toISOString()).toBe(new Date(end).toISOString());
});

describe('in any zone, at any time', () => {
  const zones = [
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'Asia/Kathmandu',
    'UTC',
  ];
  const hours: fc.Arbitrary<WorkingHours> = fc.record({
    timezone: fc.constantFrom(...zones),
    days: fc.subarray([...WEEKDAYS], { minLength: 1 }),
    from: fc.integer({ min: 0, max: 9 * 60 }),
    to: fc.integer({ min: 14 * 60, max: 1440 }),
    holidays: fc.constant(['2026-12-25', '2026-03-29']),
  });
  const instant = fc.integer({
    min: Date.parse('2026-01-01T00:00:00Z'),
    max: Date.parse('2027-01-01T00:00:00Z'),
  });
  const span = fc.integer({ min: 1, max: 40 * HOUR });

  test('working time is never shorter than time, and more of it never ends earlier', () => {
    fc.assert(
      fc.property(hours, instant, span, span, (open, from, one, other) => {
        const [less, more] = one < other ? [one, other] : [other, one];
        const end = addWorkingTime(open, from, less);
        expect(end).toBeGreaterThanOrEqual(from + less);
        expect(addWorkingTime(open, from, more)).toBeGreaterThanOrEqual(end);
      }),
      { numRuns: runs(100) },
    );
  });

  test('two spans one after the other are their sum', () => {
    fc.assert(
      fc.property(hours, instant, span, span, (open, from, one, other) => {
        const between = addWorkingTime(open, from, one);
        expect(addWorkingTime(open, between, other)).toBe(addWorkingTime(open, from, one + other));
      }),
      { numRuns: runs(100) },
    );
  });

  test('it ends within hours, as a wall clock there shows', () => {
    fc.assert(
      fc.property(hours, instant, span, (open, from, ms) => {
        const end = addWorkingTime(open, from, ms);
        // The last working moment: closing time itself is no longer within.
        const shown = new Intl.DateTimeFormat('en-GB', {
          timeZone: open.timezone,
          weekday: 'short',
          hour: '2-digit',
          minute: '2-digit',
          hourCycle: 'h23',
        }).formatToParts(end - 1);
        const part = (type: string) => shown.find((one) => one.type === type)?.value ?? '';
        expect(open.days).toContain(part('weekday').toLowerCase());
        const minutes = Number(part('hour')) * 60 + Number(part('minute'));
        expect(minutes).toBeGreaterThanOrEqual(open.from);
        expect(minutes).toBeLessThan(open.to);
      }),
      { numRuns: runs(100) },
    );
  });
});

test.each([
  ['never come', { ...office, days: [] }],
  ['are one minute a week', { ...office, days: ['sun' as const], from: 0, to: 1 }],
])('hours that %s end after five years', (_, hours) => {
  const from = Date.parse('2026-11-20T10:00:00Z');
  expect(addWorkingTime(hours, from, 100 * HOUR)).toBe(from + 5 * 366 * 24 * HOUR);
});
