/** The lint over regular expressions can fail: at its line, whichever way the expression is written. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const FIXTURE = `
export const trimmed = (text: string) => text.replace(/^\\n+|\\s+$/g, '');
export const words = /^(\\w+\\s?)*$/;
const PART = '(a|a)*';
export const joined = new RegExp([PART, 'b'].join(''), 'u');
export const raw = RegExp(String.raw\`(\\d+)+\${'$'}\`);
export const unread = new RegExp(process.argv.join('|'));
export const safe = /^[a-z]{1,5}(?:-[a-z]+)*$/u;
export const division = (a: number, b: number) => a / b / 2;
`;

test('each expression that can backtrack fails, by its file and line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'check-regexps-'));
  const file = join(folder, 'fixture.ts');
  writeFileSync(file, FIXTURE);
  const { status, stderr, stdout } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'scripts/check-regexps.ts', folder],
    { encoding: 'utf8' },
  );
  rmSync(folder, { recursive: true });
  const lines = stderr
    .trim()
    .split('\n')
    .map((line) => line.slice(file.length, line.indexOf(' ', file.length)));
  expect(lines.toSorted()).toEqual([':2', ':3', ':5', ':6', ':7']);
  expect(stderr).toContain('exponential');
  expect(stderr).toContain('put together at run time');
  expect(stdout).toContain('5 regular expressions, 5 at fault');
  expect(status).toBe(1);
});
