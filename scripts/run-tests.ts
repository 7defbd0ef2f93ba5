/**
 * `npm test`: every test, with what each needs found first. What cannot run here is left out by name, with the way to
 * get it; with HITL_TESTS_COMPLETE set, leaving anything out is a failure. `--coverage` also says which lines were run.
 * The last line is the count, plain.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  numFailedTestSuites: number;
}

const projects = ['unit', 'scenario', 'crash'];
const leftOut: string[] = [];
if (spawnSync('redis-server', ['--version']).status === 0) projects.push('redis');
else
  leftOut.push(
    'the tests on Redis (test/redis): redis-server is not installed; on Debian, `apt-get install redis-server`',
  );

if (existsSync(process.env['CHROME_PATH'] ?? '/usr/bin/chromium')) projects.push('web');
else
  leftOut.push(
    'the tests in a browser (test/web): there is no chromium; on Debian, `apt-get install chromium`, elsewhere name yours in CHROME_PATH',
  );

const folder = mkdtempSync(join(tmpdir(), 'hitl-tests-'));
const file = join(folder, 'report.json');
const run = spawnSync(
  process.execPath,
  [
    'node_modules/vitest/vitest.mjs',
    'run',
    ...projects.flatMap((project) => ['--project', project]),
    ...(process.argv.includes('--coverage') ? ['--coverage'] : []),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ],
  { stdio: 'inherit' },
);

let failed = run.status !== 0;
let line = '0 passed, 1 failed, 0 skipped';
try {
  const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
  const skipped = report.numPendingTests + report.numTodoTests;
  // A file that did not load ran none of its tests: it counts as one that failed.
  const broken = Math.max(report.numFailedTests, failed ? 1 : 0);
  line = `${report.numPassedTests} passed, ${broken} failed, ${skipped} skipped`;
  if (skipped > 0) leftOut.push(`${skipped} tests that were skipped`);
} catch (error) {
  failed = true;
  process.stderr.write(`the tests left no report: ${String(error)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
for (const what of leftOut) process.stdout.write(`Left out: ${what}\n`);
if (leftOut.length > 0 && process.env['HITL_TESTS_COMPLETE']) {
  failed = true;
  process.stdout.write('All of it must run here.\n');
}
process.stdout.write(`${line}\n`);
process.exitCode = failed ? 1 : 0;
