import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Item } from '../../src/domain/item.ts';
import { evaluate, explain } from '../../policies/routing/evaluate.ts';
import { FRIDAY, lettingThrough, read, refund } from './written-policy.ts';

const item = (fields: Partial<Item>) => ({ valid: true as const, item: refund(fields) });

describe('why a condition held', () => {
  test.each<[string, Partial<Item>, string[]]>([
    ['item.confidence < 0.60', { confidence: 0.42 }, ['confidence 0.42, below 0.60']],
    ['0.60 > item.confidence', { confidence: 0.42 }, ['confidence 0.42, below 0.60']],
    ['item.confidence < 0.60', { confidence: 0.5999 }, ['confidence 0.5999, below 0.60']],
    ['item.confidence <= 0.6', { confidence: 0.6 }, ['confidence 0.60, at or below 0.6']],
    ['item.confidence < 0.60', { confidence: undefined }, ['no confidence given (counts as 0)']],
    ['item.impact >= 9.0', { impact: 9 }, ['impact 9, at or above 9.0']],
    ['item.impact >= 9', { impact: 9.5 }, ['impact 9.5, at or above 9']],
    ['item.impact >= 9.0', { impact: undefined }, ['no impact given (counts as 10)']],
    [
      "item.action.name == 'delete_account'",
      { action: { name: 'delete_account' } },
      ['action is delete_account'],
    ],
    ["item.action.name != 'pay'", {}, ['action is refund, not pay']],
    ["item.action.name in ['pay', 'refund']", {}, ['action is refund']],
    ["item.kind == 'approval'", {}, ['kind is approval']],
    ["item.domain == ''", {}, ['no domain given']],
    ["'wire' in item.tags", { tags: ['wire'] }, ['tagged wire']],
    ["!('wire' in item.tags)", {}, ['not tagged wire']],
    ["'approve' in item.allowed", {}, ['allowed has approve']],
    ['item.action.args.amount > 100', {}, ['argument amount 240, above 100']],
    ['size(item.tags) > 1', { tags: ['a', 'b'] }, ['2 tags, above 1']],
    ["item.model.name == 'm1'", { model: { name: 'm1' } }, ['model name is m1']],
    ['valid', {}, ['the input is a valid item']],
    ['true', {}, ['this rule takes every item']],
    ["weekday == 'fri' && hour >= 9", {}, ['weekday is fri', 'hour 11, at or above 9']],
    ['queue_depth > 10', {}, ['12 waiting, above 10']],
    ['override_rate > 0.05', {}, ['override rate 6%, above 5%']],
    [
      'disagreement > 0.0',
      {
        proposal: 'a',
        ensemble: [
          { source: 's', answer: 'A ' },
          { source: 't', answer: 'b' },
        ],
      },
      ['the ensemble disagrees: 50%'],
    ],
    [
      'disagreement > 0.3',
      { proposal: 'a', ensemble: [{ source: 's', answer: 'b' }] },
      ['the ensemble disagrees: 100%, above 30%'],
    ],
    [
      'item.confidence < 0.95 && item.impact < 5.0 && valid',
      {},
      ['confidence 0.90, below 0.95', 'impact 3, below 5.0', 'the input is a valid item'],
    ],
    [
      "item.impact > 9.0 || item.confidence > 0.5 || 'x' in item.tags",
      {},
      ['confidence 0.90, above 0.5'],
    ],
    ['item.action.args.missing > 3.0 || item.impact == 3.0', {}, ['impact 3, exactly 3.0']],
    [
      "!(item.kind == 'review') && (item.impact > 8.0 || item.confidence >= 0.9)",
      {},
      ['kind is approval, not review', 'confidence 0.90, at or above 0.9'],
    ],
    [
      "item.title.startsWith('Refund')",
      {},
      [`item.title.startsWith('Refund') (item.title is "Refund 240 EUR to customer 88?")`],
    ],
    [
      "item.tags.exists(t, t.startsWith('wi'))",
      { tags: ['wire'] },
      [`item.tags.exists(t, t.startsWith('wi')) (item.tags is ["wire"])`],
    ],
    [
      'item.confidence + item.impact > 3.0',
      {},
      ['item.confidence + item.impact > 3.0 (item.confidence is 0.9, item.impact is 3)'],
    ],
  ])('%s', (when, fields, why) => {
    const context = { ...FRIDAY, override_rate: 0.06, queue_depth: 12 };
    expect(evaluate(read(lettingThrough(when)), item(fields), context)).toMatchObject({
      rule: 'r',
      why,
    });
  });
});

