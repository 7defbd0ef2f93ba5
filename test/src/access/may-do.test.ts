/** The one rule of permission as a table: each act and each view against the eight kinds of people there are. */
import { describe, expect, it, test } from 'vitest';
import type { Account } from '../../../policies/access/account.ts';
import type { Known } from '../../../policies/access/who-may.ts';
import { mayDo, type Answer, type Deed, type ItemFacts } from '../../../src/access/may-do.ts';
import { maySee, type View } from '../../../src/access/may-see.ts';
import type { Person } from '../../../src/access/refused.ts';
import { read } from '../../policies/written-policy.ts';

const NAMED = '[U0ALICE, U0BOB, U0ELSE, U0ROBOT, U0GONE, "usergroup:S0PEOPLE"]';
const policy = read(`version: 1
default_domain: billing
operators_channel: C0OPS
managers: [U0BOSS, U0ELSE, U0ROBOT, U0GONE, "usergroup:S0PEOPLE"]
rotations: {primary: {start: "2026-11-02T09:00", shift: 1w, people: [U0ALICE, U0ELSE, U0ROBOT, U0GONE]}}
ladders: {standard: {rungs: [{level: 1, notify: [channel, U0CAROL]}], at_the_end: wait}}
domains:
  billing: {title: Billing, channel: C0BILLING, ladder: standard, deciders: ${NAMED}}
rules: []
otherwise: {ask: {}}
`);
const [rotation] = Object.values(policy.rotations);
if (rotation === undefined) throw new Error('the policy has a rotation');

const ACCOUNTS: Record<string, Account> = {
  U0GUEST: 'guest',
  U0ROBOT: 'bot',
  U0GONE: 'deactivated',
};
const known: Known = {
  ownTeam: () => 'T0OWN',
  membersOf: () => new Set(['U0GUEST']),
  onCall: () => ['U0ALICE'],
  accountOf: (user) => ACCOUNTS[user] ?? 'member',
};
const PEOPLE = {
  decider: 'U0ALICE',
  paged: 'U0CAROL',
  requester: 'U0BOB',
  outsider: 'U0OSCAR',
  elsewhere: 'U0ELSE',
  guest: 'U0GUEST',
  bot: 'U0ROBOT',
  gone: 'U0GONE',
} as const;
const person = (user: string): Person => ({
  user,
  team: user === 'U0ELSE' ? 'T0ELSEWHERE' : 'T0OWN',
  name: user,
});
const item: ItemFacts = {
  domain: 'billing',
  by: null,
  requester_slack_user: 'U0BOB',
  paged: [
    { type: 'user', id: 'U0CAROL' },
    { type: 'user', id: 'U0OUT' },
  ],
};
const said = (answer: Answer): string =>
  answer.may === 'no' ? answer.refusal.refused : answer.may;
const row = (ask: (person: Person) => Answer): string[] =>
  Object.values(PEOPLE).map((user) => said(ask(person(user))));

const DECIDES = [
  'yes',
  'yes',
  'own_request',
  'not_a_decider',
  'other_team',
  'guest',
  'bot',
  'deactivated',
];
const MANAGES = [
  ...Array<string>(4).fill('not_a_manager'),
  'other_team',
  'guest',
  'bot',
  'deactivated',
];
const ANYBODY = ['yes', 'yes', 'yes', 'yes', 'other_team', 'yes', 'bot', 'deactivated'];
const MEMBERS = ['yes', 'yes', 'yes', 'yes', 'other_team', 'guest', 'bot', 'deactivated'];
const IN_DOMAIN = [
  'yes',
  'not_a_decider',
  'yes',
  'not_a_decider',
  'other_team',
  'guest',
  'bot',
  'deactivated',
];
const LOOKS_IN = [
  'yes',
  'decides_nothing',
  'yes',
  'decides_nothing',
  'other_team',
  'decides_nothing',
  'bot',
  'deactivated',
];
const onlyOne = (at: number, refused: string) =>
  ['', '', '', '', 'other_team', '', 'bot', 'deactivated'].map((cell, place) =>
    place === at ? 'yes' : cell || refused,
  );
const asked = {
  slack_user: 'U0ALICE',
  starts_at: Date.parse('2026-11-30T12:00:00Z'),
  ends_at: Date.parse('2026-11-30T13:00:00Z'),
};

const DEEDS: Record<Deed['deed'], [Deed, string[]]> = {
  decide: [{ deed: 'decide', item }, DECIDES],
  own_words: [{ deed: 'own_words', item }, DECIDES],
  claim: [{ deed: 'claim', item }, DECIDES],
  release: [{ deed: 'release', item }, DECIDES],
  escalate: [{ deed: 'escalate', item }, DECIDES],
  reassign: [{ deed: 'reassign', item }, DECIDES],
  snooze: [{ deed: 'snooze', item }, DECIDES],
  need_info: [{ deed: 'need_info', item }, DECIDES],
  send_back: [{ deed: 'send_back', item }, DECIDES],
  reopen: [{ deed: 'reopen', item }, DECIDES],
  show_next: [{ deed: 'show_next', item, called: ['U0OSCAR'] }, DECIDES.with(3, 'yes')],
  pass: [{ deed: 'pass', paged: ['U0CAROL'] }, onlyOne(1, 'not_paged')],
  compare: [{ deed: 'compare', decided_by: 'U0ALICE' }, onlyOne(0, 'others_decision')],
  give_info: [{ deed: 'give_info', requester: 'U0BOB' }, onlyOne(2, 'not_requester')],
  close_raw: [{ deed: 'close_raw', domain: 'billing' }, IN_DOMAIN],
  lift_freeze: [
    { deed: 'lift_freeze' },
    [...Array<string>(4).fill('not_a_decider'), 'other_team', 'guest', 'bot', 'deactivated'],
  ],
  pause: [{ deed: 'pause' }, MANAGES],
  export: [{ deed: 'export' }, MANAGES],
  override: [{ deed: 'override', rotation, overrides: [], asked }, onlyOne(0, 'not_in_rotation')],
  cancel_override: [
    { deed: 'cancel_override', concerned: ['U0ALICE'] },
    onlyOne(0, 'not_your_override'),
  ],
  ask: [{ deed: 'ask' }, ANYBODY],
  quiet: [{ deed: 'quiet' }, ANYBODY],
};

