/** The binomial distribution's lower tail. Pure. */
import { gammaln } from 'simple-statistics';

/**
 * P(X ≤ hits) for X ~ Binomial(of, p), by the regularised incomplete beta function I_{1−p}(of − hits, hits + 1), which
 * also takes fractional counts. `p` is within (0, 1).
 *
 * Source: NIST Digital Library of Mathematical Functions, 8.17.5 (the sum) and 8.17.22 (the continued fraction).
 */
export function binomialAtMost(hits: number, of: number, p: number): number {
  return hits >= of ? 1 : incompleteBeta(1 - p, of - hits, hits + 1);
}

function incompleteBeta(x: number, a: number, b: number): number {
  // The fraction converges fast on this side only; the other side is its complement.
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = Math.exp(
    gammaln(a + b) - gammaln(a) - gammaln(b) + a * Math.log(x) + b * Math.log1p(-x),
  );
  return (front * betaFraction(x, a, b)) / a;
}

/** Lentz's way of evaluating a continued fraction: as good as exact within a few dozen steps. */
function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  const away = (value: number) => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= 1000; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-14) break;
  }
  return fraction;
}
