import fc from 'fast-check';
import { quantile } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import { fairness } from '../../../../src/stats/formulas/fairness.ts';
import { psi } from '../../../../src/stats/formulas/psi.ts';
import { grow, noNumbers, quantiles } from '../../../../src/stats/formulas/quantiles.ts';
import { wilson } from '../../../../src/stats/formulas/wilson.ts';
import { runs } from '../../../runs.ts';

describe('the Wilson interval', () => {
  // Newcombe 1998, table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %i in %i is as Newcombe printed it', (hits, of, low, high) => {
    const interval = wilson(hits, of);
    expect(interval?.low).toBeCloseTo(low, 4);
    expect(interval?.high).toBeCloseTo(high, 4);
  });

  it('of nothing is none', () => {
    expect(wilson(0, 0)).toBeNull();
  });

  it('always holds the share, and narrows with more of the same', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.integer({ min: 1, max: 1000 }), (some, of) => {
        const hits = Math.min(some, of);
        const one = wilson(hits, of);
        const ten = wilson(hits * 10, of * 10);
        if (!one || !ten) throw new Error('there are counts');
        expect(one.low).toBeLessThanOrEqual(one.share);
        expect(one.high).toBeGreaterThanOrEqual(one.share);
        expect(ten.high - ten.low).toBeLessThan(one.high - one.low);
      }),
      { numRuns: runs(100) },
    );
  });
});

describe('the population stability index', () => {
  const counts = (shares: number[]) =>
    new Map(shares.map((share, at) => [`class ${at}`, share * 1000]));

  it('of three incomes is as published (geeksforgeeks.org, “Population Stability Index”, 2025)', () => {
    expect(psi(counts([0.4, 0.3, 0.3]), counts([0.35, 0.25, 0.4]))).toBeCloseTo(0.0446, 4);
  });

  it('is the sum of each class: worked by hand', () => {
    // (0.4 − 0.5) ln 0.8 + (0.35 − 0.3) ln 1.1667 + (0.25 − 0.2) ln 1.25 = 0.02231 + 0.00771 + 0.01116
    expect(psi(counts([0.5, 0.3, 0.2]), counts([0.4, 0.35, 0.25]))).toBeCloseTo(0.04118, 5);
  });

  it('is nothing between a mix and itself, and the same either way round', () => {
    const mix = fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(mix, mix, (a, b) => {
        const [one, other] = [counts(a), counts(b)];
        const there = psi(one, other);
        if (there === null) return expect(Math.min(sum(a), sum(b))).toBe(0);
        expect(psi(one, one)).toBeCloseTo(0, 12);
        expect(there).toBeGreaterThanOrEqual(0);
        expect(psi(other, one)).toBeCloseTo(there, 9);
      }),
      { numRuns: runs(100) },
    );
  });

  it('stays finite where a class is new or gone', () => {
    const index = psi(new Map([['old', 100]]), new Map([['new', 100]]));
    expect(index).toBeGreaterThan(1);
    expect(Number.isFinite(index)).toBe(true);
  });
});

describe('quantiles', () => {
  const of = (...lists: number[][]) =>
    quantiles(
      lists.map((list) => {
        const numbers = noNumbers();
        for (const one of list) grow(numbers, one);
        return numbers;
      }),
    );

  it('are interpolated as R does by default', () => {
    // R: quantile(c(3, 6, 7, 8, 8, 10, 13, 15, 16, 20), c(.5, .95)) gives 9 and 18.2.
    const found = of([20, 3, 6, 16, 7, 8], [], [15, 8, 10, 13]);
    expect(found).toEqual({ count: 10, p50: 9, p95: expect.closeTo(18.2, 9) });
    expect(of([], [])).toBeNull();
  });

  it('are what a library finds, of any numbers, however they are parted', () => {
    // Few different values are as hard to part as many.
    const value = fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: -9e9, max: 9e9 }));
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 200 }), fc.nat(200), (list, cut) => {
        const [p50, p95] = quantile(list, [0.5, 0.95]);
        const found = of(list.slice(0, cut), list.slice(cut));
        expect(found?.p50).toBeCloseTo(p50!, 6);
        expect(found?.p95).toBeCloseTo(p95!, 6);
      }),
      { numRuns: runs(200) },
    );
  });

  it('leave the numbers as they are', () => {
    const numbers = noNumbers();
    for (let at = 20; at > 0; at -= 1) grow(numbers, at);
    quantiles([numbers]);
    expect([...numbers.values.subarray(0, numbers.length)]).toEqual(
      Array.from({ length: 20 }, (_, at) => 20 - at),
    );
  });
});

describe('fairness', () => {
  it('names who has the most, and how far from an even share that is', () => {
    const pages = new Map([
      ['alice', 6],
      ['bob', 2],
      ['carol', 1],
      ['dave', 0],
    ]);
    expect(fairness(pages)).toEqual({
      people: 4,
      total: 9,
      most: { person: 'alice', count: 6 },
      times_even: expect.closeTo(24 / 9, 9),
      // (−3·0 − 1·1 + 1·2 + 3·6) / (4·9)
      gini: expect.closeTo(19 / 36, 9),
    });
  });

  it('is even where all have the same, and nothing where there is nothing', () => {
    const even = fairness(
      new Map([
        ['alice', 3],
        ['bob', 3],
      ]),
    );
    expect(even).toMatchObject({ gini: 0, times_even: 1 });
    expect(fairness(new Map([['alice', 0]]))).toBeNull();
  });
});

const sum = (list: number[]) => list.reduce((a, b) => a + b, 0);
