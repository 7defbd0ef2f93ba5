/**
 * JSONPath (RFC 9535) as producers name sensitive values by it: `$.action.args.iban`, `$..iban`, `$['card number']`,
 * `$.payees[-1:]`. A library reads the path; it is followed here, because a producer writes it: each value is looked at
 * once a path, however many ways lead to it, and all work is counted. Filters are refused: whether a value is hidden must
 * not depend on values, which an edit can change. Pure.
 */
import parse from 'jsonpath-rfc9535/parser';

/** Where a value stands: names of fields and places in lists, from the root. */
export type Place = readonly (string | number)[];

type Ast = ReturnType<typeof parse>;
type Selector = Extract<
  Ast['segments'][number]['node'],
  { type: 'BracketedSelection' }
>['selectors'][number];

/** The path to one value; to what it is in, where it stands deeper than a path reaches. */
export const pathTo = (place: Place): string =>
  `$${place
    .slice(0, STEPS_MOST)
    .map((step) => `[${JSON.stringify(step)}]`)
    .join('')}`;

/** A value with nothing in it; a number that is kept as its digits is an object of a class, and one too. */
export const isScalar = (value: unknown): value is string | number | boolean | null | undefined =>
  typeof value !== 'object' ||
  value === null ||
  !(
    Array.isArray(value) || [Object.prototype, null].includes(Object.getPrototypeOf(value) as null)
  );

/** One bit a step, and one for the end. */
const STEPS_MOST = 30;
/** Values looked at, summed over the paths: about a tenth of a second. An item has fewer than 131,072 values. */
const LOOKS_MOST = 250_000;

/** Levels that are followed down: an item has at most 64. */
const LEVELS_MOST = 200;

/** A path as masks of bits: bit n says something of its step n. */
interface Steps {
  end: number;
  /** Steps that also reach further down: `..`. */
  deep: number;
  every: number;
  named: ReadonlyMap<string, number>;
  listed: readonly { bit: number; takes: (at: number, length: number) => boolean }[];
}

/** Why this is no path that can be followed, in words that name it; or null. */
export function pathProblem(path: string): string | null {
  const read = readPath(path);
  return 'problem' in read ? read.problem : null;
}

function readPath(path: string): { steps: Steps } | { problem: string } {
  const named = JSON.stringify(path.length > 80 ? `${path.slice(0, 79)}…` : path);
  const unquoted = path.replace(/"(?:[^"\\]|\\[^])*"?|'(?:[^'\\]|\\[^])*'?/g, '');
  if (unquoted.includes('?'))
    return { problem: `${named} has a filter (?): name the field itself, or use *` };
  let ast: Ast;
  try {
    ast = parse(path);
  } catch {
    return {
      problem: `${named} is not a path like $.action.args.iban, $.evidence[*].text, $['card number'] or $..iban (JSONPath, RFC 9535)`,
    };
  }
  if (ast.segments.length === 0)
    return { problem: `${named} names the whole item: name a field, or $.* for all` };
  if (ast.segments.length > STEPS_MOST)
    return { problem: `${named} has more than ${STEPS_MOST} steps` };
  return { steps: stepsOf(ast) };
}

function stepsOf(ast: Ast): Steps {
  let deep = 0;
  let every = 0;
  const named = new Map<string, number>();
  const listed: { bit: number; takes: (at: number, length: number) => boolean }[] = [];
  for (const [at, { type, node }] of ast.segments.entries()) {
    const bit = 1 << at;
    if (type === 'DescendantSegment') deep |= bit;
    const selectors: Selector[] =
      node.type === 'BracketedSelection'
        ? node.selectors
        : node.type === 'WildcardSelector'
          ? [node]
          : [{ type: 'NameSelector', value: node.value }];
    for (const selector of selectors) {
      switch (selector.type) {
        case 'NameSelector':
          named.set(selector.value, (named.get(selector.value) ?? 0) | bit);
          break;
        case 'WildcardSelector':
          every |= bit;
          break;
        case 'IndexSelector': {
          const { value } = selector;
          listed.push({
            bit,
            takes: (one, length) => one === (value < 0 ? value + length : value),
          });
          break;
        }
        case 'SliceSelector':
          listed.push({ bit, takes: sliceOf(selector) });
          break;
        case 'FilterSelector':
          throw new Error('a filter was let through by pathProblem');
        default:
          selector satisfies never;
      }
    }
  }
  return { end: 1 << ast.segments.length, deep, every, named, listed };
}

