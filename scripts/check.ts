/**
 * `npm run check`: every script of package.json called `check:…`, side by side, in the order written there. What each
 * printed is shown whole when it ends, with its time; where one failed, so does the check.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { delimiter, resolve } from 'node:path';

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  scripts: Record<string, string>;
};
const PATH = [resolve('node_modules/.bin'), process.env['PATH']].join(delimiter);

/** Runs one script, prints what it said, and resolves with whether it passed. */
function passes(name: string, command: string): Promise<boolean> {
  const started = performance.now();
  const child = spawn(command, { shell: true, env: { ...process.env, PATH }, stdio: 'pipe' });
  const said: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => said.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
  return new Promise((resolve) => {
    child.on('close', (code) => {
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      const how = code === 0 ? 'passed' : 'failed';
      process.stdout.write(`${name} ${how} in ${seconds} s\n${Buffer.concat(said).toString()}`);
      resolve(code === 0);
    });
  });
}

const waiting = Object.entries(scripts).filter(([name]) => name.startsWith('check:'));
const failed: string[] = [];
async function work(): Promise<void> {
  for (let next = waiting.shift(); next; next = waiting.shift())
    if (!(await passes(...next))) failed.push(next[0]);
}
await Promise.all(Array.from({ length: availableParallelism() }, work));
if (failed.length > 0) process.stdout.write(`failed: ${failed.join(', ')}\n`);
process.exitCode = failed.length > 0 ? 1 : 0;
