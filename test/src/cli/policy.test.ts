import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../policies/routing/evaluate.ts';
import { parsePolicy } from '../../../policies/file/parse-policy.ts';
import { parseItem } from '../../../src/domain/parse-item.ts';
import { hitl, NOW } from './terminal.ts';
import { edited } from '../../edited.ts';
import { runs } from '../../runs.ts';

const DEFAULT = 'policies/default.yaml';
const yaml = readFileSync(DEFAULT, 'utf8');
const refund = {
  id: 'order-4711',
  kind: 'approval',
  domain: 'billing',
  title: 'Refund 240 EUR to customer 88?',
  action: { name: 'refund', args: { amount: 240 } },
  confidence: 0.42,
  impact: 5,
};
const explain = (item: object, args: string[] = [], policy = yaml) =>
  hitl(['policy', 'explain', 'item.json', ...args], {
    files: { [DEFAULT]: policy, 'item.json': JSON.stringify(item) },
  });

describe('hitl policy check', () => {
  it('says that a good policy is good, with its version', async () => {
    const { code, out } = await hitl(['policy', 'check'], { files: { [DEFAULT]: yaml } });
    expect(code).toBe(0);
    expect(out).toMatch(
      /^policies\/default\.yaml is good: \d+ rules, 4 domains, version sha256:[0-9a-f]{64}$/m,
    );
  });

  it('looks where HITL_POLICY says, and a file given comes before it', async () => {
    const files = { 'mine.yaml': yaml, 'other.yaml': yaml };
    const env = { HITL_POLICY: 'mine.yaml' };
    expect((await hitl(['policy', 'check'], { files, env })).out).toContain('mine.yaml is good');
    expect((await hitl(['policy', 'check', 'other.yaml'], { files, env })).out).toContain(
      'other.yaml is good',
    );
  });

  it('names every problem of a bad one with its line, and exits 1', async () => {
    const bad = edited(yaml, ['item.impact >= 9.0', 'item.impakt >= 9.0'], ['C0OPS', 'ops']);
    const { code, out } = await hitl(['policy', 'check', 'bad.yaml'], {
      files: { 'bad.yaml': bad },
    });
    expect(code).toBe(1);
    expect(out.match(/^bad\.yaml:\d+:\d+ /gm)?.length).toBeGreaterThanOrEqual(2);
    expect(out).toMatch(/impakt/);
    expect(out).toMatch(/problems: this policy would not be used$/);
  });

  it('as JSON, for programs', async () => {
    const good = await hitl(['policy', 'check', '--json'], { files: { [DEFAULT]: yaml } });
    expect(good.json).toMatchObject({ good: true, problems: [] });
    const bad = await hitl(['policy', 'check', '--json'], { files: { [DEFAULT]: 'version: 2' } });
    expect(bad.code).toBe(1);
    expect(bad.json).toMatchObject({
      good: false,
      version: null,
      problems: expect.arrayContaining([
        expect.objectContaining({ line: 1, column: expect.any(Number) }),
      ]),
    });
  });

  it('says what is right and may not have been meant', async () => {
    const later = edited(yaml, ['otherwise: { ask: {} }', 'otherwise: { let_through: {} }']);
    const { code, out } = await hitl(['policy', 'check'], { files: { [DEFAULT]: later } });
    expect(code).toBe(0);
    expect(out).toMatch(/note: otherwise lets through/);
  });
});

