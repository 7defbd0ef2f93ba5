/** How far a mix has moved from what it was. Pure. */

export type Counts = ReadonlyMap<string, number>;

/**
 * The population stability index Σ (now_i − then_i) · ln(now_i / then_i) over shares; null where either side is empty. A
 * share of nothing would make it infinite: each class of each side is given half a count more (Jeffreys).
 *
 * Source: N. Siddiqi, Credit Risk Scorecards (2006), chapter 8; B. Yurdakul and J. Naranjo, Journal of Risk Model
 * Validation 14 (2020).
 */
export function psi(then: Counts, now: Counts): number | null {
  const classes = new Set([...then.keys(), ...now.keys()]);
  const shares = (counts: Counts) => {
    let total = 0;
    for (const count of counts.values()) total += count;
    const added = [...classes].some((one) => !then.get(one) || !now.get(one)) ? 0.5 : 0;
    const of = total + added * classes.size;
    return { total, share: (one: string) => ((counts.get(one) ?? 0) + added) / of };
  };
  const before = shares(then);
  const after = shares(now);
  if (before.total === 0 || after.total === 0) return null;
  let index = 0;
  for (const one of classes) {
    const [a, b] = [before.share(one), after.share(one)];
    index += (b - a) * Math.log(b / a);
  }
  return index;
}
