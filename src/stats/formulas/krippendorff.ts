/** How far people agree beyond chance. Pure. */

export interface Agreement {
  /** 1: always; 0: as chance would; below 0: less than that. null: nobody's verdicts differ from each other anywhere, or none can be compared. */
  alpha: number | null;
  /** Units that two or more people judged. */
  units: number;
  /** Of those, on how many not all said the same. */
  disputed: number;
}

/**
 * Krippendorff's alpha for nominal verdicts. `units` has one list for each thing judged: what each person said of it, in
 * any order; those that fewer than two judged are left out, as the definition has it.
 *
 * α = 1 − (n − 1) · Σ_{c≠k} o_ck / Σ_{c≠k} n_c n_k, with the coincidences o_ck of pairs within a unit, each counted
 * 1 / (m_u − 1). Source: K. Krippendorff, “Computing Krippendorff's Alpha-Reliability” (2011), parts A to D.
 */
export function krippendorff(units: Iterable<readonly string[]>): Agreement {
  const totals = new Map<string, number>();
  let values = 0;
  let observed = 0;
  let judged = 0;
  let disputed = 0;
  for (const said of units) {
    const m = said.length;
    if (m < 2) continue;
    judged += 1;
    values += m;
    const counts = new Map<string, number>();
    for (const verdict of said) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
    if (counts.size > 1) disputed += 1;
    for (const [verdict, count] of counts) {
      totals.set(verdict, (totals.get(verdict) ?? 0) + count);
      observed += (count * (m - count)) / (m - 1);
    }
  }
  let expected = 0;
  for (const total of totals.values()) expected += total * (values - total);
  const alpha = expected === 0 ? null : 1 - ((values - 1) * observed) / expected;
  return { alpha, units: judged, disputed };
}
