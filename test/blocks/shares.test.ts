import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shares } from '../../blocks/text/shares.ts';

describe('a budget that is shared', () => {
  it.each([
    ['is enough for all', 100, [10, 20, 30], undefined, [10, 20, 30]],
    ['meets the small wants first', 100, [10, 500, 500], undefined, [10, 45, 45]],
    ['goes by weight', 90, [500, 500], [2, 1], [60, 30]],
    ['leaves nobody what nobody wants', 90, [0, 500], [2, 1], [0, 90]],
    ['may be nothing', -5, [10], undefined, [0]],
    ['has no takers', 10, [], undefined, []],
  ])('%s', (_, budget, wants, weights, given) => {
    expect(shares(budget, wants, weights)).toEqual(given);
  });

  it('is never overdrawn, and gives nobody more than is wanted', () => {
    const some = fc.array(fc.tuple(fc.nat(5000), fc.integer({ min: 1, max: 5 })), { maxLength: 8 });
    fc.assert(
      fc.property(fc.nat(2000), some, (budget, list) => {
        const wants = list.map(([want]) => want);
        const given = shares(
          budget,
          wants,
          list.map(([, weight]) => weight),
        );
        const total = given.reduce((sum, one) => sum + one, 0);
        expect(total).toBeLessThanOrEqual(budget);
        expect(given.every((one, at) => one >= 0 && one <= (wants[at] ?? 0))).toBe(true);
        // Nothing is held back from those who would have more, but what rounding leaves.
        const wanted = wants.reduce((sum, one) => sum + one, 0);
        expect(total).toBeGreaterThanOrEqual(Math.min(budget, wanted) - list.length);
      }),
    );
  });
});
