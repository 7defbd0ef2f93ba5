import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { hitl } from './terminal.ts';
import { edited } from '../../edited.ts';

const yaml = readFileSync('policies/default.yaml', 'utf8');
const shipped = readFileSync('policies/default.test.yaml', 'utf8');
const run = (files: Record<string, string>, ...args: string[]) =>
  hitl(['policy', 'test', ...args], { files });
const one = (test: string) => ({ 'p/a.yaml': yaml, 'p/a.test.yaml': `tests:\n  - ${test}\n` });

describe('hitl policy test', () => {
  it('the policy that ships passes its own, and each of its rules is reached', async () => {
    const { code, out } = await run({
      'policies/default.yaml': yaml,
      'policies/default.test.yaml': shipped,
    });
    expect(out).toMatch(
      /^(\d+) of \1 tests passed \(policies\/default\.test\.yaml\)\nevery rule is reached by a test$/,
    );
    expect(code).toBe(0);
  });

  it('a failure says what was expected, what came, and why; and exits 1', async () => {
    const { code, out } = await run(
      one(
        '{name: too short, item: {domain: billing, confidence: 0.5, impact: 2}, expect: {rule: sure, decide_within: 2h, level: 2}}',
      ),
      'p/a.yaml',
    );
    expect(out.split('\n')).toEqual([
      'p/a.test.yaml:2 FAILED too short',
      '    rule: expected sure, came unsure',
      '    level: expected 2, came 1',
      '    decide_within: expected 2h, came 30m',
      '    unsure: confidence 0.50, below 0.60',
      '0 of 1 test passed (p/a.test.yaml)',
      expect.stringMatching(/^no test reaches: invalid-input, .*sure, otherwise$/),
    ]);
    expect(code).toBe(1);
  });

  it('a field that does not exist makes it no item, and that is said', async () => {
    const { out } = await run(
      one('{name: a slip, item: {confidance: 0.5}, expect: {rule: unsure}}'),
      'p/a.yaml',
    );
    expect(out).toContain('rule: expected unsure, came invalid-input');
    expect(out).toContain('not an item: confidance is not a field of an item');
  });

  it('a rule that samples is reached by an item without an id, and passed over where another is expected', async () => {
    const rule =
      "  - { id: spot, when: 'item.confidence > 0.9', sample: 1%, route: { ask: {} } }\n";
    const { code, out } = await run(
      {
        'a.yaml': edited(yaml, ['rules:\n', `rules:\n${rule}`]),
        'a.test.yaml': `tests:
  - {name: taken, item: {confidence: 0.95, impact: 1}, expect: {rule: spot}}
  - {name: not taken, item: {confidence: 0.95, impact: 1}, expect: {rule: sure}}\n`,
      },
      'a.yaml',
    );
    expect(out).toContain('2 of 2 tests passed');
    expect(code).toBe(0);
  });

  it('the surroundings can be set', async () => {
    const rule =
      "  - { id: night, when: 'hour < 6.0 && queue_depth > 5.0 && override_rate > 0.1', route: { ask: {} } }\n";
    const { code } = await run(
      {
        'a.yaml': edited(yaml, ['rules:\n', `rules:\n${rule}`]),
        'a.test.yaml':
          'tests:\n  - {name: n, at: "2026-11-23T02:00:00Z", queue_depth: 6, override_rate: 0.2, expect: {rule: night}}\n',
      },
      'a.yaml',
    );
    expect(code).toBe(0);
  });

  it('every test file beside the policy runs, but for another policy’s', async () => {
    const test = 'tests:\n  - {name: x, expect: {route: ask}}\n';
    const { out } = await run(
      {
        'p/a.yaml': yaml,
        'p/a.test.yaml': test,
        'p/a.money.test.yaml': test,
        'p/more.test.yaml': test,
        'p/b.yaml': yaml,
        'p/b.test.yaml': 'tests: [{name: x, expect: {route: refuse}}]',
      },
      'p/a.yaml',
    );
    expect(out).toContain(
      '3 of 3 tests passed (p/a.money.test.yaml, p/a.test.yaml, p/more.test.yaml)',
    );
  });

  it.each([
    ['{name: x, expect: {}}', '2:23 tests[0].expect: expects nothing'],
    ['{name: x}', '2:5 tests[0].expect: is missing'],
    ['{name: x, expect: {rul: a}}', '`rul` is not a key here (found: rul); did you mean `rule`?'],
    ['{name: x, expect: {route: asks}}', 'did you mean `ask`?'],
    ['{name: x, item: [], expect: {rule: a}}', 'must be a map of the fields that matter'],
    ['{name: x, at: noon, expect: {rule: a}}', 'is not a time (found: noon)'],
    ['{name: x, expect: {decide_within: 30}}', 'is a duration without a unit'],
  ])('a test file that is not good is told with its place: %s', async (test, words) => {
    const { code, out } = await run(one(test), 'p/a.yaml');
    expect(out).toContain('p/a.test.yaml:2:');
    expect(out).toContain(words);
    expect(code).toBe(1);
  });

  it('no tests, or no good policy, is a call that cannot be run', async () => {
    const none = await run({ 'p/a.yaml': yaml }, 'p/a.yaml');
    expect(none).toMatchObject({ code: 2, err: expect.stringContaining('p/a.test.yaml') });
    const bad = await run({ 'p/a.yaml': 'version: 2', 'p/a.test.yaml': shipped }, 'p/a.yaml');
    expect(bad).toMatchObject({ code: 2, err: expect.stringContaining('p/a.yaml:1:') });
  });

  it('as JSON, for programs', async () => {
    const { json } = await run(
      { 'policies/default.yaml': yaml, 'policies/default.test.yaml': shipped },
      '--json',
    );
    expect(json).toMatchObject({ good: true, passed: 14, problems: [], unreached: [] });
  });
});
