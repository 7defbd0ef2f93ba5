/** A file of items: one JSON object, or one a line. Pure. */
import { isExactNumber, readJson, type ReadJson } from '../domain/exact-json.ts';

export type ReadItem =
  | {
      line: number;
      /** As `readJson` reads it. */
      value: object;
    }
  | {
      line: number;
      /** Why it is no item, in words. */
      problem: string;
    };

/** Reads what was written; nothing is checked but that each is a JSON object. */
export function readItems(written: string): ReadItem[] {
  const text = written.replace(/^\uFEFF/, '');
  const whole = read(text);
  // What is JSON is one item, be it a bad one.
  if (whole.ok || whole.not_json === undefined) return [readOne(1, whole)];
  const lines = text
    .split(/\r?\n/)
    .flatMap((line, at) => (line.trim() === '' ? [] : [{ line: at + 1, ...read(line) }]));
  if (lines.length === 0) return [{ line: 1, problem: 'is empty' }];
  if (!lines.some((line) => isObject(line.ok ? line.value : line.inexact)))
    return [
      {
        line: 1,
        problem: `${inShort(whole.problem.problem)}, nor one JSON object a line`,
      },
    ];
  return lines.map((line) => readOne(line.line, line));
}

function readOne(line: number, read: ReadJson): ReadItem {
  if (!read.ok) {
    const { field, problem } = read.problem;
    if (read.not_json !== undefined) {
      const { why, column } = read.not_json;
      return { line, problem: `is not JSON: ${inShort(why)} (column ${column})` };
    }
    return { line, problem: field === 'item' ? problem : `${field} ${problem}` };
  }
  const { value } = read;
  if (isObject(value)) return { line, value };
  return {
    line,
    problem: Array.isArray(value)
      ? 'is a list: put one item a line (`jq -c .[]`)'
      : 'is not a JSON object',
  };
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isExactNumber(value);

const read = (text: string): ReadJson => readJson(text, 'item', 'state');

const inShort = (words: string): string => words.replace(/\s+/g, ' ').slice(0, 120);
