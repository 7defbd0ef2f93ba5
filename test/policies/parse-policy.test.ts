import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parsePolicy } from '../../policies/file/parse-policy.ts';
import { changed, read, SMALL, told, withRules } from './written-policy.ts';

const shipped = readFileSync('policies/default.yaml', 'utf8');

describe('a policy that is right', () => {
  test('the one that ships loads, and all that it says runs', () => {
    expect(parsePolicy(shipped)).toMatchObject({ ok: true, notices: [] });
  });

  test('what may be left out has its default', () => {
    const policy = read(`version: 1
default_domain: support
operators_channel: C0OPS
ladders: {l: {rungs: [{level: 1, notify: [channel]}], at_the_end: wait}}
domains: {support: {title: Support, channel: C0SUPPORT, ladder: l, deciders: [U0ALICE]}}
`);
    expect(policy).toMatchObject({
      timezone: 'UTC',
      teams: [],
      managers: [],
      rules: [],
      otherwise: { type: 'ask', domain: null, level: null, decide_within: null, by: null },
      domains: { support: { guide: null, fallback_channel: null, visible_fields: null } },
      ladders: { l: { hours: null, fallback: null } },
    });
    expect(policy.ladders.l?.rungs[0]).toEqual({
      level: 1,
      notify: [{ type: 'channel' }],
      claim_within: null,
      decide_within: null,
      remind_at: null,
    });
  });

  test('every key that this version knows is read', () => {
    const policy = read(SMALL);
    expect(policy.managers).toEqual([
      { type: 'user', id: 'U0BOSS' },
      { type: 'usergroup', id: 'S0MANAGERS' },
    ]);
    expect(policy.hours.office).toEqual({
      timezone: 'Europe/Berlin',
      days: ['mon', 'tue', 'wed', 'thu', 'fri'],
      from: 540,
      to: 1080,
      holidays: ['2026-12-25'],
    });
    expect(policy.ladders.daytime?.rungs[0]).toMatchObject({
      decide_within: 14_400_000,
      remind_at: [0.5, 0.75],
    });
    expect(policy.domains.support?.deciders).toEqual([{ type: 'group', name: 'experts' }]);
    expect(policy.compliance_domain).toBeNull();
  });

  test('names that every object has are not names of anything', () => {
    const policy = read(changed('nobody: []', 'constructor: [U0EVE]'));
    expect(Object.keys(policy.groups)).toContain('constructor');
    expect(policy.domains['constructor']).toBeUndefined();
    expect(policy.groups['toString']).toBeUndefined();
  });
});

test('compliance is the domain that the policy names, else the one of that name', () => {
  const named = changed('  data-ops: {title', '  compliance: {title');
  expect(read(named).compliance_domain).toBe('compliance');
  expect(read(`${named}compliance_domain: billing\n`).compliance_domain).toBe('billing');
  expect(read(`${SMALL}compliance_domain: billing\n`).compliance_domain).toBe('billing');
});

test('an end that asks nobody is said', () => {
  expect(parsePolicy(changed('{ask: {}}', '{let_through: {}}'))).toMatchObject({
    ok: true,
    notices: ['otherwise lets through: an item that no rule speaks of is asked of nobody'],
  });
});

describe('several people', () => {
  const asks = (ask: string) => withRules(`{id: r, when: "true", route: {ask: {${ask}}}}`);
  const BY = 'by: "group:experts"';

  test('a quorum, and stages with what each leaves out', () => {
    const route = (ask: string) => read(asks(ask)).rules[0]?.route;
    expect(route(`quorum: 2, ${BY}`)).toMatchObject({ quorum: 2, by: 'group:experts', stages: [] });
    expect(
      route(
        `stages: [{name: review, ${BY}}, {name: check, by: U0CAROL, level: 3, decide_within: 24h}]`,
      ),
    ).toMatchObject({
      quorum: 1,
      by: null,
      stages: [
        { name: 'review', by: 'group:experts', level: null, decide_within: null },
        { name: 'check', by: 'U0CAROL', level: 3, decide_within: 86_400_000 },
      ],
    });
  });

  test.each([
    [
      'one person is no quorum',
      'quorum: 1',
      '.quorum: is one person (found: 1); leave it out, or write 2 or more',
    ],
    [
      'nor is half a one',
      'quorum: 1.5',
      '.quorum: is not a number of people (found: 1.5); a whole number, 2 to 20',
    ],
    [
      'nor a word',
      'quorum: all',
      '.quorum: is not a number of people (found: all); a whole number, 2 to 20',
    ],
    [
      'a quorum of more than are asked',
      'quorum: 2, by: U0ALICE',
      '.quorum: can never be reached: one person is asked (found: 2); name more people, or ask for fewer',
    ],
    ['one stage is none', `stages: [{name: a, ${BY}}]`, '.stages: are two at least (found: '],
    [
      'a stage without people',
      'stages: [{name: a}, {name: b, by: U0BOB}]',
      '.stages[0].by: is missing',
    ],
    [
      'a stage of nobody',
      'stages: [{name: a, by: "group:nobody"}, {name: b, by: U0BOB}]',
      '.stages[0].by: is nobody: the group is empty',
    ],
    [
      'a stage of an unknown group',
      'stages: [{name: a, by: "group:exprts"}, {name: b, by: U0BOB}]',
      '.stages[0].by: there is no group `exprts`',
    ],
    [
      'the same person at two stages',
      'stages: [{name: a, by: U0BOB}, {name: b, by: U0BOB}]',
      '.stages[1].by: is the person of an earlier stage, who may not stand at two',
    ],
    [
      'two stages of one name',
      `stages: [{name: a, ${BY}}, {name: a, by: U0BOB}]`,
      '.stages[1].name: is the name of two stages',
    ],
    [
      'a quorum beside stages',
      `quorum: 2, stages: [{name: a, ${BY}}, {name: b, by: U0BOB}]`,
      '.quorum: cannot stand beside `stages`: one person decides each stage',
    ],
    [
      'stages that are blind',
      `blind: true, stages: [{name: a, ${BY}}, {name: b, by: U0BOB}]`,
      '.blind: cannot stand beside `stages`: a later stage sees what the earlier one decided',
    ],
    [
      'people beside stages',
      `${BY}, stages: [{name: a, ${BY}}, {name: b, by: U0BOB}]`,
      '.by: cannot stand beside `stages`: each stage names its own people',
    ],
    ['blind that is neither', 'blind: maybe', '.blind: is neither true nor false (found: maybe)'],
    ['after that is no word', 'after: ask', '.after: is not one of the words that can stand here'],
  ])('%s', (_, ask, says) => {
    const problems = told(asks(ask));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`rules[0].route.ask${says}`);
  });
});
