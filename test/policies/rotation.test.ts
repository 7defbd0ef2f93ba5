/** Who is on call, by table: the zones whose clocks do the odd things. */
import { describe, expect, test } from 'vitest';
import { whoIsOnCall } from '../../policies/schedule/rotation.ts';
import { HOUR, at, rotation, daily, shown } from './rotations.ts';

describe('“DST shifts a rotation, or leaves an hour’s gap” (oncall#3261, #5455): wall-clock handoffs do neither', () => {
  test('Europe/Berlin: an hour that comes twice is shared, one that is left out is skipped', () => {
    const nightly = daily('Europe/Berlin', '2026-10-23T02:30');
    expect(shown(nightly, '2026-10-24T00:30:00Z', '2026-10-27T00:00:00Z')).toEqual([
      '2026-10-24T00:30:00Z B',
      // 02:30 comes at 00:30Z and again at 01:30Z: C begins at the first, B goes at the last.
      '2026-10-25T00:30:00Z B+C',
      '2026-10-25T01:30:00Z C',
      '2026-10-26T01:30:00Z A',
    ]);
    const spring = daily('Europe/Berlin', '2026-03-27T02:30');
    expect(shown(spring, '2026-03-28T01:30:00Z', '2026-03-31T00:00:00Z')).toEqual([
      '2026-03-28T01:30:00Z B',
      // 02:30 does not exist on the 29th: the handoff is at 03:00, the first instant after.
      '2026-03-29T01:00:00Z C',
      '2026-03-30T00:30:00Z A',
    ]);
  });

  test('Europe/Berlin: the handoff stays at nine o’clock through both changes', () => {
    const weekly = rotation({ start: '2026-03-23T09:00', people: ['A', 'B'] });
    expect(shown(weekly, '2026-03-23T08:00:00Z', '2026-04-01T00:00:00Z')).toEqual([
      '2026-03-23T08:00:00Z A',
      '2026-03-30T07:00:00Z B',
    ]);
    expect(shown(weekly, '2026-10-20T00:00:00Z', '2026-10-27T00:00:00Z').at(-1)).toMatch(
      /^2026-10-26T08:00:00Z/,
    );
  });

  test('America/New_York', () => {
    const nightly = daily('America/New_York', '2026-10-30T01:30');
    expect(shown(nightly, '2026-10-31T05:30:00Z', '2026-11-02T07:00:00Z')).toEqual([
      '2026-10-31T05:30:00Z B',
      '2026-11-01T05:30:00Z B+C',
      '2026-11-01T06:30:00Z C',
      '2026-11-02T06:30:00Z A',
    ]);
  });

  test('Australia/Lord_Howe, whose summer is half an hour', () => {
    // Back from +11:00 to +10:30 on 5 April 2026 at 02:00: 01:45 comes twice, half an hour apart.
    const nightly = daily('Australia/Lord_Howe', '2026-04-04T01:45');
    expect(shown(nightly, '2026-04-03T14:45:00Z', '2026-04-05T20:00:00Z')).toEqual([
      '2026-04-03T14:45:00Z A',
      '2026-04-04T14:45:00Z A+B',
      '2026-04-04T15:15:00Z B',
      '2026-04-05T15:15:00Z C',
    ]);
    // Forward on 4 October 2026 at 02:00 to 02:30: 02:15 is not there.
    const spring = daily('Australia/Lord_Howe', '2026-10-03T02:15');
    expect(shown(spring, '2026-10-02T15:45:00Z', '2026-10-03T16:00:00Z')).toEqual([
      '2026-10-02T15:45:00Z A',
      '2026-10-03T15:30:00Z B',
    ]);
  });

  test('Pacific/Apia, which skipped 30 December 2011', () => {
    const noon = daily('Pacific/Apia', '2011-12-28T12:00');
    expect(shown(noon, '2011-12-28T22:00:00Z', '2012-01-01T00:00:00Z')).toEqual([
      '2011-12-28T22:00:00Z A',
      '2011-12-29T22:00:00Z B',
      // Noon of the 30th moves to the first instant after it, midnight of the 31st; C has half a day.
      '2011-12-30T10:00:00Z C',
      '2011-12-30T22:00:00Z A',
      '2011-12-31T22:00:00Z B',
    ]);
    const midnight = daily('Pacific/Apia', '2011-12-29T00:00');
    expect(shown(midnight, '2011-12-29T10:00:00Z', '2011-12-31T12:00:00Z')).toEqual([
      '2011-12-29T10:00:00Z A',
      // B's day is the one that was not there.
      '2011-12-30T10:00:00Z C',
      '2011-12-31T10:00:00Z A',
    ]);
  });

  test('Asia/Kathmandu, a quarter of an hour beside the others', () => {
    expect(
      shown(
        daily('Asia/Kathmandu', '2026-11-20T09:00'),
        '2026-11-20T03:15:00Z',
        '2026-11-22T00:00:00Z',
      ),
    ).toEqual(['2026-11-20T03:15:00Z A', '2026-11-21T03:15:00Z B']);
  });

  test('months are counted from the first handoff and held to the month’s last day', () => {
    const monthly = daily('UTC', '2027-12-31T09:00', { unit: 'months' });
    expect(shown(monthly, '2027-12-31T09:00:00Z', '2028-05-01T00:00:00Z')).toEqual([
      '2027-12-31T09:00:00Z A',
      '2028-01-31T09:00:00Z B',
      '2028-02-29T09:00:00Z C',
      '2028-03-31T09:00:00Z A',
      '2028-04-30T09:00:00Z B',
    ]);
  });

  test('hours pass, whatever the wall clock does', () => {
    const twelve = daily('Europe/Berlin', '2026-10-24T20:00', { unit: 'hours', count: 12 });
    expect(shown(twelve, '2026-10-24T18:00:00Z', '2026-10-26T00:00:00Z')).toEqual([
      '2026-10-24T18:00:00Z A',
      '2026-10-25T06:00:00Z B',
      '2026-10-25T18:00:00Z C',
    ]);
  });

  test('before the first handoff nobody is on call', () => {
    expect(whoIsOnCall(rotation({}), [], at('2026-11-02T07:59:59.999Z'))).toEqual([]);
    expect(whoIsOnCall(rotation({}), [], at('2026-11-02T08:00:00Z'))).toEqual(['U0ALICE']);
    expect(whoIsOnCall(rotation({}), [], at('2026-11-02T08:00:00Z') + 21 * 24 * HOUR)).toEqual([
      'U0ALICE',
    ]);
  });
});
