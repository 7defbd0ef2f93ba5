import { describe, expect, test } from 'vitest';
import { pricesOf } from '../../policies/routing/prices.ts';
import { changed, read, SMALL, told } from './written-policy.ts';

const withCosts = (costs: string) => `${SMALL}costs: {${costs}}\n`;
const RIGHT = 'currency: EUR, expert_minute: {experts: 1.5, otherwise: 1}';

describe('costs', () => {
  test('may be left out', () => {
    expect(read(SMALL).costs).toBeNull();
  });

  test.each([
    ['an amount a point of impact', 'error: 20', { error: { per_point: 20 }, delay_hour: 0 }],
    [
      'amounts from an impact on, in whatever order',
      'error: {8: 2000, 0: 5, 4.5: 50}, delay_hour: 3',
      {
        error: {
          table: [
            { from: 0, cost: 5 },
            { from: 4.5, cost: 50 },
            { from: 8, cost: 2000 },
          ],
        },
        delay_hour: 3,
      },
    ],
  ])('are read: %s', (_, written, costs) => {
    expect(read(withCosts(`${RIGHT}, ${written}`)).costs).toEqual({
      currency: 'EUR',
      expert_minute: { experts: 1.5, otherwise: 1 },
      ...costs,
    });
  });

  test.each([
    ['error: 20', 'currency: EUR', 'costs.expert_minute: is missing'],
    ['error: 20', 'currency: EUR, expert_minute: {experts: 1}', 'otherwise: is missing'],
    ['error: {11: 5}', RIGHT, 'has a key that is no impact: 0 to 10'],
    ['error: {4: much}', RIGHT, 'has a value that is no amount'],
    ['error: {}', RIGHT, 'does not say what an error costs'],
    ['error: [5]', RIGHT, 'does not say what an error costs'],
    ['error: -1', RIGHT, 'does not say what an error costs'],
    ['error: .inf', RIGHT, 'does not say what an error costs'],
    ['error: 20, delay_hour: 1e12', RIGHT, 'costs.delay_hour: is not an amount'],
    [
      'error: 20',
      'currency: EUR, expert_minute: {exprts: 1, otherwise: 1}',
      'there is no group `exprts` (found: exprts); did you mean `experts`?',
    ],
  ])('are refused where they say %s beside %s', (error, rest, problem) => {
    const problems = told(withCosts(`${rest}, ${error}`));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(problem);
  });
});

describe('whose minute costs how much', () => {
  test('by the person’s dearest group, the first priced group of the domain, and otherwise', () => {
    const text = changed('  nobody: []', '  nobody: []\n  leads: [U0BOB]').concat(
      'costs: {currency: EUR, expert_minute: {leads: 3, experts: 2, otherwise: 1}, error: 20}\n',
    );
    const policy = read(text);
    if (policy.costs === null) throw new Error('the policy has costs');
    const prices = pricesOf(policy, policy.costs);
    expect(new Map(prices.by_person)).toEqual(
      new Map([
        ['U0ALICE', 2],
        ['U0BOB', 3],
      ]),
    );
    expect(prices.by_domain).toEqual([['support', 2]]);
    expect(prices.otherwise).toBe(1);
  });
});
