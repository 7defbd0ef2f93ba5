/** A measured number beside its limit, and the arithmetic of samples. Pure. */

/** One line of the bench. `measured`, `limit` are in `unit`. */
export interface Measured {
  /** The measurement it belongs to: what `--only` takes. */
  of: string;
  what: string;
  unit: 'items/s' | 'rows/s' | 'entries/s' | 'µs' | 'ms' | 's' | 'MB' | 'share' | 'times' | 'count';
  measured: number;
  /** Absent: shown for the reader, held against nothing. */
  limit?: { at: 'least' | 'most'; value: number };
  /** How it came about, where the name does not say it all. */
  note?: string;
}

export const atLeast = (value: number): Measured['limit'] => ({ at: 'least', value });
export const atMost = (value: number): Measured['limit'] => ({ at: 'most', value });

/** null where there is no limit. */
export function isMet({ measured, limit }: Measured): boolean | null {
  if (limit === undefined) return null;
  return limit.at === 'least' ? measured >= limit.value : measured <= limit.value;
}

/** The value that a share `p` (0..1) of the samples does not exceed (nearest rank). NaN of no samples. */
export function percentile(samples: readonly number[], p: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)] ?? Number.NaN;
}

export const median = (samples: readonly number[]): number => percentile(samples, 0.5);
