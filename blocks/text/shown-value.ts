/**
 * A value of JSON as text that stands for that value and no other: `240` is the number and `"240"` the text, lines stay
 * lines. What has no ink is marked when it is shown (`markedStart`). Pure; no depth of a value can hurt it.
 */
import { isExactNumber, writeJson, type ExactNumber } from '../../src/domain/exact-json.ts';
import { MASK, hiddenWords } from '../../src/domain/redact.ts';

/** Deeper than this, indenting would grow with the square of the depth: such values stay on one line. */
const DEEPEST_INDENTED = 24;
/** Before each line of a text that could pass for something else. */
const BAR = '│';
/** What our own words and other values look like: such a text gets quotes. */
const LOOKS_LIKE_ANOTHER =
  /^(?:["{[(│]|•••• \(hidden\)$|(?:true|false|null|yes|no|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)$|$)/;

export const isScalar = (value: unknown): value is string | number | boolean | null | ExactNumber =>
  value === null || typeof value !== 'object' || isExactNumber(value);

/** A text as it is, in quotes or behind bars where it could pass for a number, a word of ours, or JSON. */
export function valueText(value: unknown): string {
  if (typeof value !== 'string') return objectText(value);
  if (value === MASK) return hiddenWords(value);
  if (!LOOKS_LIKE_ANOTHER.test(value)) return value;
  return value.includes('\n') ? barred(value, '') : JSON.stringify(value);
}

const barred = (text: string, indent: string): string =>
  text
    .split('\n')
    .map((line) => (line === '' ? `${indent}${BAR}` : `${indent}${BAR} ${line}`))
    .join('\n');

/** Indented JSON, in which a text of several lines has its lines, each behind a bar. */
export function objectText(value: unknown, depth = 0): string {
  if (typeof value === 'string') return textInside(value, '  '.repeat(depth));
  if (isScalar(value) || depth >= DEEPEST_INDENTED) return compactText(value);
  const list = Array.isArray(value);
  const indent = '  '.repeat(depth + 1);
  const entries = list
    ? value.map((one): [string, unknown] => ['', one])
    : Object.entries(value as object).map(([key, one]): [string, unknown] => [
        `${JSON.stringify(key)}:`,
        one,
      ]);
  if (entries.length === 0) return list ? '[]' : '{}';
  const lines = entries.map(([key, one], at) => {
    const comma = at < entries.length - 1 ? ',' : '';
    const lined = typeof one === 'string' && one.includes('\n');
    const text = objectText(one, depth + 1);
    if (!lined) return `${indent}${key}${key === '' ? '' : ' '}${text}${comma}`;
    return [
      ...(key === '' ? [] : [`${indent}${key}`]),
      text,
      ...(comma === '' ? [] : [`${indent}${comma}`]),
    ].join('\n');
  });
  const [open, close] = list ? '[]' : '{}';
  return [open, ...lines, '  '.repeat(depth) + close].join('\n');
}

const textInside = (text: string, indent: string): string =>
  text.includes('\n') ? barred(text, indent) : quoted(text);

/** A hidden value in JSON has quotes as well: a text that says the same is written with an escape. */
const quoted = (text: string): string =>
  text === MASK
    ? JSON.stringify(hiddenWords(MASK))
    : JSON.stringify(text).replace(/^"•(?=••• \(hidden\)"$)/, String.raw`"\u2022`);

/** JSON on one line, by a list of what is left to write instead of recursion. */
function compactText(value: unknown): string {
  const written: string[] = [];
  const left: ({ text: string } | { value: unknown })[] = [{ value }];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if ('text' in next) {
      written.push(next.text);
      continue;
    }
    const one = next.value;
    if (typeof one === 'string') written.push(quoted(one));
    else if (isScalar(one)) written.push(writeJson(one));
    else {
      const list = Array.isArray(one);
      const parts = Object.entries(one as object).flatMap(([key, held], at) => [
        { text: `${at === 0 ? '' : ','}${list ? '' : `${JSON.stringify(key)}:`}` },
        { value: held as unknown },
      ]);
      left.push({ text: list ? ']' : '}' }, ...parts.reverse(), { text: list ? '[' : '{' });
    }
  }
  return written.join('');
}

/** On one line: for lists of changes, and where there is no room for more. */
export const valueLine = (value: unknown): string =>
  typeof value === 'string' ? valueText(value) : compactText(value);
