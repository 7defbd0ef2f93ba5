import { expect, test } from 'vitest';
import { breaksThrough, quietUntil, readQuiet } from '../../policies/schedule/quiet-hours.ts';

const at = (time: string) => Date.parse(time);
const NIGHT = {
  timezone: 'Europe/Berlin',
  from_minute: 22 * 60,
  to_minute: 7 * 60,
  break_impact: null,
};

test.each([
  ['before', '2026-11-20T21:59:00+01:00', null],
  ['as they begin', '2026-11-20T22:00:00+01:00', '2026-11-21T07:00:00+01:00'],
  ['after midnight', '2026-11-21T03:00:00+01:00', '2026-11-21T07:00:00+01:00'],
  ['as they end', '2026-11-21T07:00:00+01:00', null],
  [
    'the night in which clocks go forward',
    '2026-03-29T01:30:00+01:00',
    '2026-03-29T07:00:00+02:00',
  ],
  ['the night in which clocks go back', '2026-10-25T02:30:00+02:00', '2026-10-25T07:00:00+01:00'],
])('quiet %s', (_when, now, until) => {
  expect(quietUntil(NIGHT, at(now))).toBe(until === null ? null : at(until));
});

test('hours of one day', () => {
  const noon = { ...NIGHT, from_minute: 12 * 60, to_minute: 13 * 60 };
  expect(quietUntil(noon, at('2026-11-20T12:30:00+01:00'))).toBe(at('2026-11-20T13:00:00+01:00'));
  expect(quietUntil(noon, at('2026-11-20T23:00:00+01:00'))).toBeNull();
});

test('level 3 breaks through, and the impact that was chosen', () => {
  expect(breaksThrough(NIGHT, { level: 3, impact: 0 })).toBe(true);
  expect(breaksThrough(NIGHT, { level: 2, impact: 10 })).toBe(false);
  expect(breaksThrough({ ...NIGHT, break_impact: 8 }, { level: 1, impact: 8 })).toBe(true);
  expect(breaksThrough({ ...NIGHT, break_impact: 8 }, { level: 1, impact: 7.9 })).toBe(false);
});

test.each([
  ['22:00-07:00', { from_minute: 1320, to_minute: 420, break_impact: null }],
  ['22-7', { from_minute: 1320, to_minute: 420, break_impact: null }],
  ['22:30 to 6:15 unless impact 8', { from_minute: 1350, to_minute: 375, break_impact: 8 }],
  ['10pm-7am', { from_minute: 1320, to_minute: 420, break_impact: null }],
  ['from 10:30 pm to 12am', { from_minute: 1350, to_minute: 0, break_impact: null }],
  ['22-24 impact 9.5', { from_minute: 1320, to_minute: 0, break_impact: 9.5 }],
])('%s', (typed, set) => {
  expect(readQuiet(typed)).toEqual({ quiet: 'set', ...set });
});

test.each([
  'at night',
  '25-7',
  '22:70-7',
  '24:30-7',
  '13pm-7',
  '0am-7',
  '7-7',
  '22-0 impact',
  '22-7 impact 11',
  '22-7 please',
])('%s is not understood', (typed) => expect(readQuiet(typed)).toEqual({ quiet: 'unclear' }));
