/**
 * A person's change, applied to the text that they were shown. An input gives back more than what was typed: it turns
 * line breaks into its own, drops what nobody sees, trims. What was not touched stays as it was, to the byte. Pure.
 */
import { diffArrays } from 'diff';
import { unitsOf, type Unit, type UnitKind } from './text-units.ts';

/** Further apart than this, and a part is taken as written anew instead of compared. */
const MOST_WORD_CHANGES = 600;
const MOST_LETTER_CHANGES = 200;
const LONGEST_BY_LETTER = 400;
/** To find out what the input did, this many are counted. */
const MOST_TRIED_CHANGES = 100;

/** A unit that is compared, with what belongs to it and is not (`slice` has both). */
type Compared = Pick<Unit, 'slice' | 'key' | 'kind'>;

/** Why a unit may be missing although nobody took it away. */
type Droppable =
  | Exclude<UnitKind, 'ink' | 'break' | 'blank' | 'hidden'>
  /** Blanks at the end of a line; `wide`: with others than those of the keyboard. */
  | 'line_end'
  | 'wide_line_end'
  /** More than one blank line; `apart`: with blanks in them. */
  | 'more_lines'
  | 'more_lines_apart';

/**
 * `original` with the change that was made on `editableText(original)`; `original` itself where nothing was changed.
 * @param submitted as the input gave it
 */
export function applyEdit(original: string, submitted: string): string {
  const before = classed(unitsOf(original));
  const after = classed(unitsOf(submitted));
  const dropped = droppedByInput(before, after);
  const { list, start, end } = compared(before, (one) => !dropped.has(one));
  const written = compared(after, () => true).list;
  const eol = usualBreak(before.units);
  const typed = written.map((one) => (one.kind === 'break' ? { ...one, slice: eol } : one));
  return (
    start +
    merged(list, typed)
      .map((one) => one.slice)
      .join('') +
    end
  );
}

const SPACES = ['line_end', 'wide_line_end', 'more_lines', 'more_lines_apart'] as const;

/**
 * What the input has dropped. What is gone from the whole text was dropped by it; a person takes away one here and one
 * there. Which white space it leaves out is what explains best what came back.
 */
function droppedByInput(before: Classed, after: Classed): ReadonlySet<Droppable> {
  const were = new Set(before.units.flatMap(({ droppable }) => droppable ?? []));
  for (const { droppable } of after.units)
    if (droppable !== null && !isSpaces(droppable)) were.delete(droppable);
  const gone = [...were].filter((one) => !isSpaces(one));
  const written = keysOf(after, new Set());
  let best: { dropped: Set<Droppable>; changes: number } | null = null;
  for (const spaces of subsetsOf(SPACES.filter((one) => were.has(one)))) {
    const dropped = new Set<Droppable>([...gone, ...spaces]);
    const changes = changesBetween(keysOf(before, dropped), written);
    if (best === null || changes < best.changes) best = { dropped, changes };
    if (changes === 0) break;
  }
  return best?.dropped ?? new Set();
}

const isSpaces = (one: Droppable): boolean => SPACES.some((spaces) => spaces === one);

/** The smallest first. */
const subsetsOf = <T>(list: readonly T[]): T[][] =>
  list
    .reduce<T[][]>((sets, one) => [...sets, ...sets.map((set) => [...set, one])], [[]])
    .toSorted((a, b) => a.length - b.length);

/** The words and signs that are compared; a blank at a line's end is none of those between words. */
const keysOf = (text: Classed, dropped: ReadonlySet<Droppable>): string[] => {
  const units = text.units.map((one) =>
    one.droppable === 'line_end' || one.droppable === 'wide_line_end'
      ? { ...one, key: `${one.key}\n` }
      : one,
  );
  return wordsOf(compared({ ...text, units }, (one) => !dropped.has(one)).list).map((word) =>
    word.map((one) => one.key).join(''),
  );
};

