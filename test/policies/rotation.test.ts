/** Who is on call, by table: the zones whose clocks do the odd things, working hours, overrides, handoffs, gaps. */
import { describe, expect, test } from 'vitest';
import type { Rotation, ShiftLength } from '../../policies/policy.ts';
import {
  gaps,
  nextHandoff,
  stretches,
  whoIsOnCall,
  type Override,
} from '../../policies/rotation.ts';

const HOUR = 3_600_000;
const at = (time: string) => Date.parse(time);
const utc = (time: number) => new Date(time).toISOString().replace('.000', '');

const rotation = (fields: Partial<Rotation>): Rotation => ({
  id: 'primary',
  timezone: 'Europe/Berlin',
  start: '2026-11-02T09:00',
  shift: { unit: 'weeks', count: 1 },
  people: ['U0ALICE', 'U0BOB', 'U0CAROL'],
  hours: null,
  usergroup: null,
  ...fields,
});
const daily = (timezone: string, start: string, shift: Partial<ShiftLength> = {}) =>
  rotation({
    timezone,
    start,
    shift: { unit: 'days', count: 1, ...shift },
    people: ['A', 'B', 'C'],
  });
const override = (user: string, from: string, to: string, made_at = 1): Override => ({
  id: `o${made_at}`,
  rotation: 'primary',
  slack_user: user,
  starts_at: at(from),
  ends_at: at(to),
  made_at,
});

/** Stretches as a table reads: when each begins, and who. */
const shown = (of: Rotation, from: string, to: string, overrides: Override[] = []) =>
  stretches(of, overrides, at(from), at(to)).map(
    (one) => `${utc(one.from)} ${one.users.join('+') || one.why}`,
  );