describe('hitl policy explain', () => {
  it('tells each rule tried, the condition with the values put in, why, the route, the deadlines', async () => {
    const { code, out } = await explain(refund);
    expect(code).toBe(0);
    expect(out).toContain(
      [
        'forbidden: no',
        "    item.kind == 'approval' && item.action.name == 'delete_account'",
        `    "approval" == 'approval' && "refund" == 'delete_account'`,
        '    action is refund, not delete_account',
      ].join('\n'),
    );
    expect(out).toContain(
      [
        'unsure: MATCHED',
        '    item.confidence < 0.60',
        '    0.42 < 0.60',
        '    confidence 0.42, below 0.60',
      ].join('\n'),
    );
    expect(out).toContain('=> unsure: ask billing in C0BILLING, level 1');
    expect(out).toContain(
      'may decide: oncall:billing-primary, usergroup:S0BILLING, U0ALICE, U0BOB',
    );
    expect(out).toContain(
      [
        '   due 2026-11-23T09:30:00.000Z, 30 min from then',
        '   reminder 2026-11-23T09:24:00.000Z',
        '   then level 2: oncall:billing-primary, 60 min',
        '   then level 3: group:billing-experts, U0BOSS, 4 h',
        '   after that it ends as expired, and the producer is advised to reject',
      ].join('\n'),
    );
    expect(out).not.toMatch(/^disputed:/m);
  });

  it.each([
    ['lets through', { confidence: 0.97, impact: 2 }, /=> sure: let through/],
    ['refuses', { action: { name: 'delete_account' } }, /=> forbidden: refused .*An account is/],
    ['asks with a reason', { tags: ['wire'] }, /an approval needs a reason too/],
    ['asks without end', { domain: 'data-ops', confidence: 0.7 }, /it goes on waiting, overdue/],
  ])('%s', async (_what, more, says) => {
    expect((await explain({ ...refund, ...more })).out).toMatch(says);
  });

  it('an item that is none: what is wrong with each field, where it goes, and exit 1', async () => {
    const { code, out } = await explain({ ...refund, confidence: 7, colour: 'red' });
    expect(code).toBe(1);
    expect(out).toMatch(/not an item: confidence /);
    expect(out).toMatch(/not an item: colour is not a field of an item/);
    expect(out).toMatch(/=> invalid-input: ask data-ops in C0DATA/);
  });

  it('what is no item to read, or no policy to read it by, is one line and exit 2', async () => {
    const files = { [DEFAULT]: yaml, 'a.json': 'nonsense', 'b.json': '{}\n{}', 'p.yaml': 'a: b' };
    for (const [args, words] of [
      [['a.json'], 'a.json is not JSON'],
      [['b.json'], 'b.json has several items'],
      [['a.json', '--policy', 'p.yaml'], 'p.yaml:1:1'],
      [['a.json', '--at', 'noon'], '--at noon is not a time'],
      [['c.json'], 'c.json: there is no such file'],
    ] as const) {
      const { code, out, err } = await hitl(['policy', 'explain', ...args], {
        files: args[0] === 'a.json' && args.length > 1 ? { ...files, 'a.json': '{}' } : files,
      });
      expect({ args, code, out, lines: err.split('\n').length }).toEqual({
        args,
        code: 2,
        out: '',
        lines: 1,
      });
      expect(err).toContain(words);
    }
  });

  it('as if it were another hour, with other things waiting', async () => {
    const policy = edited(yaml, [
      'rules:\n',
      `rules:\n  - { id: night, when: 'hour < 6.0 && queue_depth > 10.0', route: { ask: { level: 3 } } }\n`,
    ]);
    const then = ['--at', '2026-11-23T02:00:00Z', '--queue-depth', '12'];
    const { out } = await explain(refund, then, policy);
    expect(out).toContain('item order-4711 at 2026-11-23T02:00:00.000Z, queue_depth 12');
    expect(out).toContain('    3 < 6.0 && 12 > 10.0');
    expect(out).toContain('=> night: ask billing in C0BILLING, level 3');
    expect((await explain(refund, [], policy)).out).toContain('=> unsure:');
    expect((await explain(refund, ['--queue-depth', 'many'], policy)).code).toBe(2);
  });

  it('what stands in quotes is left as it is', async () => {
    const policy = edited(yaml, [
      'rules:\n',
      `rules:\n  - { id: quoted, when: "item.title == 'item.title' || 'my item.cohort' == item.cohort", route: { ask: {} } }\n`,
    ]);
    const { out } = await explain(refund, [], policy);
    expect(out).toContain(
      `    "Refund 240 EUR to customer 88?" == 'item.title' || 'my item.cohort' == ""`,
    );
  });

  it('always says what the engine does', async () => {
    const parsed = parsePolicy(yaml);
    if (!parsed.ok) throw new Error('the shipped policy is not good');
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          confidence: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }),
          impact: fc.option(fc.integer({ min: 0, max: 10 }), { nil: undefined }),
          tags: fc.constantFrom([], ['wire']),
          domain: fc.constantFrom('billing', 'support', 'nowhere'),
        }),
        async (more) => {
          const read = parseItem(JSON.parse(JSON.stringify({ ...refund, ...more })));
          if (!read.ok) throw new Error(JSON.stringify(read.errors));
          const engine = evaluate(
            parsed.policy,
            { valid: true, item: read.item },
            { now: NOW, override_rate: 0, queue_depth: 0, sampling_key: '' },
          );
          const { json } = await explain(read.item, ['--json']);
          expect(json).toMatchObject({
            rule: engine.rule,
            domain: engine.domain.id,
            route: JSON.parse(JSON.stringify(engine.route)),
            why: engine.why,
          });
          const { tried } = json as { tried: { rule: string }[] };
          expect(tried.at(-1)?.rule).toBe(
            engine.rule === 'otherwise' ? parsed.policy.rules.at(-1)?.id : engine.rule,
          );
        },
      ),
      { numRuns: runs(60) },
    );
  });
});