/** How many words and blanks went or came. */
function changesBetween(before: readonly string[], after: readonly string[]): number {
  const { head, tail } = inCommon(before, after, (a, b) => a === b);
  const parts = diffArrays(
    before.slice(head, before.length - tail),
    after.slice(head, after.length - tail),
    { maxEditLength: MOST_TRIED_CHANGES },
  );
  return (parts ?? []).reduce(
    (total, { added, removed, count }) => total + (added || removed ? count : 0),
    parts === undefined ? Number.POSITIVE_INFINITY : 0,
  );
}

/** How many are the same at the beginning, and how many of the others at the end. */
function inCommon<T>(
  before: readonly T[],
  after: readonly T[],
  same: (a: T, b: T) => boolean,
): { head: number; tail: number } {
  const bothSame = (a: T | undefined, b: T | undefined) =>
    a !== undefined && b !== undefined && same(a, b);
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && bothSame(before[head], after[head])) head += 1;
  let tail = 0;
  while (tail < shorter - head && bothSame(before.at(-1 - tail), after.at(-1 - tail))) tail += 1;
  return { head, tail };
}

/** The line break that the text has most; a typed one is of that kind. */
function usualBreak(units: readonly Unit[]): string {
  const count = new Map<string, number>();
  for (const { kind, slice } of units)
    if (kind === 'break') count.set(slice, (count.get(slice) ?? 0) + 1);
  return [...count].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? '\n';
}

interface Classed {
  units: (Unit & { droppable: Droppable | null })[];
  /** Where the white space around the text ends, and where it begins again. */
  from: number;
  to: number;
}

/** Each unit with the class in which an input may drop it. */
function classed(units: readonly Unit[]): Classed {
  const isSpace = (unit: Unit | undefined) => unit?.kind === 'break' || unit?.kind === 'blank';
  let from = 0;
  while (isSpace(units[from])) from += 1;
  let to = units.length;
  while (to > from && isSpace(units[to - 1])) to -= 1;
  const droppable: (Droppable | null)[] = units.map(({ kind }) =>
    kind === 'ink' || kind === 'break' || kind === 'blank' || kind === 'hidden' ? null : kind,
  );
  let lineEnd: 'line_end' | 'wide_line_end' | null = null;
  for (let at = to - 1; at >= from; at -= 1) {
    const unit = units[at];
    if (unit?.kind === 'break') lineEnd = 'line_end';
    else if (unit?.kind !== 'blank') lineEnd = null;
    else if (lineEnd !== null) {
      if (unit.slice !== ' ' && unit.slice !== '\t') lineEnd = 'wide_line_end';
      droppable[at] = lineEnd;
    }
  }
  // The breaks behind the first are told from it: a paragraph that became a line has none left.
  const keys = units.map((one) => one.key);
  let [together, all] = [0, 0];
  for (let at = from; at < to; at += 1) {
    if (units[at]?.kind === 'break') {
      together += 1;
      all += 1;
      if (all > 1) keys[at] = '\n\n';
      if (together > 2) droppable[at] = 'more_lines';
      else if (all > 2) droppable[at] = 'more_lines_apart';
    } else {
      together = 0;
      if (droppable[at] !== 'line_end' && droppable[at] !== 'wide_line_end') all = 0;
    }
  }
  return {
    units: units.map((unit, at) => ({
      ...unit,
      key: keys[at] ?? unit.key,
      droppable: droppable[at] ?? null,
    })),
    from,
    to,
  };
}

/**
 * What is compared, each unit with those that belong to it and are not compared. Blanks at a line's end belong to the
 * line break behind them, all else to what stands before it.
 * @param counts whether units of that class are compared
 */
