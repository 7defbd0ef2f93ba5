/** In a process of its own: runs `hitl policy diff` over a file of items, and prints the rate as JSON. */
import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { run } from '../src/cli/program.ts';
import { systemClock } from '../src/domain/clock.ts';

const given = JSON.parse(process.argv[2] ?? '{}') as { old: string; new: string; items: string };
const said: string[] = [];
const began = performance.now();
const cpu = process.cpuUsage();
const code = await run(['policy', 'diff', given.old, given.new, '--items', given.items, '--json'], {
  env: {},
  clock: systemClock,
  out: (line) => void said.push(line),
  err: (line) => void process.stderr.write(`${line}\n`),
  read: (path) => readFile(path, 'utf8'),
  list: (folder) => readdir(folder),
  write: () => Promise.reject(new Error('nothing is written here')),
  lines: (path) => createInterface({ input: createReadStream(path), crlfDelay: Infinity }),
});
const seconds = (performance.now() - began) / 1000;
const { user, system } = process.cpuUsage(cpu);
const { items, changed } = JSON.parse(said.join('\n')) as { items: number; changed: number };
if (code !== 0 || changed === 0) throw new Error(`code ${code}, ${changed} of ${items} changed`);
process.stdout.write(
  JSON.stringify({
    per_second: items / seconds,
    per_cpu_second: (items * 1e6) / (user + system),
    items,
  }),
);
