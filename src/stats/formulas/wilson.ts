/** How sure a share is that was counted. Pure. */

/** A share and the interval it lies in, all 0..1. */
export interface Interval {
  share: number;
  low: number;
  high: number;
}

/** The standard normal quantile at 0.975: two-sided 95%. */
export const Z_95 = 1.959963984540054;

/**
 * The Wilson score interval of `hits` among `of`; null where nothing was counted. Counts may be fractions (effective
 * ones, of weighted samples).
 *
 * Source: E. B. Wilson, JASA 22 (1927), 209–212; compared with others by R. G. Newcombe, Statistics in Medicine 17
 * (1998), 857–872, method 3.
 */
export function wilson(hits: number, of: number, z = Z_95): Interval | null {
  if (of <= 0) return null;
  const share = hits / of;
  const z2 = z * z;
  const middle = (hits + z2 / 2) / (of + z2);
  const half = (z / (of + z2)) * Math.sqrt(of * share * (1 - share) + z2 / 4);
  return {
    share,
    low: hits === 0 ? 0 : Math.max(0, middle - half),
    high: hits === of ? 1 : Math.min(1, middle + half),
  };
}
