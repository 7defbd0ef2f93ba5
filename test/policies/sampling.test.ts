import { expect, test } from 'vitest';
import { evaluate, explain } from '../../policies/routing/evaluate.ts';
import { isSampled } from '../../policies/routing/sampling.ts';
import { FRIDAY, read, refund, told, withRules } from './written-policy.ts';

const { sampling_key: KEY } = FRIDAY;
const IDS = Array.from({ length: 20_000 }, (_, at) => `order-${at}`);

test.each([0.001, 0.02, 0.5, 0.97])(
  'of 20,000 ids %d is taken, within five standard deviations, and the same ones each time',
  (share) => {
    const taken = IDS.filter((id) => isSampled(KEY, share, 'spot-check', id));
    const deviation = Math.sqrt(IDS.length * share * (1 - share));
    expect(Math.abs(taken.length - IDS.length * share)).toBeLessThan(5 * deviation);
    expect(IDS.toReversed().filter((id) => isSampled(KEY, share, 'spot-check', id))).toEqual(
      taken.toReversed(),
    );
  },
);

test('a larger share takes what a smaller one took, and more', () => {
  for (const id of IDS.slice(0, 5000)) {
    if (isSampled(KEY, 0.1, 'r', id)) expect(isSampled(KEY, 0.2, 'r', id)).toBe(true);
  }
});

test('two rules choose independently of each other', () => {
  const both = IDS.filter(
    (id) => isSampled(KEY, 0.1, 'one', id) && isSampled(KEY, 0.1, 'other', id),
  );
  const deviation = Math.sqrt(IDS.length * 0.01 * 0.99);
  expect(Math.abs(both.length - IDS.length * 0.01)).toBeLessThan(5 * deviation);
});

test('nobody without the key can tell which ids are taken: under another key others are, independently', () => {
  const both = IDS.filter(
    (id) => isSampled('one', 0.1, 'spot-check', id) && isSampled('other', 0.1, 'spot-check', id),
  );
  const deviation = Math.sqrt(IDS.length * 0.01 * 0.99);
  expect(Math.abs(both.length - IDS.length * 0.01)).toBeLessThan(5 * deviation);
});

test('ids that one key never takes are taken by another as often as any', () => {
  const chosen = IDS.filter((id) => !isSampled('guessed', 0.5, 'spot-check', id));
  const taken = chosen.filter((id) => isSampled('kept', 0.5, 'spot-check', id));
  const deviation = Math.sqrt(chosen.length * 0.25);
  expect(Math.abs(taken.length - chosen.length * 0.5)).toBeLessThan(5 * deviation);
});

const policy = read(
  withRules(
    '{id: spot-check, when: "item.confidence > 0.85", sample: 2%, route: {ask: {}}}',
    '{id: sure, when: "item.confidence > 0.85", route: {let_through: {}}}',
  ),
);
const ruleFor = (id: string) =>
  evaluate(policy, { valid: true, item: refund({ id }) }, FRIDAY).rule;

test('what the sample leaves goes on to the next rule, and both say so', () => {
  const chosen = IDS.find((id) => isSampled(KEY, 0.02, 'spot-check', id)) ?? '';
  const left = IDS.find((id) => !isSampled(KEY, 0.02, 'spot-check', id)) ?? '';
  expect([ruleFor(chosen), ruleFor(left)]).toEqual(['spot-check', 'sure']);
  const why = (id: string) =>
    explain(policy, { valid: true, item: refund({ id }) }, FRIDAY).tried[0];
  expect(why(chosen)).toMatchObject({
    result: 'matched',
    why: ["among the 2% sampled, by the item's id", 'confidence 0.90, above 0.85'],
  });
  expect(why(left)).toMatchObject({
    result: 'not_sampled',
    why: ["not among the 2% that it takes, by the item's id"],
  });
});

test('a sample whose condition fails is asked: nothing is let through for want of a number', () => {
  const failing = read(
    withRules(
      '{id: s, when: "item.action.args.total > 5.0", sample: 1%, route: {ask: {}}}',
      '{id: rest, when: "true", route: {let_through: {}}}',
    ),
  );
  expect(evaluate(failing, { valid: true, item: refund() }, FRIDAY)).toMatchObject({
    rule: 's',
    route: { type: 'ask' },
    condition_errors: [{ rule: 's' }],
  });
});

test('what is no item has no id to be chosen by', () => {
  const invalid = read(
    withRules(
      '{id: some, when: "!valid", sample: 99%, route: {ask: {domain: billing}}}',
      '{id: all, when: "!valid", route: {ask: {domain: data-ops}}}',
    ),
  );
  expect(evaluate(invalid, { valid: false, errors: [] }, FRIDAY).rule).toBe('all');
});

test('a rule after one that is literally true is reached where that one samples, and not where it takes all', () => {
  const after = (sample: string) =>
    told(
      withRules(
        `{id: all, when: "true", sample: ${sample}, route: {ask: {}}}`,
        '{id: r, when: "valid", route: {ask: {}}}',
      ),
    );
  expect(after('99.9%')).toEqual([]);
  expect(after('100%').join()).toContain('rules[1].id: is never reached');
  expect(after('0%').join()).toContain('must be above 0% and at most 100%');
  expect(after('0.02').join()).toContain('is not a share in percent (found: 0.02); 2%?');
});
