/**
 * JSON from outside, read and written without losing a digit. Pure. Every text that somebody else wrote is read here:
 * bodies of requests, files, JSON that a person edited, and rows that hold any of these. Native JSON is used wherever it
 * keeps the text's numbers; the exact reader (lossless-json) only where it would not.
 *
 * - A number that a JavaScript number does not write back as it came (`1234567890123456789`, `0.1000000000000000055`,
 *   `1e400`, `1.0`, `-0`) is an `ExactNumber`, which keeps its digits as a text.
 * - A key that stands twice in one object is refused, by its path.
 */
import { compareNumber, isLosslessNumber, LosslessNumber, parse, splitNumber } from 'lossless-json';
import { nestingProblem, withoutControls } from './keepable-json.ts';
import { duplicateKey, scanJson, type Scanned } from './scan-json.ts';

/** A number whose digits a JavaScript number would change. `String(it)` gives the digits. */
export type ExactNumber = LosslessNumber;
export type AnyNumber = number | ExactNumber;

export const isExactNumber = (value: unknown): value is ExactNumber =>
  value instanceof LosslessNumber || isLosslessNumber(value);
export const isAnyNumber = (value: unknown): value is AnyNumber =>
  typeof value === 'number' || isExactNumber(value);

/** JSON that is handed back byte for byte: its text, and the value that it says. */
export class RawJson {
  readonly text: string;
  readonly value: unknown;
  constructor(text: string, value: unknown) {
    this.text = text;
    this.value = value;
  }
}

const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** Whether JavaScript writes a JSON number back as it is written here. */
const survives = (text: string): boolean => String(Number(text)) === text;

/** A number of its digits: a JavaScript number where that keeps them. null: no number as JSON writes them. */
export function numberFrom(text: string): AnyNumber | null {
  if (!JSON_NUMBER.test(text)) return null;
  return survives(text) ? Number(text) : new LosslessNumber(text);
}

export interface JsonProblem {
  /** Path of the field: `action.args.amount`, `item` for the whole (the noun that was asked for). */
  field: string;
  problem: string;
}

export type ReadJson =
  | { ok: true; value: unknown }
  | {
      ok: false;
      problem: JsonProblem;
      /** What native JSON makes of it: to name it by, not to use. Absent where it is no JSON. */
      inexact?: unknown;
      /** Where it is no JSON: why, and at which line and column (both from 1). */
      not_json?: { why: string; line: number; column: number };
    };

/**
 * Reads a text that came from outside. `noun`: the field's name for the whole of it. `raw_field`: the top-level field whose
 * value is kept as `RawJson`, byte for byte.
 */
export const readJson = (text: string, noun: string, raw_field?: string): ReadJson =>
  readOutside(text, noun, raw_field, exactly);

/**
 * The same of a queue's job. What its producer wrote may have been a JavaScript number before it was JSON, so that an
 * integer beyond 2^53 says nothing: it comes as a plain number, which `changedNumber` finds.
 */
export const readJob = (text: string, noun: string, raw_field?: string): ReadJson =>
  readOutside(text, noun, raw_field, (digits) =>
    isWhole(digits) && !Number.isSafeInteger(Number(digits)) ? Number(digits) : exactly(digits),
  );

type ReadNumber = (digits: string) => AnyNumber;
const exactly: ReadNumber = (digits) => numberFrom(digits) ?? Number.NaN;

function readOutside(
  text: string,
  noun: string,
  raw_field: string | undefined,
  number: ReadNumber,
): ReadJson {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const found = syntaxError(text);
    const not_json = { ...found, why: withoutControls(found.why) };
    const { why, line, column } = not_json;
    const problem = `is not JSON: ${why} (line ${line}, column ${column})`;
    return { ok: false, problem: { field: noun, problem }, not_json };
  }
  const wrong = (field: string, problem: string): ReadJson => ({
    ok: false,
    problem: { field: withoutControls(field), problem: withoutControls(problem) },
    inexact: value,
  });
  const deep = nestingProblem(value);
  if (deep !== null) return wrong(noun, deep);
  const scanned = scanJson(text, survives, raw_field);
  if (scanned.keys !== countKeys(value)) return wrong(duplicateKey(text) ?? noun, TWICE);
  return { ok: true, value: read(text, value, scanned, number) };
}

