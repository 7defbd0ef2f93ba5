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

/** The same for an input: what cannot be seen is written as an escape, so that it is neither hidden nor lost. */
export const editableJson = (value: unknown): string =>
  jsonText(value).replace(
    /[\p{Cc}\p{Cf}\u034f\u115f\u1160\u2028\u2029\u2800\u3164\uffa0]/gu,
    (found) =>
      found === '\n'
        ? found
        : found
            .split('')
            .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
            .join(''),
  );
