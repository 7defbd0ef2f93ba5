/** How fast the record is written out and verified, by the command line as it ships, and how much memory that takes. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { longHistory } from './history.ts';
import { atLeast, atMost, type Measured } from './number.ts';
import { ROOT } from './processes.ts';
import type { Bench } from './stage.ts';

const OF = 'export';
const MEMORY_MB = 400;

export async function measureExport(bench: Bench): Promise<Measured[]> {
  const { file, items } = await longHistory(bench);
  const numbers: Measured[] = [];
  for (const [what, format] of [
    ['items', 'csv'],
    ['decisions', 'csv'],
    ['decisions', 'jsonl'],
    ['audit', 'jsonl'],
  ] as const) {
    const ran = await run('export', what, '--format', format, '--db', file);
    const rows = Number(/^(\d+) /.exec(ran.said)?.[1]);
    bench.say(`export ${what} ${format}: ${rows} in ${ran.seconds.toFixed(1)} s`);
    numbers.push({
      of: OF,
      what: `${what} as ${format}`,
      unit: 'rows/s',
      measured: rows / ran.seconds,
      limit: atLeast(50_000),
      note: `${rows} rows`,
    });
    if (what === 'items')
      numbers.push({
        of: OF,
        what: 'peak memory',
        unit: 'MB',
        measured: ran.peak_mb,
        limit: atMost(MEMORY_MB),
        note: `${items} items; the same for a tenth of them`,
      });
  }
  numbers.push(...(await measureVerify(bench, file)));
  return numbers;
}

/** The chain alone, of an exported log; and the chain with every row that it covers. */
async function measureVerify(bench: Bench, file: string): Promise<Measured[]> {
  const log = `${file}.jsonl`;
  await run('export', 'audit', '--format', 'jsonl', '--db', file, '--out', log);
  const measured = async (what: string, ...args: string[]): Promise<Measured> => {
    const ran = await run('audit', 'verify', ...args, '--json');
    const { entries } = JSON.parse(ran.printed) as { entries: number };
    bench.say(`verify ${what}: ${entries} entries in ${ran.seconds.toFixed(1)} s`);
    return {
      of: OF,
      what: `audit verify, ${what}`,
      unit: 'entries/s',
      measured: entries / ran.seconds,
      limit: atLeast(100_000),
      note: `${entries} entries`,
    };
  };
  return [
    await measured('the chain', '--file', log),
    await measured('the chain and all rows', '--db', file),
  ];
}

/** Runs `hitl` with what it writes thrown away. Throws where it does not end well. */
async function run(
  ...args: string[]
): Promise<{ seconds: number; peak_mb: number; said: string; printed: string }> {
  const began = performance.now();
  const child = spawn(process.execPath, [join(ROOT, 'dist/src/main.js'), ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let peak_mb = 0;
  let printed = '';
  // An export is thrown away; a report is short.
  child.stdout.on('data', (part: Buffer) => {
    if (printed.length < 100_000) printed += part.toString();
  });
  child.stderr.on('data', (part: Buffer) => {
    said += part.toString();
  });
  const look = setInterval(() => {
    readFile(`/proc/${child.pid}/status`, 'utf8')
      .then((status) => {
        peak_mb = Math.max(peak_mb, Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024);
      })
      .catch(() => {});
  }, 50);
  const [code] = (await once(child, 'close')) as [number | null];
  clearInterval(look);
  if (code !== 0) throw new Error(`hitl ${args.join(' ')} ended with ${code}: ${said}`);
  return { seconds: (performance.now() - began) / 1000, peak_mb, said, printed };
}
