/**
 * "Did you mean": the nearest of the names there are to the one that was written. Pure.
 */

import { quoted } from './in-sentence.ts';

/**
 * The nearest name, or null where none is near: at most a third of its letters, and three, may be wrong; or one that
 * begins like it (`monday` for `mon`).
 */
export function closestName(written: string, names: Iterable<string>): string | null {
  if (written.length > 60) return null;
  let best: { name: string; steps: number } | null = null;
  for (const name of names) {
    // So many letters more or less are as many steps at least: a long name is not looked at.
    if (Math.abs(name.length - written.length) > 3) continue;
    const steps = editSteps(written.toLowerCase(), name.toLowerCase());
    const most = Math.min(3, Math.max(1, Math.floor(Math.max(written.length, name.length) / 3)));
    if (steps <= most && (best === null || steps < best.steps)) best = { name, steps };
  }
  if (best !== null) return best.name;
  const lower = written.toLowerCase();
  const alike = [...names].filter((name) => {
    const [short, long] = [name.toLowerCase(), lower].toSorted((a, b) => a.length - b.length);
    return short !== undefined && short.length >= 3 && long?.startsWith(short);
  });
  return alike.length === 1 ? (alike[0] ?? null) : null;
}

/** The suggestion for a name that does not exist: the nearest, else the list of those that do. */
export function didYouMean(written: string, names: Iterable<string>): string {
  const known = [...names];
  const closest = closestName(written, known);
  if (closest !== null) return `did you mean ${quoted(closest)}?`;
  if (known.length === 0) return 'there are none';
  const listed = known.slice(0, 20).map(quoted);
  return `known: ${listed.join(', ')}${known.length > 20 ? ', …' : ''}`;
}

/** Letters put in, left out, changed or swapped with their neighbour (optimal string alignment). */
function editSteps(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let steps = Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (above[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        steps = Math.min(steps, (before[j - 2] ?? 0) + 1);
      }
      row.push(steps);
    }
    before = above;
    above = row;
  }
  return above[b.length] ?? 0;
}
