/**
 * What a hostile item can cost. Each of these would take from seconds to years without the meter, and the test run
 * would not end: nothing here looks at a clock.
 */
import { describe, expect, test } from 'vitest';
import type { Item } from '../../src/domain/item.ts';
import { compileCondition } from '../../policies/conditions/condition.ts';
import { evaluate } from '../../policies/routing/evaluate.ts';
import { conditionScope } from '../../policies/conditions/condition-scope.ts';
import { FRIDAY, lettingThrough, read, refund } from './written-policy.ts';

function holds(source: string, fields: Partial<Item>): boolean {
  const compiled = compileCondition(source);
  if (!compiled.ok) throw new Error(compiled.faults.map((fault) => fault.problem).join());
  return compiled.condition.holds(
    conditionScope('UTC', { valid: true, item: refund(fields) }, FRIDAY),
  );
}
const args = (values: object): Partial<Item> => ({
  action: { name: 'refund', args: values as never },
});
const zeros = (count: number): number[] => Array.from({ length: count }, () => 0);

describe('a condition over a hostile item stops', () => {
  const many = { a: zeros(50_000), b: zeros(50_000), text: 'a'.repeat(100_000) };
  test.each([
    'item.action.args.a.all(x, item.action.args.b.all(y, x == y))',
    'item.action.args.a.exists(x, item.action.args.b.exists(y, x != y))',
    'item.action.args.a.exists_one(x, item.action.args.b.exists_one(y, x != y))',
    'item.action.args.a.map(x, item.action.args.b.map(y, x + y)).size() == 0',
    'item.action.args.a.filter(x, item.action.args.b.filter(y, x != y).size() == 1).size() == 0',
    'item.action.args.a.map(x, x == 0.0, item.action.args.b.map(y, y)).size() == 0',
    'item.action.args.a.all(x, !(1.0 in item.action.args.b))',
    'item.action.args.a.all(x, item.action.args.a == item.action.args.b)',
    "item.action.args.a.all(x, !item.action.args.text.contains('b'))",
    "item.action.args.a.all(x, !item.action.args.text.matches('b'))",
    'item.action.args.a.map(x, item.action.args.text + item.action.args.text).join().size() == 0',
    "item.action.args.text.split('').all(x, item.action.args.text.split('').all(y, x == y))",
    `item.action.args.text.lastIndexOf('${'a'.repeat(4000)}b') == -1`,
    `${'[0, 0, 0, 0, 0, 0, 0, 0].all(a, '.repeat(9)}a == 0${')'.repeat(9)}`,
  ])('%s', (source) => {
    expect(() => holds(source, args(many))).toThrow('it takes too many steps over this item');
  });

  test('and the item is asked about', () => {
    const when = 'item.action.args.a.all(x, item.action.args.b.all(y, x == y))';
    const route = evaluate(
      read(lettingThrough(when)),
      { valid: true, item: refund(args(many)) },
      FRIDAY,
    );
    expect(JSON.stringify(route)).toContain('asked to be safe (it takes too many steps');
  });
});

describe('a condition over an item of the usual size', () => {
  const tags = Array.from({ length: 50 }, (_, at) => `tag-${at}`);
  const payees = Array.from({ length: 100 }, (_, at) => ({ iban: `DE${at}`, amount: at }));
  test.each<[string, Partial<Item>, boolean]>([
    ['item.tags.all(t, item.tags.exists(u, t == u))', { tags }, true],
    ['item.tags.exists_one(t, item.tags.all(u, u.startsWith(t)))', { tags: ['a', 'ab'] }, true],
    ["item.tags.filter(t, t != 'tag-3').size() == 49", { tags }, true],
    ["item.tags.map(t, t + '!').exists(t, t == 'tag-7!')", { tags }, true],
    ["item.tags.map(t, t.endsWith('9'), t.size()).all(n, n > 4)", { tags }, true],
    ['item.action.args.payees.all(p, p.amount < 100)', args({ payees }), true],
    ["item.action.args.payees.exists(p, p.iban in ['DE7', 'x'])", args({ payees }), true],
    ["item.action.args.note.matches('(?i)^URGENT')", args({ note: 'urgent: …' }), true],
    ["item.title.lastIndexOf('a') == 2", { title: 'aba' }, true],
    ['item.action.args.x > 0.0000000001', args({ x: 0.000_000_000_2 }), true],
    ['item.tags.all(t, item.confidence > 0.0000000001)', { tags, confidence: 0 }, false],
    ['item.impact < 1e21 && item.impact < 1e300', { impact: 3 }, true],
    ["item.body.matches('refund')", { body: ' '.repeat(19_000) }, false],
  ])('%s', (source, fields, is) => {
    expect(holds(source, fields)).toBe(is);
  });

  test.each([
    ["item.action.args.note.matches('a')", args({ note: 7 }), /^(?!.*metered).*matches/],
    ['item.action.args.a.all(x, x.b == 1.0)', args({ a: [{}] }), /No such key: b/],
  ])('fails in the words that it was written in: %s', (source, fields, words) => {
    expect(() => holds(source, fields)).toThrow(words);
  });

  test('nested repetition over 29 letters is answered at once, and RE2’s flags are known', () => {
    const title = 'a'.repeat(29);
    expect(holds(String.raw`item.title.matches('^(\\w+\\s?)*$')`, { title: `${title}!` })).toBe(
      false,
    );
    expect(holds("item.title.matches('(?i)^A+$')", { title })).toBe(true);
    expect(holds("item.body.matches('(?s)^a.b$')", { body: 'a\nb' })).toBe(true);
  });
});
