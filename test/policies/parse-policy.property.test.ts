import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parsePolicy } from '../../policies/file/parse-policy.ts';
import { lettingThrough } from './written-policy.ts';
import { runs } from '../runs.ts';

const shipped = readFileSync('policies/default.yaml', 'utf8');

describe('no text whatever makes it throw', () => {
  const problemsAreUsable = (text: string) => {
    const parsed = parsePolicy(text);
    if (parsed.ok) return;
    expect(parsed.problems.length).toBeGreaterThan(0);
    const lines = text.split('\n').length;
    for (const { line, column, problem, found } of parsed.problems) {
      expect(line).toBeGreaterThanOrEqual(1);
      expect(line).toBeLessThanOrEqual(lines + 1);
      expect(column).toBeGreaterThanOrEqual(1);
      expect(problem).not.toBe('');
      expect(found).not.toContain('\n');
    }
  };

  test('random text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), problemsAreUsable), {
      numRuns: runs(200),
    });
  });

  test('the policy that ships, damaged', () => {
    const pieces = [...new Set(shipped.split(/\b/))];
    const piece = fc.oneof(
      fc.constantFrom(...pieces),
      fc.constantFrom('null', '[]', '{}', '-', ': ', '!!set', '&a', '*a', '<<', '"', '__proto__'),
      fc.string({ maxLength: 5 }),
    );
    const damage = fc.record({
      at: fc.nat(shipped.length),
      cut: fc.nat(30),
      put: piece,
    });
    fc.assert(
      fc.property(fc.array(damage, { minLength: 1, maxLength: 3 }), (damages) => {
        const text = damages.reduce(
          (whole, { at, cut, put }) => whole.slice(0, at) + put + whole.slice(at + cut),
          shipped,
        );
        problemsAreUsable(text);
      }),
      { numRuns: runs(120) },
    );
  });

  test.each([
    ['a hundred thousand brackets', '['.repeat(100_000)],
    ['a hundred thousand dashes', '- '.repeat(100_000)],
    [
      'four hundred maps, each in the other',
      Array.from({ length: 400 }, (_, at) => `${' '.repeat(at)}a:`).join('\n'),
    ],
    [
      'a laugh that doubles',
      `a: &a [x]\n${Array.from({ length: 40 }, (_, at) => `k${at}: &k${at} [*${at === 0 ? 'a' : `k${at - 1}`}, *a]`).join('\n')}`,
    ],
    ['two megabytes', 'x'.repeat(2_000_000)],
    ['a condition of ten thousand brackets', lettingThrough('('.repeat(10_000))],
    [
      'a condition of ten thousand parts',
      lettingThrough(Array.from({ length: 10_000 }, () => 'valid').join(' && ')),
    ],
  ])('%s', (_, text) => {
    expect(parsePolicy(text).ok).toBe(false);
    problemsAreUsable(text);
  });
});
