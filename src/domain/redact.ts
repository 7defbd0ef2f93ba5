/**
 * The one rule for what a producer calls sensitive: it is hidden wherever an item, or what was decided of it, leaves for
 * anyone but its producer. Cards, pages, exports, PagerDuty and the command line hide by it. Pure.
 */
import type { Decision } from './decision.ts';
import type { Item } from './item.ts';
import { exactText, isAnyNumber, RawJson, readKept, writeJson } from './exact-json.ts';
import { followPaths, isScalar, pathProblem, pathTo, type Place } from './sensitive-paths.ts';

/** Stands for a hidden value. */
export const MASK = '••••';

/** What is shown for a value that is hidden whole: four dots alone look like a value. Never for a text to edit. */
export const hiddenWords = (text: string): string => (text === MASK ? `${MASK} (hidden)` : text);

/** What the pager and the card run on: hiding it would break the item, not protect anyone. */
const ALWAYS_SHOWN: ReadonlySet<unknown> = new Set([
  'id',
  'kind',
  'domain',
  'answer_schema',
  'allowed',
  'sensitive',
  'thread',
  'expires_at',
]);

/** A candidate's or option's `id` is what its button carries, and no text. */
const isFixed = (place: Place): boolean =>
  place.length === 1
    ? ALWAYS_SHOWN.has(place[0])
    : place.length === 3 &&
      place[2] === 'id' &&
      (place[0] === 'candidates' || place[0] === 'options');

/** Follows an item's own paths through it. @param replace what stands in the place of a hidden value */
export const followSensitive = (
  item: Item,
  replace: (value: unknown, place: Place) => unknown,
): ReturnType<typeof followPaths> =>
  followPaths(item.sensitive ?? [], opened(item), replace, isFixed);

/** With what `state` says in place of its text. */
const opened = (item: Item): Item =>
  item.state instanceof RawJson ? { ...item, state: item.state.value } : item;

const isNumber = (value: unknown): value is number => typeof value === 'number';

/** A hidden number or person is left out, so that each field keeps its type. */
function retyped(masked: Item): Item {
  return {
    ...masked,
    confidence: isNumber(masked.confidence) ? masked.confidence : undefined,
    impact: isNumber(masked.impact) ? masked.impact : undefined,
    source_reliability: isNumber(masked.source_reliability) ? masked.source_reliability : undefined,
    ensemble: masked.ensemble?.map((one) => ({
      ...one,
      confidence: isNumber(one.confidence) ? one.confidence : undefined,
    })),
    requester: masked.requester && {
      ...masked.requester,
      slack_user: masked.requester.slack_user === MASK ? undefined : masked.requester.slack_user,
    },
  };
}

/**
 * The item with every value that `sensitive` names replaced by `••••`: a text whole, a list or an object value by value.
 * A path that leads nowhere changes nothing.
 */
export function maskSensitive(item: Item): Item {
  if (!item.sensitive?.length) return item;
  const { value } = followSensitive(item, () => MASK);
  return value === item ? item : retyped(value as Item);
}

/** Whether something in that field of an item is hidden. */
export function hidesField(item: Item, field: keyof Item): boolean {
  let hides = false;
  if (item.sensitive?.length)
    followSensitive(item, (_, place) => {
      hides ||= place[0] === field;
    });
  return hides;
}

/** The paths of `sensitive` that name nothing in this item, or only what is always shown. */
export function unmatchedSensitivePaths(item: Item): string[] {
  if (!item.sensitive?.length) return [];
  const { matched } = followSensitive(item, () => MASK);
  return item.sensitive.filter((_, at) => !matched.has(at));
}

/** Hidden scalars of an item, with where each stands. */
export function hiddenValues(item: Item): { place: Place; value: unknown }[] {
  const found: { place: Place; value: unknown }[] = [];
  if (item.sensitive?.length)
    followSensitive(item, (value, place) => {
      found.push({ place: [...place], value });
      return MASK;
    });
  return found;
}

/** A hidden value of fewer characters may be anybody's: it is known again only under the same name. */
const TELLING = 4;
const telling = (value: unknown): string | null => {
  if (typeof value !== 'string' && !isAnyNumber(value)) return null;
  const written = exactText(value).trim();
  return written.length < TELLING ? null : written;
};
const nameOf = (place: Place): unknown => place.findLast((one) => typeof one === 'string');

/** What takes the place of a part of an item: of the shape that the part had. */
type Edited = { action: Decision['action'] } | { proposal: unknown };

/**
 * The item with an edited part in place of its own. Its paths follow what they hid: an edit can move an entry of a list
 * to another place, and what was hidden there stays hidden.
 */
