/** The confidence above which the data supports letting through. Pure. */
import { binomialAtMost } from './binomial.ts';
import { effectiveCounts, shareRight, type Sample } from './calibration.ts';
import type { Interval } from './wilson.ts';

/** One step of the search: what is known of everything at or above a confidence. */
export interface ThresholdStep {
  /** 0..1. */
  at: number;
  /** Samples at or above it. */
  looked: number;
  /** Their share of errors, weighted, with its 95% interval. */
  errors: Interval;
  /** How likely so few errors would be if the true rate were the target: at most `RISK` supports the step. */
  p: number;
  supported: boolean;
}

export interface ThresholdSearch {
  /** The error rate wanted, 0..1. */
  target: number;
  /** From the top down; the last one is the first that failed, if any did. */
  steps: ThresholdStep[];
  /** The lowest step that the data supports before one failed. */
  found: ThresholdStep | null;
  /** The step it stopped at. */
  failed: ThresholdStep | null;
  /**
   * How many more checks at or above the confidence where it stopped (of nothing yet: at the top) would settle it, should
   * they come out as those before; null: none would, for its errors are not clearly below the target, or nothing failed.
   */
  more_checks: number | null;
}

/** The chance taken that the error rate above the threshold is really over the target. */
export const RISK = 0.05;

/** Whoever needs more checks than this is at the target, not under it. */
const MOST_CHECKS = 100_000;

/** As fine as a policy is written. */
const GRID = 0.01;

/**
 * Searches from 1 − GRID down, and stops at the first step that fails: a fixed sequence of tests keeps the chance of a
 * wrong threshold at `RISK` however many steps there are, where picking the best of all would flatter it. It begins where
 * there are as many samples as could pass at all, which looks at confidences only and at no outcome.
 *
 * Sources: A. N. Angelopoulos, S. Bates et al., “Learn then Test” (2021), section 2.3, fixed sequence testing; the exact
 * binomial test of H0: error ≥ target.
 */
export function searchThreshold(samples: readonly Sample[], target: number): ThresholdSearch {
  const falling = samples.toSorted((a, b) => b.confidence - a.confidence);
  const needed = fewestWithoutError(target);
  const steps: ThresholdStep[] = [];
  let found: ThresholdStep | null = null;
  let failed: ThresholdStep | null = null;
  let length = 0;
  let seen = -1;
  for (let step = 1; step <= 100; step += 1) {
    const at = round(1 - step * GRID);
    while ((falling[length]?.confidence ?? -1) >= at) length += 1;
    const above = falling.slice(0, length);
    if (effectiveCounts(above).effective < needed || length === seen) continue;
    seen = length;
    const tested = stepAt(above, at, target);
    if (tested === null) continue;
    steps.push(tested);
    if (!tested.supported) {
      failed = tested;
      break;
    }
    found = tested;
  }
  return { target, steps, found, failed, more_checks: moreChecks(falling, failed, target, steps) };
}

/** How many samples without an error it takes before the target can be believed: (1 − target)^n ≤ RISK. */
export const fewestWithoutError = (target: number): number =>
  Math.ceil(Math.log(RISK) / Math.log1p(-target));

function stepAt(above: readonly Sample[], at: number, target: number): ThresholdStep | null {
  const right = shareRight(above);
  if (right === null) return null;
  const { effective, wrong } = effectiveCounts(above);
  const p = binomialAtMost(wrong, effective, target);
  return {
    at,
    looked: above.length,
    errors: { share: 1 - right.share, low: 1 - right.high, high: 1 - right.low },
    p,
    supported: p <= RISK,
  };
}

function moreChecks(
  falling: readonly Sample[],
  failed: ThresholdStep | null,
  target: number,
  steps: readonly ThresholdStep[],
): number | null {
  if (failed === null) {
    const { effective } = effectiveCounts(falling);
    return steps.length > 0 ? null : Math.ceil(fewestWithoutError(target) - effective);
  }
  if (failed.errors.share >= target) return null;
  const above = falling.filter((one) => one.confidence >= failed.at);
  const { effective, wrong } = effectiveCounts(above);
  const passes = (more: number) => {
    const n = effective + more;
    return binomialAtMost((wrong / effective) * n, n, target) <= RISK;
  };
  let most = 1;
  while (!passes(most)) {
    most *= 2;
    if (most > MOST_CHECKS) return null;
  }
  let least = Math.floor(most / 2);
  while (most - least > 1) {
    const middle = Math.floor((least + most) / 2);
    if (passes(middle)) most = middle;
    else least = middle;
  }
  return most;
}

const round = (value: number): number => Math.round(value * 100) / 100;
