/**
 * Every file in bad/ is a policy with something wrong in it; beside it stands what an operator must be told, word for
 * word. After a change of words that is meant: `npx vitest run test/policies/bad-policies.test.ts -u`, and read the diff.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { formatProblem, parsePolicy } from '../../policies/file/parse-policy.ts';
import { SMALL, told } from './written-policy.ts';
import { edited } from '../edited.ts';

const FOLDER = 'test/policies/bad';
const files = readdirSync(FOLDER);
const policies = files.filter((file) => file.endsWith('.yaml'));

describe('a bad policy is refused with everything that is wrong with it', () => {
  test('fifty at least, each with what must be said of it', () => {
    expect(policies.length).toBeGreaterThanOrEqual(50);
    expect(files.filter((file) => file.endsWith('.txt'))).toEqual(
      policies.map((file) => file.replace('.yaml', '.txt')),
    );
  });

  test.each(policies)('%s', async (file) => {
    const text = readFileSync(`${FOLDER}/${file}`, 'utf8');
    const parsed = parsePolicy(text);
    const problems = parsed.ok ? [] : parsed.problems;
    expect(problems.length).toBeGreaterThan(0);
    // What is said to be found stands at the line and column that are named.
    told(text);
    const words = problems.map((problem) => `${formatProblem(problem, file)}\n`).join('');
    await expect(words).toMatchFileSnapshot(`bad/${file.replace('.yaml', '.txt')}`);
  });
});

describe('size does not matter', () => {
  test('a file beyond a megabyte is refused unread', () => {
    expect(told(`${SMALL}# ${'x'.repeat(1_000_000)}\n`)).toEqual([
      'p.yaml:1:1 is larger than a megabyte: no policy is',
    ]);
  });

  test('a thousand rules, each with its own fault, are a thousand problems', () => {
    const rules = Array.from(
      { length: 1000 },
      (_, at) => `  - {id: r${at}, when: "item.confidenc > 0.${at}", route: {ask: {}}}\n`,
    );
    expect(told(edited(SMALL, ['rules: []\n', `rules:\n${rules.join('')}`]))).toHaveLength(1000);
  });
});
