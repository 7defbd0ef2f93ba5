/**
 * Which entry of a list an edited entry was: what can be seen of both tells, and where that leaves it open the
 * placeholders of hidden values, or the place in the list. Pure.
 */
import { canonicalJson } from './hash.ts';
import type { HiddenValues } from './placeholders.ts';
import { isScalar, type Place } from './sensitive-paths.ts';

/** More pairs than this are not compared: entries are what stands in their place. A form holds far fewer. */
const PAIRS_MOST = 50_000;

interface Pair {
  now: number;
  was: number;
  /** What both have. */
  shared: number;
  /** All that can be seen of both is the same. */
  whole: boolean;
  /** It holds that one's placeholder. */
  own: boolean;
}

/**
 * For each edited entry the place in the list that it comes from, or undefined where it is new. No two have the same.
 * @param at where the list stands in the item
 */
export function sameEntries(
  edited: readonly unknown[],
  original: readonly unknown[],
  at: Place,
  hidden: HiddenValues,
): (number | undefined)[] {
  const from: (number | undefined)[] = edited.map(() => undefined);
  if (edited.length * original.length > PAIRS_MOST)
    return from.map((_, place) => (place < original.length ? place : undefined));
  const places = new Set([...hidden.values()].map(({ place }) => JSON.stringify(place)));
  const isHidden = (was: number, within: Place) =>
    places.has(JSON.stringify([...at, was, ...within]));
  const seen = original.map((one, was) => leavesOf(one, (within) => isHidden(was, within)));
  const sameLength = edited.length === original.length;
  const pairs = edited.flatMap((one, now): Pair[] => {
    const leaves = leavesOf(one, (_, value) => typeof value === 'string' && hidden.has(value));
    const owner = ownerOf(one, at, hidden);
    return seen.flatMap((visible, was): Pair[] => {
      if (isScalar(one) || isScalar(original[was]))
        return owner === was && isScalar(one) && isScalar(original[was])
          ? [{ now, was, shared: 0, whole: true, own: true }]
          : [];
      const shared = [...visible.keys()].filter((leaf) => leaves.has(leaf)).length;
      const added = [...leaves].filter(
        ([leaf, within]) => !visible.has(leaf) && !isHidden(was, within),
      );
      const whole = shared === visible.size && added.length === 0;
      return [{ now, was, shared, whole, own: owner === was }];
    });
  });
  const inPlace = (pair: Pair) => sameLength && pair.now === pair.was;
  // Entries that look alike are told apart by what they hide; one that was changed, by its place where nothing moved.
  const rank = (pair: Pair): number =>
    pair.whole
      ? (pair.own ? 2 : 0) + (inPlace(pair) ? 1 : 0)
      : (inPlace(pair) ? 2 : 0) + (pair.own ? 1 : 0);
  const taken = new Set<number>();
  // One that looks like another entry now is not taken for the one it was: what it hides would join the other's name.
  const alike = new Set(pairs.filter((one) => one.whole).map((one) => one.now));
  const best = pairs.toSorted(
    (a, b) => Number(b.whole) - Number(a.whole) || b.shared - a.shared || rank(b) - rank(a),
  );
  for (const pair of best) {
    if (from[pair.now] !== undefined || taken.has(pair.was)) continue;
    if (!pair.whole && (alike.has(pair.now) || (pair.shared === 0 && rank(pair) === 0))) continue;
    from[pair.now] = pair.was;
    taken.add(pair.was);
  }
  return from;
}

/** Each plain value with its path, as text, to that path. */
function leavesOf(
  value: unknown,
  leaveOut: (within: Place, value: unknown) => boolean,
): Map<string, Place> {
  const leaves = new Map<string, Place>();
  const visit = (held: unknown, within: Place): void => {
    if (isScalar(held)) {
      if (!leaveOut(within, held)) leaves.set(canonicalJson([within, held]), within);
    } else if (Array.isArray(held)) held.forEach((one, at) => visit(one, [...within, at]));
    else for (const [key, one] of Object.entries(held)) visit(one, [...within, key]);
  };
  visit(value, []);
  return leaves;
}

/** The entry whose placeholder stands in this one, where one does. */
function ownerOf(value: unknown, at: Place, hidden: HiddenValues): number | undefined {
  const place = typeof value === 'string' ? hidden.get(value.trim())?.place : undefined;
  if (place !== undefined) {
    const entry = place[at.length];
    return typeof entry === 'number' && at.every((step, n) => place[n] === step)
      ? entry
      : undefined;
  }
  if (isScalar(value)) return undefined;
  for (const one of Object.values(value)) {
    const owner = ownerOf(one, at, hidden);
    if (owner !== undefined) return owner;
  }
  return undefined;
}
