import { describe, expect, test } from 'vitest';
import { changed, read, SMALL, told } from './written-policy.ts';
import { edited } from '../edited.ts';

const ROTA = `rotations:
  primary: {start: "2026-11-02T09:00", shift: 1w, people: [U0ALICE, U0BOB]}
`;
const whole = SMALL + ROTA;
/** The rotation with one thing changed; it stands in line 22. */
const rota = (from: string, to: string): string => {
  if (!ROTA.includes(from)) throw new Error(`no ${from}`);
  return SMALL + edited(ROTA, [from, to]);
};

test('a rotation is read, its zone the policy’s where it names none', () => {
  expect(read(whole).rotations['primary']).toEqual({
    id: 'primary',
    timezone: 'Europe/Berlin',
    start: '2026-11-02T09:00',
    shift: { unit: 'weeks', count: 1 },
    people: ['U0ALICE', 'U0BOB'],
    hours: null,
    usergroup: null,
  });
  const more = read(
    rota(
      'shift: 1w',
      'timezone: Asia/Kathmandu, shift: 12h, usergroup: S0ONCALL, hours: {days: [mon], from: "09:00", to: "18:00"}',
    ),
  );
  expect(more.rotations['primary']).toMatchObject({
    timezone: 'Asia/Kathmandu',
    shift: { unit: 'hours', count: 12 },
    usergroup: 'S0ONCALL',
    hours: { timezone: 'Asia/Kathmandu', days: ['mon'], from: 540, to: 1080, holidays: [] },
  });
});

describe('what is wrong with a rotation is told with its place and what would be right', () => {
  test.each([
    [
      'nobody in it',
      rota('[U0ALICE, U0BOB]', '[]'),
      '22:59 rotations.primary.people: has nobody in it (found: []); name somebody',
    ],
    [
      'no people',
      rota(', people: [U0ALICE, U0BOB]', ''),
      '22:3 rotations.primary.people: is missing',
    ],
    [
      'a group in turn',
      rota('U0BOB', '"group:experts"'),
      '22:69 rotations.primary.people[1]: is not a person (found: "group:experts"); each turn is one person’s: write their id, like U024BE7LH',
    ],
    [
      'a name in turn',
      rota('U0BOB', '"@bob"'),
      '22:69 rotations.primary.people[1]: is a name, and names change (found: "@bob"); write the person’s id, like U024BE7LH (in Slack: Profile, More, Copy member ID)',
    ],
    [
      'minutes',
      rota('1w', '1m'),
      '22:47 rotations.primary.shift: is not the length of a shift (found: 1m); 1mo?',
    ],
    [
      'words',
      rota('1w', '2 weeks'),
      '22:47 rotations.primary.shift: is not the length of a shift (found: 2 weeks); 2w?',
    ],
    [
      'a bare number',
      rota('1w', '7'),
      '22:47 rotations.primary.shift: is not the length of a shift (found: 7); 7h, 7d, 7w or 7mo?',
    ],
    [
      'no time at all',
      rota('1w', '0d'),
      '22:47 rotations.primary.shift: is not the length of a shift (found: 0d); a number and h, d, w or mo, like 1w',
    ],
    [
      'two years',
      rota('1w', '24mo'),
      '22:47 rotations.primary.shift: is a shift longer than a year (found: 24mo); a number and h, d, w or mo, like 1w',
    ],
    [
      'a date alone',
      rota('2026-11-02T09:00', '2026-11-02'),
      '22:20 rotations.primary.start: is not a date and time (found: "2026-11-02"); "2026-11-02T09:00"?',
    ],
    [
      'a blank between',
      rota('02T09:00', '02 9:00'),
      '22:20 rotations.primary.start: is not a date and time (found: "2026-11-02 9:00"); "2026-11-02T09:00"?',
    ],
    [
      'a zone of its own',
      rota('09:00', '09:00Z'),
      '22:20 rotations.primary.start: is a time with a zone of its own: the rotation has one (found: "2026-11-02T09:00Z"); "2026-11-02T09:00"?',
    ],
    [
      'a day that is not',
      rota('11-02', '11-31'),
      '22:20 rotations.primary.start: is a time that does not exist (found: "2026-11-31T09:00"); like "2026-11-02T09:00"',
    ],
    [
      'a user group with its prefix',
      rota('shift: 1w', 'shift: 1w, usergroup: "usergroup:S0ONCALL"'),
      '22:62 rotations.primary.usergroup: has a prefix that it does not need here (found: "usergroup:S0ONCALL"); write `S0ONCALL`',
    ],
    [
      'hours that never are',
      rota('shift: 1w', 'shift: 1w, hours: {days: [], from: "09:00", to: "18:00"}'),
      '22:65 rotations.primary.hours.days: are no days: the clock would never run (found: [])',
    ],
    [
      'a zone',
      rota('shift: 1w', 'shift: 1w, timezone: Europe/Berln'),
      '22:61 rotations.primary.timezone: is not a time zone (found: Europe/Berln); did you mean `Europe/Berlin`?',
    ],
    [
      'an undefined one among the deciders',
      edited(whole, ['deciders: ["group:experts"]', 'deciders: ["oncall:primry"]']),
      '16:78 domains.support.deciders[0]: there is no rotation `primry` (found: "oncall:primry"); did you mean `primary`?',
    ],
    [
      'an undefined one on a rung',
      changed('notify: [channel], decide_within: 30m', 'notify: ["oncall:first"]'),
      '12:42 ladders.standard.rungs[0].notify[0]: there is no rotation `first` (found: "oncall:first"); there are none',
    ],
    [
      'an undefined one in a rule',
      edited(whole, [
        'rules: []',
        'rules: [{id: r, when: "valid", route: {ask: {by: "oncall:x"}}}]',
      ]),
      '19:50 rules[0].route.ask.by: there is no rotation `x` (found: "oncall:x"); known: `primary`',
    ],
    [
      'an undefined one in a group',
      edited(whole, ['nobody: []', 'nobody: ["oncall:x"]']),
      '8:12 groups.nobody[0]: there is no rotation `x` (found: "oncall:x"); known: `primary`',
    ],
    [
      'an undefined one among the managers',
      edited(whole, ['managers: [U0BOSS,', 'managers: ["oncall:x",']),
      '5:12 managers[0]: there is no rotation `x` (found: "oncall:x"); known: `primary`',
    ],
  ])('%s', (_, text, problem) => {
    expect(told(text)).toEqual([`p.yaml:${problem}`]);
  });

  test('another key, and the one that is missing', () => {
    expect(told(rota('people', 'members')).map((one) => one.split(': ')[1])).toEqual([
      'is missing',
      expect.stringContaining('`members` is not a key here'),
    ]);
  });

  test('a rotation that cannot be read is told once, not again where it is used', () => {
    const text = edited(rota('1w', '1m'), [
      'deciders: ["group:experts"]',
      'deciders: ["oncall:primary"]',
    ]);
    expect(told(text)).toHaveLength(1);
  });
});
