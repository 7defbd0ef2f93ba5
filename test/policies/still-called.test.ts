/** What of an item's route still counts: its pages and its rule's people, by the policy in force and by who is where today. */
import { describe, expect, it } from 'vitest';
import { byInForce } from '../../policies/access/by-in-force.ts';
import { stillCalled } from '../../policies/access/still-called.ts';
import type { PersonRef, Policy } from '../../policies/policy.ts';
import { read } from './written-policy.ts';

const user = (id: string): PersonRef => ({ type: 'user', id });
const usergroup = (id: string): PersonRef => ({ type: 'usergroup', id });

const calling = (notify: string, more = ''): Policy =>
  read(`version: 1
default_domain: billing
operators_channel: C0OPS
managers: [U0BOSS]
groups: {seniors: [U0CAROL, "usergroup:S0SENIORS"], others: [U0DAVE]}
rotations: {primary: {start: "2026-11-02T09:00", shift: 1w, people: [U0ALICE, U0BOB]}}
ladders: {standard: {rungs: [{level: 1, notify: [channel, ${notify}]}, {level: 2, notify: [U0ERIN]}], at_the_end: wait}}
domains:
  billing: {title: Billing, channel: C0BILLING, ladder: standard, deciders: [U0BOSS]}
rules: [${more}]
otherwise: {ask: {}}
`);
const known = {
  membersOf: (id: string) => (id === 'S0SENIORS' ? new Set(['U0FRANK']) : undefined),
  onCall: () => ['U0STANDIN'],
};

describe('of those who were paged, still called are', () => {
  it.each<[string, string, PersonRef, PersonRef[]]>([
    ['whom the ladder names by id', 'U0CAROL', user('U0CAROL'), [user('U0CAROL')]],
    ['on whichever rung of it', 'U0CAROL', user('U0ERIN'), [user('U0ERIN')]],
    ['nobody whom it does not name any more', 'U0DAVE', user('U0CAROL'), []],
    ['whom a group of the policy holds', '"group:seniors"', user('U0CAROL'), [user('U0CAROL')]],
    ['nobody who has left that group', '"group:others"', user('U0CAROL'), []],
    ['who is in the user group today', '"group:seniors"', user('U0FRANK'), [user('U0FRANK')]],
    ['nobody who is not', '"usergroup:S0SENIORS"', user('U0GRETA'), []],
    ['whoever takes turns, their shift over', '"oncall:primary"', user('U0BOB'), [user('U0BOB')]],
    ['whoever stands in now', '"oncall:primary"', user('U0STANDIN'), [user('U0STANDIN')]],
    ['nobody whom the rotation has lost', '"oncall:primary"', user('U0IVAN'), []],
    [
      'the user group that it names',
      '"usergroup:S0SENIORS"',
      usergroup('S0SENIORS'),
      [usergroup('S0SENIORS')],
    ],
    ['no user group that it does not', 'U0CAROL', usergroup('S0SENIORS'), []],
    [
      'where nobody knows who is in it, the user group itself',
      '"usergroup:S0NEW"',
      user('U0CAROL'),
      [usergroup('S0NEW')],
    ],
  ])('%s', (_, notify, paged, counts) => {
    expect(stillCalled(calling(notify), { domain: 'billing' }, [paged], known)).toEqual(counts);
  });
});

describe('whom a rule names', () => {
  const RULE = (by: string) => `{id: theirs, when: "true", route: {ask: {${by}}}}`;
  const several = (name: string) => ({
    quorum: 1,
    stages: [{ name, by: 'U0CAROL', level: null, decide_within: null }],
    stage: 0,
    from_rung: 0,
    sent_back: [],
    singly: false,
  });
  const stages = 'stages: [{name: review, by: U0DAVE}, {name: second, by: U0ERIN}]';
  const routed = { domain: 'billing', by: 'U0CAROL', rule: 'theirs' };
  it.each<[string, string, Parameters<typeof byInForce>[1], string | null]>([
    ['is what it says today', RULE('by: U0DAVE'), routed, 'U0DAVE'],
    ['is the domain’s people where it names nobody now', RULE(''), routed, null],
    [
      'stays the domain’s where it named nobody then',
      RULE('by: U0DAVE'),
      { ...routed, by: null },
      null,
    ],
    ['is of its stage by name', RULE(stages), { ...routed, several: several('review') }, 'U0DAVE'],
    [
      'is nobody, where the stage is gone and so is the person',
      RULE('by: U0DAVE'),
      { ...routed, by: 'U0GRETA', several: several('gone') },
      '',
    ],
    [
      'stays where the rule is gone, of somebody whom the policy still names',
      '',
      routed,
      'U0CAROL',
    ],
    ['is nobody whom the policy names nowhere', '', { ...routed, by: 'U0GRETA' }, ''],
    [
      'is no user group that the policy names nowhere',
      '',
      { ...routed, by: 'usergroup:S0OLD' },
      '',
    ],
    ['is a group as it is today', '', { ...routed, by: 'group:others' }, 'group:others'],
  ])('%s', (_, rule, asked, by) => {
    expect(byInForce(calling('U0CAROL', rule), asked)).toBe(by);
  });
});
