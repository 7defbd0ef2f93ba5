/** Who is on call, by table: working hours, overrides, handoffs, gaps. */
import { describe, expect, test } from 'vitest';
import type { Rotation } from '../../policies/policy.ts';
import { gaps, nextHandoff, whoIsOnCall, type Override } from '../../policies/schedule/rotation.ts';
import { at, utc, rotation, override, shown } from './rotations.ts';

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
