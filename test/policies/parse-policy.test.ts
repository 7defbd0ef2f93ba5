import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parsePolicy } from '../../policies/parse-policy.ts';
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
  });

  test('names that every object has are not names of anything', () => {
    const policy = read(changed('nobody: []', 'constructor: [U0EVE]'));
    expect(Object.keys(policy.groups)).toContain('constructor');
    expect(policy.domains['constructor']).toBeUndefined();
    expect(policy.groups['toString']).toBeUndefined();
  });
});

test('an end that asks nobody is said', () => {
  expect(parsePolicy(changed('{ask: {}}', '{let_through: {}}'))).toMatchObject({
    ok: true,
    notices: ['otherwise lets through: an item that no rule speaks of is asked of nobody'],
  });
});

describe('what is not supported yet is refused by name', () => {
  test.each([
    [
      'quorum',
      withRules('{id: r, when: "true", route: {ask: {quorum: 2}}}'),
      'p.yaml:20:41 rules[0].route.ask.quorum: `quorum` is not supported yet: one person decides',
    ],
    [
      'stages',
      withRules('{id: r, when: "true", route: {ask: {stages: [{name: review}]}}}'),
      'p.yaml:20:41 rules[0].route.ask.stages: `stages` is not supported yet: ',
    ],
  ])('%s', (_, text, begins) => {
    const problems = told(text);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.slice(0, begins.length)).toBe(begins);
  });
});
