/**
 * What a condition may cost. Loops, patterns, and what goes over a whole text or list inside a loop count steps
 * (`metered-text.ts` puts the counting in); an evaluation that takes too many ends as an error, which asks a person. An
 * item has up to 256 KiB: two nested loops over its lists would run for hours.
 */
import type { Environment } from '@marcbachmann/cel-js';
import { linearPattern, type LinearPattern } from '../../src/domain/linear-pattern.ts';
import { COUNTED, METERED, STEP, STEP_OR_FAIL } from './metered-text.ts';
import type { Sight } from './condition-scope.ts';

/** Steps of one evaluation, of some 10 to 30 ns each: some 0.2 s at worst. */
export const STEPS_MAX = 5_000_000;
/** Characters that one step compares, copies or searches. */
const CHARACTERS_A_STEP = 16;

/** Evaluations do not overlap: they are synchronous. */
const meter = { left: 0, item: 0 };

function spend(steps: number): boolean {
  meter.left -= steps;
  return meter.left >= 0;
}

const patterns = new Map<string, LinearPattern>();

function patternOf(source: string): LinearPattern {
  const known = patterns.get(source);
  if (known) return known;
  const read = linearPattern(source);
  if (!read.ok) throw new Error(`the pattern ${read.fault.problem}`);
  const [oldest] = patterns.keys();
  if (patterns.size >= 500 && oldest !== undefined) patterns.delete(oldest);
  patterns.set(source, read.pattern);
  return read.pattern;
}

/** Gives an environment what the metered text calls. */
export function registerMeter(cel: Environment): Environment {
  cel.registerFunction(`${STEP}(int, int): bool`, (nodes: bigint, wholes: bigint) =>
    spend(Number(nodes) + (Number(wholes) * meter.item) / CHARACTERS_A_STEP),
  );
  cel.registerFunction(`${STEP_OR_FAIL}(int, int): bool`, (nodes: bigint, wholes: bigint) => {
    if (spend(Number(nodes) + (Number(wholes) * meter.item) / CHARACTERS_A_STEP)) return true;
    throw new Error('too many steps');
  });
  cel.registerFunction(`${COUNTED}(dyn): dyn`, (value: unknown) => {
    spend(sizeOf(value));
    return value;
  });
  cel.registerFunction(`string.matches${METERED}(string): bool`, (text: string, source: string) => {
    const pattern = patternOf(source);
    // At worst each character meets each instruction; as a rule the engine takes one step a character.
    return spend((text.length * pattern.size) / 4) && pattern.test(text);
  });
  // V8 looks for a last occurrence by comparing at each place.
  const last = (text: string, part: string, from: number): bigint =>
    spend((text.length * part.length) / CHARACTERS_A_STEP)
      ? BigInt(text.lastIndexOf(part, from))
      : -1n;
  cel.registerFunction(`string.lastIndexOf${METERED}(string): int`, (text: string, part: string) =>
    last(text, part, Infinity),
  );
  cel.registerFunction(
    `string.lastIndexOf${METERED}(string, int): int`,
    (text: string, part: string, from: bigint) => {
      if (from < 0n || from >= BigInt(text.length)) throw new Error('lastIndexOf: out of range');
      return last(text, part, Number(from));
    },
  );
  return cel;
}

const sizeOf = (value: unknown): number =>
  typeof value === 'string'
    ? value.length / CHARACTERS_A_STEP
    : Array.isArray(value)
      ? value.length
      : value instanceof Map
        ? 1
        : 0;

/** Runs a program under the meter. Throws where it fails, and where it takes more than `STEPS_MAX` steps. */
export function runMetered(run: (variables: Sight['variables']) => unknown, sight: Sight): unknown {
  meter.left = STEPS_MAX;
  meter.item = lengthOf(sight);
  let result: unknown;
  try {
    result = run(sight.variables);
  } catch (error) {
    if (meter.left >= 0) throw withoutMeter(error);
  }
  // A loop may have swallowed it: `all` and `exists` go on after an error.
  if (meter.left < 0) throw new Error('it takes too many steps over this item');
  return result;
}

const lengths = new WeakMap<object, number>();

/** About how many characters an item has. */
function lengthOf(sight: Sight): number {
  const { given, errors } = sight.facts;
  let length = lengths.get(sight);
  if (length === undefined) {
    length = JSON.stringify(given ?? errors).length;
    lengths.set(sight, length);
  }
  return length;
}

/** The error in the words of the condition as it was written. */
const withoutMeter = (error: unknown): unknown =>
  error instanceof Error && error.message.includes(METERED)
    ? new Error(error.message.replaceAll(METERED, ''), { cause: error })
    : error;
