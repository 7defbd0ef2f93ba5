/**
 * Numbers that the pager counts with (a confidence, an impact) are doubles, whatever form they came in: `1.0`, `7e0`. One
 * with more digits than a double can have is refused by name, not rounded. Pure.
 */
import { splitNumber } from 'lossless-json';
import { changedNumber, holdsExact, isExactNumber, RawJson } from './exact-json.ts';

/** One thing that is wrong with what came in: where (`action.args`, `item` for the whole) and what. */
export type FieldError = { field: string; problem: string };

const TOO_MANY_DIGITS = 'has more digits than are kept here: round it, or write it as a text';
/** A double written out needs no more significant digits (IEEE 754). */
const DIGITS_MOST = 17;

/** Fields that are handed back or run: their numbers keep every digit. All others the pager counts with. */
const KEPT_WHOLE: ReadonlySet<string> = new Set(['action', 'proposal', 'state']);
/** Said of a number that came as a JavaScript number, see `changedNumber`. */
export const WRITE_AS_TEXT =
  'is a number whose digits may have been lost on the way here: write it as a text';

/** The item with its exact numbers as doubles, but for fields that keep every digit. The input itself stays as it is. */
export function asMeasures(input: object): { value: object; errors: FieldError[] } {
  const errors: FieldError[] = [];
  const measured = Object.entries(input).map(([key, held]): [string, unknown] => [
    key,
    KEPT_WHOLE.has(key) ? held : measure(held, key, errors),
  ]);
  const same = measured.every(([key, held]) => held === (input as Record<string, unknown>)[key]);
  return { value: same ? input : Object.fromEntries(measured), errors };
}

function measure(value: unknown, path: string, errors: FieldError[]): unknown {
  if (isExactNumber(value)) {
    if (splitNumber(value.value).digits.length > DIGITS_MOST)
      errors.push({ field: path, problem: TOO_MANY_DIGITS });
    return Number(value.value) + 0;
  }
  if (value === 0) return 0;
  if (typeof value !== 'object' || value === null || !holdsMeasure(value)) return value;
  if (value instanceof RawJson) return value;
  if (Array.isArray(value)) return value.map((one, at) => measure(one, `${path}[${at}]`, errors));
  return Object.fromEntries(
    Object.entries(value).map(([key, held]) => [key, measure(held, `${path}.${key}`, errors)]),
  );
}

const holdsMeasure = (value: object): boolean => holdsExact(value) || changedNumber(value) !== null;
