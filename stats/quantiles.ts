/** Quantiles of many numbers. Pure. */
import { quantile } from 'simple-statistics';

export interface Quantiles {
  count: number;
  p50: number;
  p95: number;
}

/** p50 and p95, interpolated as R's type 7; null where there is nothing. The array is not changed. */
export function quantiles(values: readonly number[]): Quantiles | null {
  if (values.length === 0) return null;
  const [p50 = 0, p95 = 0] = quantile([...values], [0.5, 0.95]);
  return { count: values.length, p50, p95 };
}