/** What is wrong with a text that is no JSON. The words are those of lossless-json, which are the same on each Node. */
function syntaxError(text: string): { why: string; line: number; column: number } {
  try {
    parse(text);
  } catch (error) {
    const [, said = '', position] =
      /^(.{1,200}) at position (\d{1,9})$/s.exec(error instanceof Error ? error.message : '') ?? [];
    if (position !== undefined) {
      const lines = text.slice(0, Number(position)).split('\n');
      const why = said.startsWith('JSON') ? said : said.charAt(0).toLowerCase() + said.slice(1);
      return { why, line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
    }
  }
  return { why: 'it does not end as it begins', line: 1, column: 1 };
}

const TWICE = 'stands twice in one object';

/** The same of a text that the pager itself wrote. Throws where it is no JSON. */
export function readKept(text: string, raw_field?: string): unknown {
  const value: unknown = JSON.parse(text);
  return read(text, value, scanJson(text, survives, raw_field), exactly);
}

function read(text: string, native: unknown, scanned: Scanned, number: ReadNumber): unknown {
  const value = scanned.exact ? parse(text, null, { parseNumber: number, onDuplicateKey }) : native;
  const { raw } = scanned;
  if (raw !== null) {
    const held = value as Record<string, unknown>;
    held[raw.key] = new RawJson(raw.text, held[raw.key]);
  }
  return value;
}

/** As native JSON does it. Asked only where that was looked at before. */
const onDuplicateKey = ({ newValue }: { newValue: unknown }): unknown => newValue;

function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) for (const one of value) count += countKeys(one);
  else
    for (const key of Object.keys(value))
      count += 1 + countKeys((value as Record<string, unknown>)[key]);
  return count;
}

/** Compares two numbers by their digits, whatever form they are written in: below 0, 0, above 0. */
export const compareNumbers = (a: string, b: string): number => compareNumber(a, b);

/** Whether a number, by its digits, is a whole one: `2.0` and `1e3` are. */
export function isWhole(digits: string): boolean {
  const { digits: significant, exponent } = splitNumber(digits);
  return exponent >= significant.length - 1;
}

/** Infinity too, which is what a number beyond all doubles becomes. */
const isUnsafe = (value: number): boolean =>
  !Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value));

/** Whether a value holds anything that native JSON would not write as it came. */
export function holdsExact(value: unknown): boolean {
  // A list of what is left to look at instead of recursion, so that no depth can hurt.
  const left = [value];
  for (let at = 0; at < left.length; at += 1) {
    const one = left[at];
    if (typeof one !== 'object' || one === null) continue;
    if (one instanceof RawJson || isExactNumber(one)) return true;
    for (const held of Object.values(one))
      if (typeof held === 'object' && held !== null) left.push(held);
  }
  return false;
}

/** Writes a value as JSON, every number with all its digits. As JSON.stringify where there is none that needs it. */
export function writeJson(value: unknown, indent = 0): string {
  if (!holdsExact(value)) return JSON.stringify(value, null, indent) ?? 'null';
  return writeExactly(value, indent, '\n') ?? 'null';
}

function writeExactly(value: unknown, indent: number, line: string): string | undefined {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (value instanceof RawJson) return value.text;
  if (isExactNumber(value)) return value.value;
  if ('toJSON' in value && typeof value.toJSON === 'function') return JSON.stringify(value);
  const inner = line + ' '.repeat(indent);
  const [before, between, after] = indent === 0 ? ['', ',', ''] : [inner, `,${inner}`, line];
  if (Array.isArray(value)) {
    const parts = value.map((one) => writeExactly(one, indent, inner) ?? 'null');
    return parts.length === 0 ? '[]' : `[${before}${parts.join(between)}${after}]`;
  }
  const parts = Object.entries(value).flatMap(([key, held]) => {
    const text = writeExactly(held, indent, inner);
    return text === undefined ? [] : [`${JSON.stringify(key)}:${indent === 0 ? '' : ' '}${text}`];
  });
  return parts.length === 0 ? '{}' : `{${before}${parts.join(between)}${after}}`;
}

/** A value as one short text for people: a text as it is, a number with all its digits, anything else as compact JSON. */
export const exactText = (value: unknown): string =>
  typeof value === 'string' ? value : writeJson(value);

/**
 * The path of the first number that cannot be what its sender wrote: an integer beyond 2^53 or a -0 that came as a
 * JavaScript number, which other integers become too. null: there is none.
 */
export function changedNumber(value: unknown, path = ''): string | null {
  if (typeof value === 'number') return Object.is(value, -0) || isUnsafe(value) ? path : null;
  if (typeof value !== 'object' || value === null || isExactNumber(value)) return null;
  if (value instanceof RawJson) return changedNumber(value.value, path);
  for (const [key, held] of Object.entries(value)) {
    if (typeof held !== 'object' && typeof held !== 'number') continue;
    const here = Array.isArray(value) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;
    const found = changedNumber(held, here);
    if (found !== null) return found;
  }
  return null;
}

/** The value with each exact number as the nearest double, for those who count with it (conditions). Infinity for 1e400. */
export function asDoubles(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !holdsExact(value)) return value;
  if (isExactNumber(value)) return Number(value.value);
  if (value instanceof RawJson) return asDoubles(value.value);
  if (Array.isArray(value)) return value.map(asDoubles);
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, asDoubles(held)]));
}
