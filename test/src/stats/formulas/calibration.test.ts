import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binomialAtMost } from '../../../../src/stats/formulas/binomial.ts';
import {
  calibrate,
  effectiveCounts,
  type Sample,
} from '../../../../src/stats/formulas/calibration.ts';
import {
  fewestWithoutError,
  RISK,
  searchThreshold,
} from '../../../../src/stats/formulas/threshold.ts';
import { runs } from '../../../runs.ts';

const sample = (confidence: number, right: boolean, weight = 1): Sample => ({
  confidence,
  right,
  weight,
});
const many = (count: number, confidence: number, wrong: number): Sample[] =>
  Array.from({ length: count }, (_, at) => sample(confidence, at >= wrong));

describe('calibration', () => {
  it('has the expected calibration error of the example that explains it (M. Pavlovic, ICLR blogposts 2025)', () => {
    const { ece, bins } = calibrate(
      [
        [0.78, true],
        [0.64, true],
        [0.92, false],
        [0.58, true],
        [0.51, false],
        [0.85, true],
        [0.7, true],
        [0.63, false],
        [0.83, true],
      ].map(([confidence, right]) => sample(Number(confidence), right === true)),
      5,
    );
    expect(ece).toBeCloseTo(0.10444, 5);
    expect(bins.map((bin) => bin.looked)).toEqual([2, 4, 3]);
  });

  it('has the Brier score of scikit-learn’s example', () => {
    const { brier } = calibrate([
      sample(0.1, false),
      sample(0.9, true),
      sample(0.8, true),
      sample(0.3, false),
    ]);
    expect(brier).toBeCloseTo(0.0375, 9);
  });

  it('puts the ends of the scale where they belong', () => {
    const { bins } = calibrate([0, 0.1, 0.1000001, 0.7, 1].map((one) => sample(one, true)));
    expect(bins.map((bin) => [bin.from, bin.looked])).toEqual([
      [0, 2],
      [0.1, 1],
      [0.6, 1],
      [0.9, 1],
    ]);
  });

  it('lets a spot check stand for all it was drawn from, and gives it no more certainty than one look has', () => {
    const gated = many(10, 0.95, 5);
    const spot = [sample(0.95, true, 50), sample(0.95, true, 50)];
    const [bin] = calibrate([...gated, ...spot]).bins;
    expect(bin?.looked).toBe(12);
    expect(bin?.stands_for).toBe(110);
    expect(bin?.found.share).toBeCloseTo(105 / 110, 9);
    // (110)² / (10 + 2 · 2500)
    expect(effectiveCounts([...gated, ...spot]).effective).toBeCloseTo(12100 / 5010, 9);
    expect(bin?.found.low).toBeLessThan(0.45);
  });

  it('says nothing of nothing', () => {
    expect(calibrate([])).toEqual({ bins: [], looked: 0, stands_for: 0, ece: null, brier: null });
  });
});

describe('the binomial tail', () => {
  it('is the sum of its terms', () => {
    const naive = (hits: number, of: number, p: number) => {
      let total = 0;
      let term = (1 - p) ** of;
      for (let k = 0; k <= hits; k += 1) {
        total += term;
        term *= ((of - k) / (k + 1)) * (p / (1 - p));
      }
      return Math.min(1, total);
    };
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400 }),
        fc.nat(400),
        fc.integer({ min: 1, max: 60 }),
        (of, some, percent) => {
          const hits = Math.min(some, of);
          const p = percent / 100;
          expect(binomialAtMost(hits, of, p)).toBeCloseTo(naive(hits, of, p), 8);
        },
      ),
      { numRuns: runs(200) },
    );
  });

  it('of no error in 149 with 2% is just below one in twenty', () => {
    expect(binomialAtMost(0, 149, 0.02)).toBeCloseTo(0.98 ** 149, 9);
    expect(fewestWithoutError(0.02)).toBe(149);
  });
});

describe('the search for a threshold', () => {
  it('goes down from the top and stops at the first step that fails', () => {
    const found = searchThreshold(
      // Good above 0.9, bad at 0.85, and good again below: what is below the first failure does not count.
      [...many(300, 0.95, 0), ...many(300, 0.85, 60), ...many(5000, 0.8, 0)],
      0.02,
    );
    expect(found.found?.at).toBe(0.95);
    expect(found.failed?.at).toBe(0.85);
    expect(found.steps.map((step) => step.at)).toEqual([0.95, 0.85]);
    expect(found.more_checks).toBeNull();
  });

  it('says how many more checks would settle it, and they do', () => {
    const samples = many(200, 0.9, 2);
    const { found, failed, more_checks } = searchThreshold(samples, 0.02);
    expect(found).toBeNull();
    expect(failed).toMatchObject({ at: 0.9, looked: 200, supported: false });
    expect(more_checks).toBeGreaterThan(0);
    const n = 200 + (more_checks ?? 0);
    expect(binomialAtMost(0.01 * n, n, 0.02)).toBeLessThanOrEqual(RISK);
    expect(binomialAtMost(0.01 * (n - 1), n - 1, 0.02)).toBeGreaterThan(RISK);
  });

  it('asks for what is missing where there are too few to say anything', () => {
    expect(searchThreshold(many(100, 0.99, 0), 0.02)).toMatchObject({
      steps: [],
      found: null,
      failed: null,
      more_checks: 49,
    });
    expect(searchThreshold([], 0.02).more_checks).toBe(149);
  });

  it('promises no number of checks where the errors are over the target', () => {
    expect(searchThreshold(many(400, 0.9, 12), 0.02).more_checks).toBeNull();
  });

  it('is wrong about as often as it says: a model that errs in just the 2% is let through in one of twenty', () => {
    // A generator of its own, so that the count is the same every time.
    let state = 7;
    const random = () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state / 2 ** 32;
    };
    let wrongly = 0;
    for (let run = 0; run < 200; run += 1) {
      const samples = Array.from({ length: 1000 }, () =>
        sample(0.5 + random() / 2, random() >= 0.02),
      );
      if (searchThreshold(samples, 0.02).found !== null) wrongly += 1;
    }
    expect(wrongly / 200).toBeLessThanOrEqual(0.08);
  });
});