describe('why a condition did not hold', () => {
  test.each<[string, Partial<Item>, string[]]>([
    ['item.confidence > 0.95', {}, ['confidence 0.90, at or below 0.95']],
    ['item.confidence > 0.95 && item.impact < 5.0', {}, ['confidence 0.90, at or below 0.95']],
    ["item.impact > 9.0 || 'x' in item.tags", {}, ['impact 3, at or below 9.0', 'not tagged x']],
    ["item.kind in ['review', 'question']", {}, ['kind is approval, not one of review, question']],
    ['disagreement > 0.0', {}, ['no ensemble to disagree']],
    [
      'disagreement > 0.0',
      { proposal: 'a', ensemble: [{ source: 's', answer: 'a' }] },
      ['the ensemble agrees'],
    ],
    [
      "item.title.contains('wire')",
      { title: 'Pay' },
      [`not: item.title.contains('wire') (item.title is "Pay")`],
    ],
  ])('%s', (when, fields, why) => {
    const [tried] = explain(read(lettingThrough(when)), item(fields), FRIDAY).tried;
    expect(tried).toMatchObject({ result: 'did_not_match', why });
  });
});

test('whatever the item says, why has at most six lines of at most 200 characters, each on one line', () => {
  const policy = read(
    lettingThrough(
      "item.title != 'x' && item.body != 'x' && item.cohort != 'x' && item.domain != 'x' && " +
        "!('x' in item.tags) && !item.justification.contains('never') && item.run_id != 'x' && item.proposal != 'x'",
    ),
  );
  const anything = fc.string({ unit: 'binary', minLength: 1, maxLength: 500 });
  fc.assert(
    fc.property(anything, anything, fc.array(anything), (text, other, tags) => {
      const found = evaluate(
        policy,
        item({ title: text, body: other, cohort: text, domain: other, tags, proposal: other }),
        FRIDAY,
      );
      expect(found.why.length).toBeGreaterThan(0);
      expect(found.why.length).toBeLessThanOrEqual(6);
      for (const line of found.why) {
        expect([...line].length).toBeLessThanOrEqual(200);
        expect(line).not.toMatch(/[\p{Cc}\u2028\u2029\u202E]/u);
      }
    }),
    { numRuns: 200 },
  );
});

test('a long text of the item is shortened to 60 characters', () => {
  const [line] = evaluate(
    read(lettingThrough("item.cohort != 'x'")),
    item({ cohort: 'y'.repeat(200) }),
    FRIDAY,
  ).why;
  expect(line).toBe(`cohort is ${'y'.repeat(59)}…, not x`);
});

test.each<[string, string[], string]>([
  ["item.action.args.iban == 'DE02'", ['$.action.args.iban'], 'argument iban is •••• (hidden)'],
  ["item.action.args.iban.startsWith('DE')", ['$..iban'], 'argument iban is •••• (hidden)'],
  ["item.action.args.iban in ['DE02']", ['$.action.args'], 'argument iban is •••• (hidden)'],
  ["item.action.args['iban'] != ''", ['$.action.*'], 'argument iban is •••• (hidden)'],
  ["'a' in item.tags", ['$.tags[0]'], 'tags is •••• (hidden)'],
  ['size(item.tags) > 0', ['$.tags'], 'tags is •••• (hidden)'],
  ['item.confidence > 0.5', ['$.confidence'], 'confidence is •••• (hidden)'],
  ['item.confidence > 0.5', ['$.title'], 'confidence 0.90, above 0.5'],
])('%s does not quote what %j hides', (when, sensitive, words) => {
  const { why } = evaluate(read(lettingThrough(when)), item({ tags: ['a'], sensitive }), FRIDAY);
  expect(why).toEqual([words]);
});

test('a condition that fails on a hidden value does not quote it', () => {
  const policy = read(lettingThrough('double(item.cohort) > 1.0'));
  const { why } = evaluate(policy, item({ cohort: 'secret', sensitive: ['$.cohort'] }), FRIDAY);
  expect(why).toEqual([
    'the condition of rule r failed: asked to be safe (it reads hidden values)',
  ]);
});

test.each([
  "item.callback.url != ''",
  "item.callback.url.startsWith('https')",
  "item.evidence.exists(one, one.url != '') && item.callback.url != 'x'",
])('%s quotes no token of an address', (when) => {
  const url = 'https://example.com/hook?token=t0ken';
  const told = explain(read(lettingThrough(when)), item({ callback: { url } }), FRIDAY);
  expect(JSON.stringify(told)).not.toContain('t0ken');
});
