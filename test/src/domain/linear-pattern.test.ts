import { describe, expect, it } from 'vitest';
import { linearPattern, PATTERN_MAX } from '../../../src/domain/linear-pattern.ts';

const compiled = (source: string, syntax?: 're2' | 'ecmascript') => {
  const read = linearPattern(source, syntax);
  if (!read.ok) throw new Error(`${source}: ${read.fault.problem}`);
  return read.pattern;
};
const faultOf = (source: string, syntax?: 're2' | 'ecmascript') => {
  const read = linearPattern(source, syntax);
  if (read.ok) throw new Error(`${source} was taken`);
  return { ...read.fault, text: source.slice(read.fault.start, read.fault.end) };
};

describe('a linear pattern', () => {
  it.each([
    ['(?i)refund', 'REFUND for 88', true],
    ['(?s)a.b', 'a\nb', true],
    ['a.b', 'a\nb', false],
    ['(?m)^b$', 'a\nb', true],
    ['^b$', 'a\nb', false],
    [String.raw`^\pL+$`, 'Käse', true],
    [String.raw`\bcharge(back)?s?\b`, 'two chargebacks', true],
    [String.raw`^\Qa.b\E\z`, 'a.b', true],
    ['^.$', '😀', true],
  ])('has the syntax of RE2: %s', (source, text, is) => {
    expect(compiled(source).test(text)).toBe(is);
  });

  it.each([
    [String.raw`^[A-Z]{2}\d{6}$`, 'DE123456', true],
    [String.raw`^[A-Z]{2}\d{6}$`, 'DE12345', false],
    [String.raw`^\u0041(?<rest>[^]*)$`, 'A\nb', true],
    [String.raw`^\p{Lu}\-\/$`, 'Ä-/', true],
    ['b', 'abc', true],
  ])('has the syntax of JSON Schema: %s', (source, text, is) => {
    expect(compiled(source, 'ecmascript').test(text)).toBe(is);
  });

  it.each([
    ['a(b', 're2', 'a(b', 'missing closing )'],
    ['x[z-a]', 're2', 'z-a', 'invalid character class range'],
    ['ab**', 're2', '**', 'invalid nested repetition operator'],
    ['x(?<!a)b', 're2', '(?<!a)b', 'looks ahead or behind'],
    [String.raw`(a)\1`, 're2', String.raw`\1`, 'refers back'],
    [String.raw`(a)\1`, 'ecmascript', String.raw`\1`, 'refers back'],
    [String.raw`\\\\(?<a>b)\k<a>`, 'ecmascript', String.raw`\k`, 'refers back'],
    [String.raw`\d+(?!x)`, 'ecmascript', '(?!', 'looks ahead or behind'],
    ['(?<=a)b', 'ecmascript', '(?<=a)b', 'looks ahead or behind'],
    ['(?i)a', 'ecmascript', '(?i)a', 'Invalid'],
  ] as const)('is refused at its place: %s (%s)', (source, syntax, text, problem) => {
    const fault = faultOf(source, syntax);
    expect(fault.text).toBe(text);
    expect(fault.problem).toContain(problem);
  });

  it.each([
    [String.raw`\pL{1000}`, 200, 'too big'],
    ['(a|b)?', 300, 'too big'],
    ['a', PATTERN_MAX + 1, 'is longer than'],
  ])('is refused where it is too much: %s %i times', (part, times, problem) => {
    expect(faultOf(part.repeat(times)).problem).toContain(problem);
  });

  it('takes an escaped backslash before a digit for what it is', () => {
    expect(compiled(String.raw`^\\1$`, 'ecmascript').test(String.raw`\1`)).toBe(true);
  });

  it.each([
    String.raw`^(\w+\s?)*$`,
    '(a+)+$',
    '(a|aa)+$',
    '(x+x+)+y',
    String.raw`^(([a-z])+.)+[A-Z]([a-z])+$`,
  ])('answers on what stops a backtracking engine: %s', (source) => {
    expect(compiled(source).test(`${'a'.repeat(100_000)}!`)).toBe(false);
  });
});
