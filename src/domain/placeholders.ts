/**
 * Hidden values in a form: each has a placeholder of its own (`•••• 1-x4kq`), and comes back only where that placeholder
 * stands, in the entry that it came with. Whatever else became of one is refused with a word why. Pure.
 */
import { sha256 } from './hash.ts';
import type { Item } from './item.ts';
import { MASK, followSensitive } from './redact.ts';
import { sameEntries } from './same-entries.ts';
import { isScalar, type Place } from './sensitive-paths.ts';

/** By placeholder: where each stands in the item, and what it is. */
export type HiddenValues = ReadonlyMap<string, { place: Place; value: unknown }>;

const ANY_PLACEHOLDER = /•••• \d+-([0-9a-z]{4})/g;

/**
 * The item as a form shows it: a placeholder for each hidden value. The same item has the same placeholders each time.
 * Their ending is made of the item's id and stands nowhere in the item, so that no text in it can be taken for one.
 */
export function withPlaceholders(item: Item): { shown: Item; hidden: HiddenValues } {
  const hidden = new Map<string, { place: Place; value: unknown }>();
  if (!item.sensitive?.length) return { shown: item, hidden };
  const taken = new Set(
    [...JSON.stringify(item).matchAll(ANY_PLACEHOLDER)].map(([, ending]) => ending),
  );
  let ending = '';
  for (let round = 0; ending === '' || taken.has(ending); round += 1)
    ending = Number.parseInt(sha256(`placeholder\n${item.id}\n${round}`).slice(7, 19), 16)
      .toString(36)
      .slice(-4)
      .padStart(4, '0');
  const { value } = followSensitive(item, (held, place) => {
    if (place[0] !== 'proposal' && !(place[0] === 'action' && place[1] === 'args')) return MASK;
    const placeholder = `${MASK} ${hidden.size + 1}-${ending}`;
    hidden.set(placeholder, { place: [...place], value: held });
    return placeholder;
  });
  return { shown: value as Item, hidden };
}

/** What is wrong, and where: its place in what was edited. */
export interface Misplaced {
  place: Place;
  problem: string;
}

export type PutBack = { ok: true; value: unknown } | { ok: false; misplaced: Misplaced[] };

const quoted = (placeholder: string): string => `“${placeholder}”`;
const LEAVE = 'leave it where it was, or write the value';

/**
 * What was edited, with the hidden values in the places of their placeholders. Four dots alone are taken where only one
 * value can be meant: in a field that is in no list.
 * @param root where the edited part stands in the item: `['action', 'args']`, `['proposal']`
 * @param before the part as the item has it
 */
export function putBack(
  edited: unknown,
  before: unknown,
  root: Place,
  hidden: HiddenValues,
): PutBack {
  const misplaced: Misplaced[] = [];
  const strays: { place: Place; placeholder: string }[] = [];
  const home = new Set<string>();
  const byPlace = new Map(
    [...hidden].map(([placeholder, { place }]) => [JSON.stringify(place), placeholder]),
  );
  // What the producer itself wrote with four dots in it is a text like any other.
  const dots = JSON.stringify(before)?.includes(MASK) ?? false;

  const textBack = (text: string, was: Place | null, now: Place): unknown => {
    if (!text.includes(MASK)) return text;
    const typed = text.trim();
    const here = was === null ? undefined : byPlace.get(JSON.stringify(was));
    const inList = was?.some((step) => typeof step === 'number') ?? true;
    if (here !== undefined && (typed === here || (typed === MASK && !inList))) {
      home.add(here);
      return hidden.get(here)?.value;
    }
    const inside = [...hidden.keys()].find((placeholder) => text.includes(placeholder));
    if (hidden.has(typed)) strays.push({ place: now, placeholder: typed });
    else if (inside !== undefined)
      misplaced.push({
        place: now,
        problem: `${quoted(inside)} stands for a hidden value and can't be part of a text: leave it alone in its field, or write the value`,
      });
    else if (!dots)
      misplaced.push({ place: now, problem: `${MASK} stands for a hidden value: ${LEAVE}` });
    return text;
  };

  /** `was`: the place in the item of what this was, null for what is new. */
  const back = (value: unknown, original: unknown, was: Place | null, now: Place): unknown => {
    if (typeof value === 'string') return textBack(value, was, now);
    if (isScalar(value)) return value;
    if (Array.isArray(value)) {
      const list: unknown[] = Array.isArray(original) ? original : [];
      const from = was === null ? [] : sameEntries(value, list, was, hidden);
      return value.map((one: unknown, at) => {
        const origin = from[at];
        return origin === undefined || was === null
          ? back(one, undefined, null, [...now, at])
          : back(one, list[origin], [...was, origin], [...now, at]);
      });
    }
    const fields: object = isScalar(original) || Array.isArray(original) ? {} : original;
    if (was !== null)
      for (const key of Object.keys(fields))
        if (!Object.hasOwn(value, key) && holdsHidden([...was, key]))
          misplaced.push({ place: [...now, key], problem: missing(was) });
    return Object.fromEntries(
      Object.entries(value).map(([key, one]: [string, unknown]) => [
        key,
        was !== null && Object.hasOwn(fields, key)
          ? back(one, Reflect.get(fields, key), [...was, key], [...now, key])
          : back(one, undefined, null, [...now, key]),
      ]),
    );
  };
  const holdsHidden = (place: Place): boolean =>
    [...hidden.values()].some((one) => place.every((step, at) => one.place[at] === step));

  const value = back(edited, before, root, []);
  for (const { place, placeholder } of strays)
    misplaced.push({
      place,
      problem: home.has(placeholder)
        ? `${quoted(placeholder)} stands for a hidden value and is here a second time: write the value here`
        : `${quoted(placeholder)} stands for a hidden value of another entry or field: put it back there, or write the value here`,
    });
  return misplaced.length === 0 ? { ok: true, value } : { ok: false, misplaced };
}

/** In a list the whole entry may go. */
const missing = (was: Place): string =>
  was.some((step) => typeof step === 'number')
    ? 'is missing: put its hidden value back, or delete the whole entry'
    : 'is missing';