function compared(
  { units, from, to }: Classed,
  counts: (droppable: Droppable) => boolean,
): { list: Compared[]; start: string; end: string } {
  const textOf = (some: readonly Unit[]) => some.map((one) => one.slice).join('');
  const list: Compared[] = [];
  let start = textOf(units.slice(0, from));
  let ahead = '';
  for (const { droppable, slice, key, kind } of units.slice(from, to)) {
    if (droppable === null || counts(droppable)) {
      list.push({ slice: ahead + slice, key, kind });
      ahead = '';
    } else if (droppable === 'line_end' || droppable === 'wide_line_end') ahead += slice;
    else {
      const last = list.at(-1);
      // Nothing waits ahead but between a blank and its line break, where nothing else stands.
      if (last) last.slice += ahead + slice;
      else start += slice;
      ahead = '';
    }
  }
  return { list, start, end: ahead + textOf(units.slice(to)) };
}

/** `after`, with what it has in common with `before` as `before` has it. */
function merged(before: readonly Compared[], after: readonly Compared[]): Compared[] {
  const { head, tail } = inCommon(before, after, (a, b) => a.key === b.key);
  const was = before.slice(head, before.length - tail);
  const is = after.slice(head, after.length - tail);
  return [
    ...before.slice(0, head),
    ...(was.length === 0 || is.length === 0 ? is : byWord(was, is)),
    ...before.slice(before.length - tail),
  ];
}

/** Compared word by word first: single letters that two words happen to share are no sign that one became the other. */
function byWord(before: readonly Compared[], after: readonly Compared[]): Compared[] {
  return aligned(wordsOf(before), wordsOf(after), MOST_WORD_CHANGES, (was, is) => {
    const [from, to] = [was.flat(), is.flat()];
    return from.length + to.length > LONGEST_BY_LETTER ? [to] : [byLetter(from, to)];
  }).flat();
}

const byLetter = (before: readonly Compared[], after: readonly Compared[]): Compared[] =>
  aligned(
    before.map((one) => [one]),
    after.map((one) => [one]),
    MOST_LETTER_CHANGES,
    (_, is) => is.map((one) => [...one]),
  ).flat();

type Word = readonly Compared[];

/** What both have as `before` has it; each part in which they differ as `change` makes it. */
function aligned(
  before: readonly Word[],
  after: readonly Word[],
  most: number,
  change: (was: readonly Word[], is: readonly Word[]) => readonly Word[],
): Word[] {
  const keyOf = (word: Word) => word.map((one) => one.key).join('');
  const parts = diffArrays(before.map(keyOf), after.map(keyOf), { maxEditLength: most });
  if (parts === undefined) return [...after];
  const list: Word[] = [];
  let [was, is] = [0, 0];
  for (let at = 0; at < parts.length; at += 1) {
    const part = parts[at];
    if (part === undefined) break;
    if (!part.added && !part.removed) {
      list.push(...before.slice(was, was + part.count));
      was += part.count;
      is += part.count;
      continue;
    }
    const next = parts[at + 1];
    const both = next !== undefined && (next.added || next.removed) && next.added !== part.added;
    const gone = (part.removed ? part.count : 0) + (both && next.removed ? next.count : 0);
    const come = (part.added ? part.count : 0) + (both && next.added ? next.count : 0);
    list.push(...change(before.slice(was, was + gone), after.slice(is, is + come)));
    was += gone;
    is += come;
    if (both) at += 1;
  }
  return list;
}

const IN_WORD = /^[\p{L}\p{N}\p{M}]/u;

/** Runs of letters and digits as one, everything else by itself. */
function wordsOf(list: readonly Compared[]): Word[] {
  const words: Compared[][] = [];
  let open = false;
  for (const one of list) {
    const letter = one.kind === 'ink' ? IN_WORD.test(one.key) : false;
    const belongs = letter || one.kind === 'soft_hyphen' || one.kind === 'joiner';
    const last = words.at(-1);
    if (open && belongs && last) last.push(one);
    else words.push([one]);
    open = belongs;
  }
  return words;
}
