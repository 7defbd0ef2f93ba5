/** How many items a second `hitl policy diff` runs through two policies: a process of its own, from its start to its end. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { unsureItem } from './items.ts';
import { atLeast, median, type Measured } from './number.ts';
import type { Bench } from './stage.ts';

const run = promisify(execFile);
const OLD = 'policies/default.yaml';

export async function measurePolicy(bench: Bench): Promise<Measured[]> {
  const items = bench.quick ? 20_000 : 100_000;
  const folder = await mkdtemp(join(tmpdir(), 'hitl-bench-policy-'));
  try {
    const file = join(folder, 'items.jsonl');
    const changed = join(folder, 'new.yaml');
    await writeFile(file, Array.from({ length: items }, (_, at) => line(at)).join(''));
    const policy = await readFile(OLD, 'utf8');
    await writeFile(changed, policy.replace('item.confidence < 0.60', 'item.confidence < 0.70'));
    const rates: number[] = [];
    for (let round = 0; round < (bench.quick ? 1 : 3); round += 1) {
      const began = performance.now();
      const { stdout } = await run(process.execPath, [
        'dist/src/main.js',
        ...['policy', 'diff', OLD, changed, '--items', file, '--json'],
      ]);
      const seconds = (performance.now() - began) / 1000;
      const { items: compared, changed: moved } = JSON.parse(stdout) as Record<string, number>;
      if (compared !== items || !moved) throw new Error(`compared ${compared}, ${moved} changed`);
      rates.push(items / seconds);
    }
    return [
      {
        of: 'policy',
        what: 'policy diff, items through both policies',
        unit: 'items/s',
        measured: median(rates),
        limit: atLeast(10_000),
        note: `${items} items of ${Math.round(Buffer.byteLength(line(0)))} bytes, one process, its start included`,
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Confidence and impact go through all that the rules tell apart. */
const line = (at: number): string =>
  `${JSON.stringify({
    ...unsureItem(`item-${at}`),
    confidence: (at % 100) / 100,
    impact: at % 10,
    ensemble: [{ source: 'another model', answer: at % 7 === 0 ? 'no' : 'yes' }],
  })}\n`;
