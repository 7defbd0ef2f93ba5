/** One budget shared among several wants. Pure. */

/**
 * Shares a budget by weight (all alike where none are given), and gives what one does not need to the others: the
 * smallest wants are met first. Never more than is wanted; all together never more than the budget.
 */
export function shares(
  budget: number,
  wants: readonly number[],
  weights: readonly number[] = wants.map(() => 1),
): number[] {
  const asked = wants.map((want, at) => ({ want, weight: weights[at] ?? 1, at }));
  const given = wants.map(() => 0);
  let left = Math.max(0, budget);
  let weightLeft = asked.reduce((total, { weight }) => total + weight, 0);
  for (const { want, weight, at } of asked.toSorted(
    (a, b) => a.want / a.weight - b.want / b.weight,
  )) {
    const share = Math.min(want, Math.floor((left * weight) / weightLeft));
    given[at] = share;
    left -= share;
    weightLeft -= weight;
  }
  return given;
}
