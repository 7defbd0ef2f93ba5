/** Figures in words: shares with their interval, what they were before, spans. Pure. */
import type { Quantiles } from '../../src/stats/formulas/quantiles.ts';
import type { Rate } from '../../src/stats/formulas/tally.ts';
import { spanWords } from './words.ts';

/** `21%`, with a decimal below ten where it has one: `2.4%`. */
export function percent(share: number): string {
  const hundred = share * 100;
  return hundred > 0 && hundred < 9.95
    ? `${hundred.toFixed(1).replace(/\.0$/, '')}%`
    : `${Math.round(hundred)}%`;
}

/** `21% (18–24%)`: the share, and where it lies with 95% certainty. */
export const rateWords = (rate: Rate): string => `${percent(rate.share)} (${rangeWords(rate)})`;

/** `18–24%` */
export const rangeWords = ({ low, high }: { low: number; high: number }): string =>
  `${percent(low).slice(0, -1)}–${percent(high)}`;

/** `, 25% before`, or nothing where there is nothing to hold it against. */
export const before = (rate: Rate | null): string =>
  rate === null ? '' : `, ${percent(rate.share)} before`;

/** `+3.2 points`, `−4 points`, `as before`. */
export function pointsWords(now: Rate | null, then: Rate | null): string {
  if (now === null || then === null) return '';
  const points = Math.round((now.share - then.share) * 1000) / 10;
  if (points === 0) return 'as before';
  return `${points > 0 ? '+' : '−'}${Math.abs(points)} points`;
}

/** `half within 4 min, 95% within 38 min` */
export const spreadWords = ({ p50, p95 }: Quantiles): string =>
  `half within ${spanWords(p50)}, 95% within ${spanWords(p95)}`;

/** `1,240` */
export const countWords = (count: number): string => count.toLocaleString('en-US');
