/** Quantiles of many numbers. Pure. */

export interface Quantiles {
  count: number;
  p50: number;
  p95: number;
}

/** Numbers that are added one by one: a million of them as bytes, not as objects. Changed by `grow` only. */
export interface Numbers {
  values: Float64Array;
  length: number;
}

export const noNumbers = (): Numbers => ({ values: new Float64Array(16), length: 0 });

export function grow(numbers: Numbers, value: number): void {
  if (numbers.length === numbers.values.length) {
    const longer = new Float64Array(numbers.length * 2);
    longer.set(numbers.values);
    numbers.values = longer;
  }
  numbers.values[numbers.length] = value;
  numbers.length += 1;
}

/**
 * p50 and p95 of all those numbers, which are left as they are; null where there is none. Interpolated between the two
 * values beside (n − 1) p, from 0: type 7 of R. J. Hyndman and Y. Fan, The American Statistician 50 (1996), 361–365.
 */
export function quantiles(parts: readonly Numbers[]): Quantiles | null {
  const count = parts.reduce((sum, { length }) => sum + length, 0);
  if (count === 0) return null;
  const all = new Float64Array(count);
  let at = 0;
  for (const { values, length } of parts) {
    all.set(values.subarray(0, length), at);
    at += length;
  }
  const p50 = quantile(all, 0.5, 0);
  // What lies below the median is in its place: the other is looked for above it.
  return { count, p50, p95: quantile(all, 0.95, Math.floor((count - 1) * 0.5)) };
}

/** The order of `values` changes. `from`: what lies before is smaller than all behind it. */
function quantile(values: Float64Array, p: number, from: number): number {
  const place = (values.length - 1) * p;
  const low = Math.floor(place);
  select(values, low, from);
  const below = values[low] ?? Number.NaN;
  if (place === low) return below;
  let above = Number.POSITIVE_INFINITY;
  for (let at = low + 1; at < values.length; at += 1) {
    const value = values[at] ?? above;
    if (value < above) above = value;
  }
  return below + (above - below) * (place - low);
}

/**
 * Puts the value that belongs at `place` there, nothing larger before it and nothing smaller behind it.
 *
 * Source: C. A. R. Hoare, “Algorithm 65: Find”, Communications of the ACM 4 (1961), 321–322; the pivot is the median of three.
 */
function select(values: Float64Array, place: number, from: number): void {
  let left = from;
  let right = values.length - 1;
  while (left < right) {
    const pivot = middleOf(values[left] ?? 0, values[(left + right) >> 1] ?? 0, values[right] ?? 0);
    let i = left;
    let j = right;
    while (i <= j) {
      while ((values[i] ?? pivot) < pivot) i += 1;
      while ((values[j] ?? pivot) > pivot) j -= 1;
      if (i > j) break;
      const held = values[i] ?? 0;
      values[i] = values[j] ?? 0;
      values[j] = held;
      i += 1;
      j -= 1;
    }
    if (place <= j) right = j;
    else if (place >= i) left = i;
    else return;
  }
}

const middleOf = (a: number, b: number, c: number): number =>
  Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
