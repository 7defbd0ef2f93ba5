import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { VARIABLES } from '../../../src/config/variables.ts';
import { hitl } from './terminal.ts';

describe('hitl --help', () => {
  it('is enough to find one’s way: commands in groups, examples, every variable, exit codes', async () => {
    const { code, out } = await hitl(['--help']);
    expect(code).toBe(0);
    for (const group of ['The pager:', 'Items:', 'The policy:', 'The record:'])
      expect(out).toContain(`\n${group}\n`);
    for (const command of ['start', 'doctor', 'migrate', 'submit', 'policy', 'audit'])
      expect(out).toMatch(new RegExp(`^  ${command}\\b`, 'm'));
    for (const { name } of [...VARIABLES, { name: 'HITL_URL' }])
      expect(out).toMatch(new RegExp(`^  ${name} +\\S`, 'm'));
    expect(out).toMatch(/^ {2}hitl doctor/m);
    expect(out).toContain('Exit codes:');
    expect(out.split('\n').filter((line) => line.length > 100)).toEqual([]);
    expect(out.indexOf('Commands')).toBeLessThan(out.indexOf('Environment:'));
  });

  it.each([
    [['doctor', '--help'], '--json'],
    [['submit', '--help'], 'HITL_API_TOKEN'],
    [['policy', '--help'], 'explain'],
    [['policy', 'explain', '--help'], '--policy <file>'],
    [['audit', 'verify', '--help'], '--expect <hash>'],
  ])('and %j says more', async (args, words) => {
    const { code, out } = await hitl(args);
    expect(code).toBe(0);
    expect(out).toContain(words);
  });

  it('the version is the package’s', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(await hitl(['--version'])).toMatchObject({ code: 0, out: version });
  });
});

describe('called wrongly, it says so and exits 2', () => {
  it.each([
    [[], 'Usage: hitl'],
    [['policy'], 'Usage: hitl policy'],
    [['sumbit'], 'Did you mean submit?'],
    [['submit'], "missing required argument 'file'"],
    [['doctor', '--jsno'], "unknown option '--jsno'"],
    [['migrate', 'now'], 'too many arguments'],
    [['audit', 'verify', '--expect', 'abc'], 'sha256: and 64 hex digits'],
    [['submit', 'nothing.json'], 'nothing.json: there is no such file'],
    [['policy', 'check', 'nothing.yaml'], 'nothing.yaml: there is no such file'],
  ])('%j', async (args, words) => {
    const { code, out, err } = await hitl(args);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(words);
    expect(err).not.toMatch(/\n\s+at /);
  });
});
