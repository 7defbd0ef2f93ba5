/** JSON as a person reads and edits it. Pure. */
import { isExactNumber, writeJson, type ExactNumber } from '../../src/domain/exact-json.ts';

/** Deeper than this, indenting would grow with the square of the depth: such values stay on one line. */
const DEEPEST_INDENTED = 24;
const DEEPEST_SHOWN = 400;

/** How deep a value is nested, counted no further than `limit`; without recursion, so that no depth can hurt. */
function depthOf(value: unknown, limit: number): number {
  let level: unknown[] = [value];
  for (let depth = 0; depth <= limit; depth += 1) {
    level = level.flatMap((one) =>
      typeof one === 'object' && one !== null && !isExactNumber(one)
        ? (Object.values(one) as unknown[])
        : [],
    );
    if (level.length === 0) return depth;
  }
  return limit + 1;
}

export const isScalar = (value: unknown): value is string | number | boolean | null | ExactNumber =>
  value === null || typeof value !== 'object' || isExactNumber(value);

/** A value as JSON: indented where that reads better; one too deep to read says so. */
export function jsonText(value: unknown): string {
  const depth = depthOf(value, DEEPEST_SHOWN);
  if (depth > DEEPEST_SHOWN) return '(nested too deep to show)';
  return writeJson(value, depth > DEEPEST_INDENTED ? 0 : 2);
}

/** What an input hides or spells its own way: controls, formats, blanks of other kinds, variation selectors, fillers. */
const NOT_KEPT =
  /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800\u1160-\u11ff]|(?! )\p{Zs}/u;
/** An escape of JSON, or a character, with the marks on it: an input may compose them. */
const WITH_MARKS = /\\(?:u[\da-f]{4}|[^u])\p{M}*|\P{M}\p{M}*|\p{M}+/gu;

const escaped = (text: string): string =>
  text
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');

/** The same for an input: what it would hide or change is written as an escape, so that it comes back as it was. */
export const editableJson = (value: unknown): string =>
  jsonText(value).replace(WITH_MARKS, (found) => {
    if (found === '\n') return found;
    if (found.startsWith('\\')) {
      const size = found.startsWith('\\u') ? 6 : 2;
      return found.slice(0, size) + escaped(found.slice(size));
    }
    if (found.normalize('NFC') !== found) return escaped(found);
    // A mark that is kept would join the last digit of an escape before it.
    const at = found.search(NOT_KEPT);
    return at < 0 ? found : found.slice(0, at) + escaped(found.slice(at));
  });
