/** How long a Home takes to be computed and drawn on a database with a long history. */
import { longHistory } from './history.ts';
import { atMost, percentile, type Measured } from './number.ts';
import { runChild } from './processes.ts';
import type { Bench } from './stage.ts';

export async function measureHome(bench: Bench): Promise<Measured[]> {
  const { file, items, open, now } = await longHistory(bench);
  const took = await runChild<Record<string, number[]>>('home-load.ts', {
    file,
    now,
    times: bench.quick ? 20 : 60,
  });
  return Object.entries(took).map(([who, samples]) => ({
    of: 'home',
    what: `Home of ${who === 'manager' ? 'a manager' : 'an expert'}, p95`,
    unit: 'ms',
    measured: percentile(samples, 0.95),
    limit: atMost(100),
    note: `${items} items, ${open} of them open`,
  }));
}
