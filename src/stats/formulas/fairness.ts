/** How evenly a burden is shared. Pure. */

export interface Fairness {
  people: number;
  total: number;
  most: { person: string; count: number };
  /** The most that one person has, times an even share. 1: even. */
  times_even: number;
  /** Gini coefficient, 0 (all the same) to 1 (one has it all). */
  gini: number;
}

/**
 * Of how many pages (or decisions) each person had; people with none belong in it too. null where there is nobody, or
 * nothing to share. G = Σ_i (2i − n − 1) x_i / (n Σ x), x rising.
 *
 * Source: C. Gini 1912; in this form M. O. Lorenz's curve as in A. Sen, On Economic Inequality (1973), section 2.
 */
export function fairness(counts: ReadonlyMap<string, number>): Fairness | null {
  const rising = [...counts].toSorted((a, b) => a[1] - b[1]);
  const total = rising.reduce((sum, [, count]) => sum + count, 0);
  const [person, count] = rising.at(-1) ?? [null, 0];
  if (person === null || total === 0) return null;
  const n = rising.length;
  const weighted = rising.reduce((sum, [, each], at) => sum + (2 * (at + 1) - n - 1) * each, 0);
  return {
    people: n,
    total,
    most: { person, count },
    times_even: (count * n) / total,
    gini: weighted / (n * total),
  };
}
