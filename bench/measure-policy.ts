/** How many items a second `hitl policy diff` runs through two policies, reading them from a file. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unsureItem } from './items.ts';
import { atLeast, type Measured } from './number.ts';
import { runChild } from './processes.ts';
import type { Bench } from './stage.ts';

const OF = 'policy';
const OLD = 'policies/default.yaml';

interface Replayed {
  per_second: number;
  /** Of CPU time, user and system: what one core does when nothing else runs on it. */
  per_cpu_second: number;
  items: number;
}

export async function measurePolicy(bench: Bench): Promise<Measured[]> {
  const count = bench.quick ? 20_000 : 100_000;
  const folder = await mkdtemp(join(tmpdir(), 'hitl-bench-policy-'));
  try {
    const items = join(folder, 'items.jsonl');
    const changed = join(folder, 'new.yaml');
    await writeFile(items, Array.from({ length: count }, (_, at) => line(at)).join(''));
    const policy = await readFile(OLD, 'utf8');
    await writeFile(changed, policy.replace('item.confidence < 0.60', 'item.confidence < 0.70'));
    const given = { old: OLD, new: changed, items };
    const replayed = await runChild<Replayed>('policy-load.ts', given);
    return [
      {
        of: OF,
        what: 'policy diff, items a second of CPU time',
        unit: 'items/s',
        measured: replayed.per_cpu_second,
        limit: atLeast(10_000),
        note: `${replayed.items} items of ${Buffer.byteLength(line(0))} bytes, each read, checked and judged twice`,
      },
      { of: OF, what: 'the same by the clock', unit: 'items/s', measured: replayed.per_second },
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
