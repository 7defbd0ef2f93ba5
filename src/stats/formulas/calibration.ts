/** What confidence promised and what was found. Pure. */
import { wilson, type Interval } from './wilson.ts';

/** One answer of the AI that somebody looked at. */
export interface Sample {
  /** What the model promised, 0..1. */
  confidence: number;
  /** Whether it turned out right. */
  right: boolean;
  /** How many items it stands for: 1, or 1 / rate where it was drawn as a sample. */
  weight: number;
}

export interface ReliabilityBin {
  /** The bin is (from, to]; the first one holds 0 too. 0..1. */
  from: number;
  to: number;
  /** Samples looked at. */
  looked: number;
  /** How many items they stand for. */
  stands_for: number;
  /** Their mean confidence, weighted. */
  promised: number;
  /** The share found right, weighted, with its 95% interval over the effective number of samples. */
  found: Interval;
}

export interface Calibration {
  bins: ReliabilityBin[];
  looked: number;
  stands_for: number;
  /** Expected calibration error, 0..1; null without samples. */
  ece: number | null;
  /** Brier score, 0 (all-knowing) to 1; null without samples. */
  brier: number | null;
}

/**
 * The reliability table over bins of equal width (those without samples are left out), its expected calibration error
 * Σ_b (W_b / W) · |found_b − promised_b|, and the Brier score Σ w (confidence − right)² / W.
 *
 * Sources: M. P. Naeini et al., AAAI 2015, and C. Guo et al., ICML 2017 (ECE); G. W. Brier, Monthly Weather Review 78
 * (1950), 1–3, for two outcomes as its half; weights 1 / rate after D. G. Horvitz and D. J. Thompson, JASA 47 (1952).
 */
export function calibrate(samples: readonly Sample[], bins = 10): Calibration {
  const held: Sample[][] = Array.from({ length: bins }, () => []);
  for (const sample of samples) held[binOf(sample.confidence, bins)]?.push(sample);
  const table = held.flatMap((inside, at): ReliabilityBin[] => {
    const found = shareRight(inside);
    if (found === null) return [];
    const weight = sum(inside, (one) => one.weight);
    const promised = sum(inside, (one) => one.weight * one.confidence) / weight;
    return [
      {
        from: at / bins,
        to: (at + 1) / bins,
        looked: inside.length,
        stands_for: weight,
        promised,
        found,
      },
    ];
  });
  const all = sum(samples, (one) => one.weight);
  return {
    bins: table,
    looked: samples.length,
    stands_for: all,
    ece:
      all === 0
        ? null
        : sum(table, (bin) => bin.stands_for * Math.abs(bin.found.share - bin.promised)) / all,
    brier:
      all === 0
        ? null
        : sum(samples, (one) => one.weight * (one.confidence - (one.right ? 1 : 0)) ** 2) / all,
  };
}

function binOf(confidence: number, bins: number): number {
  return Math.min(bins - 1, Math.max(0, Math.ceil(confidence * bins - 1e-9) - 1));
}

/** The weighted share of right ones, with its interval over the effective number; null without samples. */
export function shareRight(samples: readonly Sample[]): Interval | null {
  const { effective, wrong } = effectiveCounts(samples);
  return wilson(effective - wrong, effective);
}

/**
 * Weighted samples as the counts of an unweighted experiment that says as much: the effective number (Σw)² / Σw² and the
 * wrong ones among it. With equal weights they are the plain counts.
 *
 * Source: L. Kish, Survey Sampling (1965), section 11.7.
 */
export function effectiveCounts(samples: Iterable<Sample>): { effective: number; wrong: number } {
  let weight = 0;
  let squares = 0;
  let wrong = 0;
  for (const one of samples) {
    weight += one.weight;
    squares += one.weight * one.weight;
    if (!one.right) wrong += one.weight;
  }
  if (weight === 0) return { effective: 0, wrong: 0 };
  const effective = (weight * weight) / squares;
  return { effective, wrong: (wrong / weight) * effective };
}

const sum = <T>(list: readonly T[], of: (one: T) => number): number =>
  list.reduce((total, one) => total + of(one), 0);
