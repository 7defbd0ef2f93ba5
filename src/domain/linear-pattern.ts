/**
 * Regular expressions that operators and producers write, run in time linear in the text (RE2's syntax and engine, by
 * re2js): a backtracking engine can be stopped for hours by 30 letters. Pure.
 */
import { RE2JS, RE2JSSyntaxException } from 're2js';

export interface LinearPattern {
  source: string;
  /** Whether the pattern occurs anywhere in the text. Takes steps in proportion to `size` × the text's length at most. */
  test(text: string): boolean;
  /** Instructions of the compiled pattern. */
  size: number;
}

/** Why it was refused, and where: UTF-16 offsets into the source. */
export interface PatternFault {
  problem: string;
  start: number;
  end: number;
}

/**
 * `re2`: as CEL has it. `ecmascript`: as JSON Schema has it; what RE2 cannot do (look-around, `\1`) is refused, a
 * character is a code point, and `\s` means blanks of ASCII.
 */
export type PatternSyntax = 're2' | 'ecmascript';

/** UTF-16 units of a pattern's source. */
export const PATTERN_MAX = 2000;
/** Instructions: some 100 words of 10 letters, or `.{1,500}`. */
export const PATTERN_SIZE_MAX = 1000;

/** Compiles a pattern. Never throws; a faulty or too big one is refused with its place. */
export function linearPattern(
  source: string,
  syntax: PatternSyntax = 're2',
): { ok: true; pattern: LinearPattern } | { ok: false; fault: PatternFault } {
  const whole = { start: 0, end: source.length };
  if (source.length > PATTERN_MAX) {
    return { ok: false, fault: { problem: `is longer than ${PATTERN_MAX} characters`, ...whole } };
  }
  if (repeats(source) > PATTERN_SIZE_MAX)
    return { ok: false, fault: { problem: TOO_BIG, ...whole } };
  try {
    const compiled = RE2JS.compile(syntax === 're2' ? source : fromEcmaScript(source));
    const size = compiled.programSize();
    if (size > PATTERN_SIZE_MAX) return { ok: false, fault: { problem: TOO_BIG, ...whole } };
    return { ok: true, pattern: { source, size, test: (text) => compiled.test(text) } };
  } catch (error) {
    return { ok: false, fault: { ...whole, ...faultOf(error, source) } };
  }
}

const TOO_BIG = 'is too big: it repeats or lists too much';

/** The sum of its counted repetitions, so that a text of 2,000 characters does not become 200,000 instructions first. */
const repeats = (source: string): number =>
  [...source.matchAll(/\{(?:\d{1,9},)?(\d{1,9})/g)].reduce(
    (sum, [, count]) => sum + Number(count),
    0,
  );

/** Throws where it is no ECMAScript pattern, or where its translation would mean something else. */
function fromEcmaScript(source: string): string {
  for (const [escape] of source.matchAll(/\\[^]/g)) {
    if (BACK_REFERENCE.test(escape)) throw new RE2JSSyntaxException('refers back', escape);
  }
  void new RegExp(source);
  return RE2JS.translateRegExp(source);
}

function faultOf(error: unknown, source: string): Partial<PatternFault> & { problem: string } {
  if (!(error instanceof RE2JSSyntaxException)) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
  const part = error.getPattern() ?? '';
  const problem = LOOK_AROUND.test(part)
    ? 'looks ahead or behind, which cannot be matched in linear time'
    : BACK_REFERENCE.test(part)
      ? 'refers back to a group, which cannot be matched in linear time'
      : error.getDescription();
  // The parser names the part that it stopped at, not its place.
  const start = part === '' ? -1 : source.indexOf(part);
  return start < 0 ? { problem } : { problem, start, end: start + part.length };
}

const LOOK_AROUND = /^\(\?<?[=!]/;
const BACK_REFERENCE = /^\\(?:[1-9]|k)/;