export function withEdited(item: Item, edited: Edited): Item {
  const changed = { ...item, ...edited } as Item;
  if (!item.sensitive?.length) return changed;
  const known = hiddenValues(item);
  const texts = new Set(known.map((one) => telling(one.value)).filter((text) => text !== null));
  const named = new Set(known.map((one) => JSON.stringify([nameOf(one.place), one.value])));
  const moved = new Set<string>();
  followPaths(['$.action.args', '$.proposal'], maskSensitive(changed), (one, place) => {
    if (texts.has(telling(one) ?? '') || named.has(JSON.stringify([nameOf(place), one])))
      moved.add(pathTo(place));
    return one;
  });
  return moved.size === 0 ? changed : { ...changed, sensitive: [...item.sensitive, ...moved] };
}

const maskPart = (item: Item, edited: Edited): Item => maskSensitive(withEdited(item, edited));

/** The same for what was decided: an edit carries the item's own fields, and an answer the words of an option. */
export function maskDecision<D extends Pick<Decision, 'outcome' | 'action' | 'answer' | 'choice'>>(
  item: Item,
  decision: D,
): D {
  if (!item.sensitive?.length) return decision;
  const { action, answer, choice } = decision;
  const editedText = decision.outcome === 'edited' && !action;
  return {
    ...decision,
    action: action && maskPart(item, { action }).action,
    answer: editedText
      ? maskPart(item, { proposal: answer }).proposal
      : maskAnswer(item, answer, choice),
  };
}

/** A prepared answer is the option's own words, hidden where the option's are. */
export function maskAnswer<A>(item: Item, answer: A, choice: string | undefined): A | string {
  const at = item.options?.findIndex((one) => one.id === choice) ?? -1;
  const [option, shown] = [item.options?.[at], maskSensitive(item).options?.[at]];
  if (!option || !shown) return answer;
  if (answer === option.prefill) return shown.prefill ?? answer;
  return answer === option.label ? shown.label : answer;
}

/** The same for what an edit put in the place of the arguments or the proposal, or for what was there. */
export function maskEdited(item: Item, edited: unknown): unknown {
  return item.kind === 'approval' && item.action !== undefined
    ? maskPart(item, { action: { name: item.action.name, args: edited as Arguments } }).action?.args
    : maskPart(item, { proposal: edited }).proposal;
}

type Arguments = NonNullable<Decision['action']>['args'];

/**
 * The last net under our own sentences, which may quote a person or an older record: exact hidden texts and long numbers
 * of an item are dotted out. What is hidden is hidden by its path first.
 */
export function hideIn(item: Item | null, sentence: string): string {
  if (!item?.sensitive?.length) return sentence;
  const texts = new Set(
    hiddenValues(item)
      .map((one) => telling(one.value))
      .filter((text) => text !== null),
  );
  let shown = sentence;
  for (const text of [...texts].toSorted((a, b) => b.length - a.length))
    shown = shown.replaceAll(text, MASK);
  return shown;
}

/**
 * A payload that could not be taken as an item, to be looked at: what its own `sensitive` names is hidden, everything
 * where that cannot be followed, and of a callback's address what opens doors.
 */
export function hidePayload(payload: string): string {
  let value: unknown;
  try {
    value = readKept(payload);
  } catch {
    return /"sensitive"|'sensitive'/.test(payload)
      ? '(hidden: it names sensitive values, and is not JSON that they could be found in)'
      : hideCredentials(payload);
  }
  if (isScalar(value) || Array.isArray(value) || value === undefined)
    return hideCredentials(payload);
  const named: unknown = Reflect.get(value, 'sensitive');
  if (named === undefined || named === null) return hideCredentials(payload);
  const paths = Array.isArray(named) ? named : [named];
  const good = paths.every(
    (path): path is string => typeof path === 'string' && pathProblem(path) === null,
  );
  const { value: shown } = followPaths(
    good ? paths : ['$.*'],
    value,
    () => MASK,
    (place) => place.length === 1 && ALWAYS_SHOWN.has(place[0]),
  );
  return hideCredentials(writeJson(shown, 2));
}

/** User names, passwords and queries of addresses in a text. */
export const hideCredentials = (text: string): string =>
  text.replace(
    /(https?:)(\\?\/\\?\/)([^\s"'<>]*)/gi,
    (_, scheme: string, slashes: string, rest: string) => {
      const [address = '', ...query] = rest.split('?');
      const end = address.search(/\\?\//);
      const authority = end < 0 ? address : address.slice(0, end);
      const at = authority.lastIndexOf('@');
      const shown = at < 0 ? address : `${MASK}${address.slice(at)}`;
      return `${scheme}${slashes}${shown}${query.length === 0 ? '' : `?${MASK}`}`;
    },
  );
