import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KINDS, type Item } from '../../src/domain/item.ts';
import { evaluate } from '../../policies/routing/evaluate.ts';
import { parsePolicy } from '../../policies/file/parse-policy.ts';
import { FRIDAY, read, refund, withRules } from './written-policy.ts';
import { edited } from '../edited.ts';

const shipped = readFileSync('policies/default.yaml', 'utf8');
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined });
const share = fc.double({ min: 0, max: 1, noNaN: true });
const anyItem: fc.Arbitrary<Item> = fc.record({
  id: fc.string({ minLength: 1, maxLength: 20 }),
  kind: fc.constantFrom(...KINDS),
  title: fc.string({ minLength: 1 }),
  domain: maybe(fc.constantFrom('billing', 'support', 'nowhere', 'toString')),
  confidence: maybe(share),
  impact: maybe(fc.double({ min: 0, max: 10, noNaN: true })),
  tags: maybe(fc.array(fc.constantFrom('wire', 'refund', 'eu'))),
  proposal: maybe(fc.constantFrom('yes', 'no')),
  ensemble: maybe(
    fc.array(fc.record({ source: fc.constant('s'), answer: fc.constantFrom('yes', 'no') })),
  ),
  action: maybe(
    fc.record({
      name: fc.constantFrom('refund', 'delete_account'),
      args: fc.dictionary(
        fc.constantFrom('amount', '__proto__', 'constructor', 'to'),
        fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<never>,
      ),
    }),
  ),
});

test('same policy, same item, same surroundings: same answer; nothing is changed by asking', () => {
  const policy = read(shipped);
  fc.assert(
    fc.property(anyItem, share, (item, override_rate) => {
      const context = { ...FRIDAY, override_rate };
      const before = structuredClone(item);
      const first = evaluate(policy, { valid: true, item }, context);
      const others = evaluate(policy, { valid: true, item: refund() }, FRIDAY);
      expect(others.rule).toBe('sure');
      expect(evaluate(policy, { valid: true, item }, context)).toEqual(first);
      expect(item).toEqual(before);
    }),
    { numRuns: 300 },
  );
});

test('the order of an item’s keys does not matter', () => {
  const policy = read(shipped);
  fc.assert(
    fc.property(anyItem, (item) => {
      const turned = Object.fromEntries(Object.entries(item).toReversed()) as Item;
      expect(evaluate(policy, { valid: true, item: turned }, FRIDAY)).toEqual(
        evaluate(policy, { valid: true, item }, FRIDAY),
      );
    }),
    { numRuns: 200 },
  );
});

test('the order of the file’s keys changes neither its version nor what it says', () => {
  const [head, ...sections] = read(shipped) && shipped.split(/\n(?=[a-z])/);
  const turned = parsePolicy([head, ...sections.toReversed()].join('\n'));
  expect(turned).toMatchObject({ ok: true, policy: { version: read(shipped).version } });
});

test('comments and layout do not change the version; a number does', () => {
  const { version } = read(shipped);
  expect(version).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(read(`# mine\n${shipped.replaceAll(/ +#.*$/gm, '')}`).version).toBe(version);
  expect(read(edited(shipped, ['0.60', '0.61'])).version).not.toBe(version);
});

test('no item is let through by a condition that failed, or by a rule behind it', () => {
  const policy = read(
    withRules(
      '{id: large, when: "item.action.args.amount > 100.0", route: {ask: {}}}',
      '{id: known, when: "item.action.args.to.country == \'DE\'", route: {let_through: {}}}',
      '{id: rest, when: "true", route: {let_through: {}}}',
    ),
  );
  let failed = 0;
  fc.assert(
    fc.property(anyItem, (item) => {
      const found = evaluate(policy, { valid: true, item }, FRIDAY);
      const amount = Object.entries(item.action?.args ?? {}).find(([key]) => key === 'amount')?.[1];
      const readable = typeof amount === 'number';
      expect(found.condition_errors.length > 0 && found.route.type === 'let_through').toBe(false);
      if (!readable) {
        failed += 1;
        expect(found).toMatchObject({ rule: 'large', route: { type: 'ask' } });
      }
    }),
    { numRuns: 300 },
  );
  expect(failed).toBeGreaterThan(50);
});

test('an item that says nothing of confidence, or of impact, is never let through by what ships', () => {
  const policy = read(shipped);
  fc.assert(
    fc.property(anyItem, fc.constantFrom('confidence', 'impact'), (item, missing) => {
      const silent = { ...item, [missing]: undefined };
      const found = evaluate(policy, { valid: true, item: silent }, FRIDAY);
      expect(found.route.type).not.toBe('let_through');
    }),
    { numRuns: 200 },
  );
});
