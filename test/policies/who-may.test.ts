import { describe, expect, test } from 'vitest';
import {
  deciderRefs,
  isManager,
  whoMay,
  type AskedOf,
  type Known,
} from '../../policies/access/who-may.ts';
import { changed, read, SMALL } from './written-policy.ts';
import { edited } from '../edited.ts';

const policy = read(SMALL);
const OWN = 'T0OWN';
const groups: Record<string, string[]> = { S0EXPERTS: ['U0ERIN'], S0BILLING: ['U0FRANK'] };
const known: Known = {
  ownTeam: () => OWN,
  membersOf: (id) => (groups[id] ? new Set(groups[id]) : undefined),
  onCall: (rotation) => (rotation === 'primary' ? ['U0DAVE'] : []),
  accountOf: () => 'member',
};
const asked = (fields: Partial<AskedOf> = {}): AskedOf => ({
  domain: 'support',
  by: null,
  requester_slack_user: null,
  ...fields,
});
const may = (user: string, fields: Partial<AskedOf> = {}, team: string | null = OWN) =>
  whoMay(policy, asked(fields), { user, team }, known);
const user = (id: string) => ({ type: 'user', id });
const usergroup = (id: string) => ({ type: 'usergroup', id });

describe('who may decide', () => {
  test.each([
    ['a person of the group', 'U0BOB', {}],
    ['a member of its user group', 'U0ERIN', {}],
    ['a decider of the domain', 'U0CAROL', { domain: 'billing' }],
    ['whom the rule names', 'U0CAROL', { by: 'U0CAROL' }],
    ['a member of the user group that the rule names', 'U0FRANK', { by: 'usergroup:S0BILLING' }],
    ['the default domain’s people, where the domain is gone', 'U0BOB', { domain: 'sales' }],
  ])('%s', (_, person, fields) => {
    expect(may(person, fields)).toEqual({ may: 'yes' });
  });

  test('nobody else, and they are told whom to ask', () => {
    expect(may('U0EVE')).toEqual({
      may: 'no',
      because: 'not_a_decider',
      ask: [user('U0ALICE'), user('U0BOB'), usergroup('S0EXPERTS')],
    });
  });

  test('not the domain’s deciders where the rule names others', () => {
    expect(may('U0BOB', { by: 'usergroup:S0BILLING' })).toMatchObject({
      may: 'no',
      because: 'not_a_decider',
      ask: [usergroup('S0BILLING')],
    });
  });

  test('never the requester, and not even where they are a decider', () => {
    expect(may('U0ALICE', { requester_slack_user: 'U0ALICE' })).toEqual({
      may: 'no',
      because: 'own_request',
      ask: [user('U0BOB'), usergroup('S0EXPERTS')],
    });
  });

  test('the requester is nobody to ask', () => {
    expect(may('U0EVE', { requester_slack_user: 'U0ALICE' })).toMatchObject({
      ask: [user('U0BOB'), usergroup('S0EXPERTS')],
    });
  });

  test('where a user group’s members are not known, that is what must be found out', () => {
    expect(may('U0EVE', { domain: 'data-ops' })).toEqual({
      may: 'unknown',
      look: ['S0DATA'],
    });
  });

  test('a rule for a group that is gone is for nobody', () => {
    expect(may('U0BOB', { by: 'group:gone' })).toEqual({
      may: 'no',
      because: 'not_a_decider',
      ask: [],
    });
  });
});

describe('teams', () => {
  const listed = read(changed('managers:', 'teams: [T0ONE, T0TWO]\nmanagers:'));
  test.each([
    ['the bot’s own, where none are listed', policy, OWN, 'yes'],
    ['no other', policy, 'T0ONE', 'no'],
    ['one that is listed', listed, 'T0TWO', 'yes'],
    ['the bot’s own only where it is listed', listed, OWN, 'no'],
    ['none that is not said', policy, null, 'no'],
  ])('%s', (_, of, team, answer) => {
    const found = whoMay(of, asked(), { user: 'U0BOB', team }, known);
    expect(found.may).toBe(answer);
    expect(found).toEqual(
      answer === 'yes'
        ? { may: 'yes' }
        : expect.objectContaining({ because: 'other_team', ask: expect.any(Array) }),
    );
  });
});

test('managers are their own list', () => {
  const person = (id: string) => ({ user: id, team: OWN });
  expect(isManager(policy, person('U0BOSS'), known)).toEqual({ may: 'yes' });
  expect(isManager(policy, person('U0BOB'), known)).toEqual({
    may: 'unknown',
    look: ['S0MANAGERS'],
  });
  expect(isManager(policy, person('U0BOB'), { ...known, membersOf: () => new Set() })).toEqual({
    may: 'no',
    because: 'not_a_decider',
    ask: [user('U0BOSS'), usergroup('S0MANAGERS')],
  });
});

test('the people of an item, flat, each once', () => {
  const twice = read(changed('deciders: ["group:experts"]', 'deciders: [U0BOB, "group:experts"]'));
  expect(deciderRefs(twice, { domain: 'support', by: null }, known.onCall)).toEqual([
    user('U0BOB'),
    user('U0ALICE'),
    usergroup('S0EXPERTS'),
  ]);
});

describe('on call', () => {
  const rota = 'rotations: {primary: {start: "2026-11-02T09:00", shift: 1w, people: [U0DAVE]}}\n';
  const onCall = read(
    rota + changed('deciders: ["group:experts"]', 'deciders: ["oncall:primary", U0CAROL]'),
  );

  test('whoever is on call now decides, and is the one to ask', () => {
    const by = (user: string) => whoMay(onCall, asked(), { user, team: OWN }, known);
    expect(by('U0DAVE')).toEqual({ may: 'yes' });
    expect(by('U0EVE')).toMatchObject({ may: 'no', ask: [user('U0DAVE'), user('U0CAROL')] });
  });

  test('with nobody on call those who are named beside it still decide', () => {
    const empty = { ...known, onCall: () => [] };
    expect(whoMay(onCall, asked(), { user: 'U0DAVE', team: OWN }, empty)).toMatchObject({
      may: 'no',
      ask: [user('U0CAROL')],
    });
    expect(whoMay(onCall, asked(), { user: 'U0CAROL', team: OWN }, empty).may).toBe('yes');
  });

  test('a rule and a group can name a rotation too', () => {
    const nested = read(
      rota +
        edited(changed('nobody: []', 'first: ["oncall:primary"]'), ['U0CAROL,', '"group:first",']),
    );
    const may = (fields: Partial<AskedOf>) =>
      whoMay(nested, asked(fields), { user: 'U0DAVE', team: OWN }, known).may;
    expect(may({ domain: 'billing' })).toBe('yes');
    expect(may({ by: 'oncall:primary' })).toBe('yes');
    expect(may({ domain: 'support' })).toBe('no');
  });

  test('where nobody is asked about now, the reference stays as it is written', () => {
    expect(deciderRefs(onCall, { domain: 'support', by: null }, null)).toEqual([
      { type: 'oncall', name: 'primary' },
      user('U0CAROL'),
    ]);
  });
});