const CONCERNED = [
  'yes',
  'yes',
  'yes',
  'not_concerned',
  'other_team',
  'not_concerned',
  'bot',
  'deactivated',
];
const NOBODYS = [
  ...Array<string>(4).fill('not_a_decider'),
  'other_team',
  'guest',
  'bot',
  'deactivated',
];
const VIEWS: Record<View['view'], [View, string[]]> = {
  card: [{ view: 'card' }, ANYBODY],
  details: [{ view: 'details', requester: 'U0BOB' }, MEMBERS],
  raw: [{ view: 'raw' }, MEMBERS],
  past: [{ view: 'past', item }, CONCERNED],
  queue: [{ view: 'queue', domain: 'billing' }, LOOKS_IN],
  freeze: [{ view: 'freeze', domain: 'billing' }, IN_DOMAIN],
  home_domain: [{ view: 'home_domain', domain: 'billing' }, IN_DOMAIN],
  home_managed: [{ view: 'home_managed' }, NOBODYS],
  all_figures: [{ view: 'all_figures' }, NOBODYS],
  own_figures: [{ view: 'own_figures' }, LOOKS_IN],
  digest: [{ view: 'digest' }, MANAGES],
  thresholds: [{ view: 'thresholds' }, MANAGES],
  draft: [{ view: 'draft' }, MANAGES],
  on_call: [{ view: 'on_call' }, ANYBODY],
  pauses: [{ view: 'pauses' }, ANYBODY],
};

describe(`who may: ${Object.keys(PEOPLE).join(', ')}`, () => {
  it.each(Object.entries(DEEDS))('%s', (_, [deed, cells]) => {
    expect(row((who) => mayDo(policy, deed, who, known))).toEqual(cells);
  });
  it.each(Object.entries(VIEWS))('see %s', (_, [view, cells]) => {
    expect(row((who) => maySee(policy, view, who, known))).toEqual(cells);
  });
  it('a manager does what is theirs, and sees it', () => {
    for (const [deed, cells] of Object.values(DEEDS))
      if (cells[0] === 'not_a_manager')
        expect(said(mayDo(policy, deed, person('U0BOSS'), known))).toBe('yes');
    for (const [view, cells] of Object.values(VIEWS))
      if (['not_a_manager', 'not_a_decider'].includes(cells[0] ?? ''))
        expect(said(maySee(policy, view, person('U0BOSS'), known))).toBe('yes');
  });
});

describe('of whom Slack has not said who they are', () => {
  const unasked: Known = { ...known, accountOf: () => undefined, membersOf: () => undefined };
  test('nobody is let in', () => {
    for (const [deed] of Object.values(DEEDS))
      for (const user of Object.values(PEOPLE))
        expect(said(mayDo(policy, deed, person(user), unasked))).not.toBe('yes');
    for (const [view] of Object.values(VIEWS))
      for (const user of Object.values(PEOPLE))
        expect(said(maySee(policy, view, person(user), unasked))).not.toBe('yes');
  });
  test('Slack is asked only where that decides', () => {
    const groupsKnown = { ...unasked, membersOf: known.membersOf };
    const ask = (user: string) =>
      mayDo(policy, { deed: 'decide', item }, person(user), groupsKnown);
    expect(ask('U0ALICE')).toEqual({ may: 'unknown', look: ['U0ALICE'] });
    expect(said(ask('U0OSCAR'))).toBe('not_a_decider');
    expect(said(ask('U0ELSE'))).toBe('other_team');
    expect(mayDo(policy, { deed: 'decide', item }, person('U0OSCAR'), unasked)).toEqual({
      may: 'unknown',
      look: ['S0PEOPLE', 'U0OSCAR'],
    });
  });
});

test('a guest decides where the policy has their id, and not for a place on call that a manager gave them', () => {
  const named = { ...known, accountOf: () => 'guest' as const };
  expect(said(mayDo(policy, { deed: 'decide', item }, person('U0ALICE'), named))).toBe('yes');
  const standing = read(`version: 1
default_domain: billing
operators_channel: C0OPS
managers: [U0BOSS]
rotations: {primary: {start: "2026-11-02T09:00", shift: 1w, people: [U0ALICE]}}
ladders: {standard: {rungs: [{level: 1, notify: ["oncall:primary"]}], at_the_end: wait}}
domains:
  billing: {title: Billing, channel: C0BILLING, ladder: standard, deciders: ["oncall:primary"]}
rules: []
otherwise: {ask: {}}
`);
  const put = { ...named, onCall: () => ['U0STANDIN'] };
  expect(said(mayDo(standing, { deed: 'decide', item }, person('U0STANDIN'), put))).toBe('guest');
  const member = { ...put, accountOf: () => 'member' as const };
  expect(said(mayDo(standing, { deed: 'decide', item }, person('U0STANDIN'), member))).toBe('yes');
});
