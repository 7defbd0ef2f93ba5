/** A file of items: one JSON object, or one a line. Pure. */

export type ReadItem =
  | { line: number; value: object }
  | {
      line: number;
      /** Why it is no item, in words. */
      problem: string;
    };

/** Reads what was written; nothing is checked but that each is a JSON object. */
export function readItems(written: string): ReadItem[] {
  const text = written.replace(/^\uFEFF/, '');
  const whole = parse(text);
  if (whole.ok) return [readOne(1, whole.value)];
  const lines = text
    .split(/\r?\n/)
    .flatMap((line, at) => (line.trim() === '' ? [] : [{ line: at + 1, ...parse(line) }]));
  if (lines.length === 0) return [{ line: 1, problem: 'is empty' }];
  if (!lines.some((line) => line.ok && isObject(line.value)))
    return [{ line: 1, problem: `is not JSON (${whole.problem}), nor one JSON object a line` }];
  return lines.map((line) =>
    line.ok
      ? readOne(line.line, line.value)
      : { line: line.line, problem: `is not JSON (${line.problem})` },
  );
}

function readOne(line: number, value: unknown): ReadItem {
  if (isObject(value)) return { line, value };
  return {
    line,
    problem: Array.isArray(value)
      ? 'is a list: put one item a line (`jq -c .[]`)'
      : 'is not a JSON object',
  };
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parse(text: string): { ok: true; value: unknown } | { ok: false; problem: string } {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return { ok: false, problem: words.replace(/\s+/g, ' ').slice(0, 120) };
  }
}