/** RFC 9535, 2.3.4.2.2. */
function sliceOf(slice: Extract<Selector, { type: 'SliceSelector' }>) {
  const step = slice.step ?? 1;
  return (at: number, length: number): boolean => {
    const from = (bound: number) => (bound < 0 ? bound + length : bound);
    const clamp = (bound: number, least: number, most: number) =>
      Math.min(Math.max(from(bound), least), most);
    if (step === 0) return false;
    if (step > 0) {
      const start = slice.start === null ? 0 : clamp(slice.start, 0, length);
      const end = slice.end === null ? length : clamp(slice.end, 0, length);
      return at >= start && at < end && (at - start) % step === 0;
    }
    const start = slice.start === null ? length - 1 : clamp(slice.start, -1, length - 1);
    const end = slice.end === null ? -1 : clamp(slice.end, -1, length - 1);
    return at <= start && at > end && (start - at) % step === 0;
  };
}

/** Which paths are still on their way at a value, and which of their steps come next. */
type Way = { path: number; steps: Steps; next: number };

export interface Followed {
  /** The value with what was named replaced, scalar by scalar; the same one where nothing was. */
  value: unknown;
  /** The paths that named something, by their place in `paths`. */
  matched: ReadonlySet<number>;
  /** All was hidden, because the paths took too much work to follow. */
  gaveUp: boolean;
}

/**
 * Follows all paths through a value. A list or an object that is named is replaced value by value, its keys left.
 * What is no path names nothing here: it was refused at the door (`pathProblem`).
 * @param replace what stands in a value's place
 * @param fixed values that stay whatever names them, with all that is in them
 */
export function followPaths(
  paths: readonly string[],
  value: unknown,
  replace: (value: unknown, place: Place) => unknown,
  fixed: (place: Place) => boolean = () => false,
): Followed {
  const matched = new Set<number>();
  const ways = waysOf(paths);
  let looks = 0;
  const place: (string | number)[] = [];
  const visit = (held: unknown, on: readonly Way[], hide: boolean): unknown => {
    if (held === undefined || fixed(place)) return held;
    let named = hide;
    for (const { path, steps, next } of on) {
      if ((next & steps.end) === 0) continue;
      matched.add(path);
      named = true;
    }
    if (isScalar(held)) return named ? replace(held, place) : held;
    if (!named && on.length === 0) return held;
    // Deeper than any item may be: what a path might still name there is hidden whole.
    if (place.length > LEVELS_MOST) return replace(held, place);
    const into = (one: unknown, key: string | number, child: readonly Way[]): unknown => {
      place.push(key);
      const is = visit(one, child, named);
      place.pop();
      return is;
    };
    const wayTo = (key: string | number, length: number): Way[] => {
      const child: Way[] = [];
      for (const way of on) {
        looks += 1 + (typeof key === 'number' ? way.steps.listed.length : 0);
        if (looks > LOOKS_MOST) return [];
        const next = stepInto(way, key, length);
        if (next !== 0) child.push({ path: way.path, steps: way.steps, next });
      }
      return child;
    };
    let changed = false;
    if (Array.isArray(held)) {
      const list = held.map((one: unknown, at): unknown => {
        const is = into(one, at, wayTo(at, held.length));
        changed ||= is !== one;
        return is;
      });
      return changed ? list : held;
    }
    // Own keys only, `__proto__` among them, each under its own name.
    const fields = Object.entries(held).map(([key, one]: [string, unknown]): [string, unknown] => {
      const is = into(one, key, wayTo(key, 0));
      changed ||= is !== one;
      return [key, is];
    });
    return changed ? Object.fromEntries(fields) : held;
  };
  const seen = visit(value, ways, false);
  if (looks <= LOOKS_MOST) return { value: seen, matched, gaveUp: false };
  return { value: visit(value, [], true), matched, gaveUp: true };
}

/** An item is hidden several times for one drawing: its paths are read once. */
const READ = new WeakMap<readonly string[], readonly Way[]>();

function waysOf(paths: readonly string[]): readonly Way[] {
  const known = READ.get(paths);
  if (known) return known;
  const ways = paths.flatMap((path, at): Way[] => {
    const read = readPath(path);
    return 'steps' in read ? [{ path: at, steps: read.steps, next: 1 }] : [];
  });
  READ.set(paths, ways);
  return ways;
}

/** The steps that come next at a child of a value. */
function stepInto({ steps, next }: Way, key: string | number, length: number): number {
  let takes = steps.every;
  if (typeof key === 'string') takes |= steps.named.get(key) ?? 0;
  else for (const one of steps.listed) if (one.takes(key, length)) takes |= one.bit;
  return ((next & takes) << 1) | (next & steps.deep);
}