describe('wall-clock handoffs: DST shifts no rotation (oncall#3261), and leaves no hour’s gap (oncall#5455)', () => {
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

const office = rotation({
  hours: {
    timezone: 'Europe/Berlin',
    days: ['mon', 'tue', 'wed', 'thu', 'fri'],
    from: 9 * 60,
    to: 18 * 60,
    holidays: ['2026-11-05'],
  },
});

describe('working hours', () => {
  test('outside them, and on holidays, nobody is on call', () => {
    expect(shown(office, '2026-11-04T07:00:00Z', '2026-11-07T00:00:00Z')).toEqual([
      '2026-11-04T07:00:00Z outside_hours',
      '2026-11-04T08:00:00Z U0ALICE',
      '2026-11-04T17:00:00Z outside_hours',
      '2026-11-06T08:00:00Z U0ALICE',
      '2026-11-06T17:00:00Z outside_hours',
    ]);
  });

  test('a night’s window belongs to the day it begins on', () => {
    const night = rotation({
      hours: { timezone: 'Europe/Berlin', days: ['fri'], from: 22 * 60, to: 6 * 60, holidays: [] },
    });
    expect(shown(night, '2026-11-06T12:00:00Z', '2026-11-07T12:00:00Z')).toEqual([
      '2026-11-06T12:00:00Z outside_hours',
      '2026-11-06T21:00:00Z U0ALICE',
      '2026-11-07T05:00:00Z outside_hours',
    ]);
  });
});

describe('overrides', () => {
  const bob = override('U0BOB', '2026-11-03T10:00:00Z', '2026-11-03T14:00:00Z');

  test('come before the shift, from their first instant until before their last', () => {
    expect(whoIsOnCall(rotation({}), [bob], bob.starts_at - 1)).toEqual(['U0ALICE']);
    expect(whoIsOnCall(rotation({}), [bob], bob.starts_at)).toEqual(['U0BOB']);
    expect(whoIsOnCall(rotation({}), [bob], bob.ends_at - 1)).toEqual(['U0BOB']);
    expect(whoIsOnCall(rotation({}), [bob], bob.ends_at)).toEqual(['U0ALICE']);
  });

  test('of two the one made later holds, and the earlier one around it', () => {
    const carol = override('U0CAROL', '2026-11-03T12:00:00Z', '2026-11-03T13:00:00Z', 2);
    expect(
      shown(rotation({}), '2026-11-03T09:00:00Z', '2026-11-03T15:00:00Z', [carol, bob]),
    ).toEqual([
      '2026-11-03T09:00:00Z U0ALICE',
      '2026-11-03T10:00:00Z U0BOB',
      '2026-11-03T12:00:00Z U0CAROL',
      '2026-11-03T13:00:00Z U0BOB',
      '2026-11-03T14:00:00Z U0ALICE',
    ]);
  });

  test('count outside working hours, and are of one rotation only', () => {
    const late = override('U0BOB', '2026-11-03T20:00:00Z', '2026-11-03T22:00:00Z');
    expect(whoIsOnCall(office, [late], late.starts_at)).toEqual(['U0BOB']);
    expect(whoIsOnCall(office, [{ ...late, rotation: 'other' }], late.starts_at)).toEqual([]);
  });
});

describe('the next handoff', () => {
  const next = (of: Rotation, from: string, overrides: Override[] = []) => {
    const handoff = nextHandoff(of, overrides, at(from));
    return handoff && `${utc(handoff.at)} ${handoff.before.join('+')}>${handoff.after.join('+')}`;
  };
  test.each<[string, Rotation, string, Override[], string | null]>([
    [
      'the end of a shift',
      rotation({}),
      '2026-11-03T00:00:00Z',
      [],
      '2026-11-09T08:00:00Z U0ALICE>U0BOB',
    ],
    [
      'not the one that is now',
      rotation({}),
      '2026-11-09T08:00:00Z',
      [],
      '2026-11-16T08:00:00Z U0BOB>U0CAROL',
    ],
    [
      'not a night in between',
      office,
      '2026-11-03T20:00:00Z',
      [],
      '2026-11-09T08:00:00Z U0ALICE>U0BOB',
    ],
    ['the first', rotation({}), '2026-10-01T00:00:00Z', [], '2026-11-02T08:00:00Z >U0ALICE'],
    [
      'an override',
      rotation({}),
      '2026-11-03T00:00:00Z',
      [override('U0BOB', '2026-11-03T10:00:00Z', '2026-11-03T14:00:00Z')],
      '2026-11-03T10:00:00Z U0ALICE>U0BOB',
    ],
    [
      'an override’s end',
      rotation({}),
      '2026-11-03T12:00:00Z',
      [override('U0BOB', '2026-11-03T10:00:00Z', '2026-11-03T14:00:00Z')],
      '2026-11-03T14:00:00Z U0BOB>U0ALICE',
    ],
    [
      'none, where one person has it all',
      rotation({ people: ['U0ALICE'] }),
      '2026-11-03T00:00:00Z',
      [],
      null,
    ],
    [
      'after a year',
      rotation({ shift: { unit: 'months', count: 12 } }),
      '2026-11-03T00:00:00Z',
      [],
      '2027-11-02T08:00:00Z U0ALICE>U0BOB',
    ],
  ])('%s', (_, of, from, overrides, expected) => {
    expect(next(of, from, overrides)).toBe(expected);
  });
});

describe('gaps', () => {
  const between = (of: Rotation, overrides: Override[] = [], gone: string[] = []) =>
    gaps(of, overrides, new Set(gone), at('2026-11-03T00:00:00Z'), at('2026-11-17T00:00:00Z')).map(
      (gap) => `${utc(gap.from)} ${utc(gap.until)} ${gap.users.join('+')}`,
    );

  test('none where everybody is there, and a night is none', () => {
    expect(between(rotation({}))).toEqual([]);
    expect(between(office)).toEqual([]);
  });

  test('before the first handoff', () => {
    expect(between(rotation({ start: '2026-11-10T09:00' }))).toEqual([
      '2026-11-03T00:00:00Z 2026-11-10T08:00:00Z ',
    ]);
  });

  test('the shift of somebody who is gone, unless another takes it', () => {
    expect(between(rotation({}), [], ['U0BOB'])).toEqual([
      '2026-11-09T08:00:00Z 2026-11-16T08:00:00Z U0BOB',
    ]);
    const taken = override('U0CAROL', '2026-11-09T08:00:00Z', '2026-11-16T08:00:00Z');
    expect(between(rotation({}), [taken], ['U0BOB'])).toEqual([]);
    expect(between(rotation({}), [{ ...taken, slack_user: 'U0BOB' }], [])).toEqual([]);
  });
});
