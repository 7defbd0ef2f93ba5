/** What deadlines cost: a page in time, a sweep that grows with what is due and not with what is open, and a burst after an outage. */
import { atMost, median, percentile, type Measured } from './number.ts';
import { runChild } from './processes.ts';
import type { Bench } from './stage.ts';

const OF = 'ladder';

interface Load {
  /** µs a deadline, each of a sweep. */
  costs: number[];
  /** ms from a deadline to its page in the outbox. */
  late: number[];
  burst: { moved: number; seconds: number };
  /** ms from a decision until it is on disk, while the burst was moved. */
  waits: number[];
}

export async function measureLadder(bench: Bench): Promise<Measured[]> {
  const many = bench.quick ? 20_000 : 100_000;
  const few = 1000;
  const at_once = bench.quick ? 2000 : 10_000;
  const small = await runChild<Load>('ladder-load.ts', { open: few, at_once: 500 });
  bench.say(`ladder: ${few} open, ${median(small.costs).toFixed(0)} µs a deadline`);
  const large = await runChild<Load>('ladder-load.ts', { open: many, at_once });
  bench.say(`ladder: ${many} open, ${median(large.costs).toFixed(0)} µs a deadline`);
  return [
    {
      of: OF,
      what: 'deadline to its page in the outbox, p99',
      unit: 'ms',
      measured: percentile(large.late, 0.99),
      limit: atMost(1000),
      note: `${large.late.length} deadlines, 20 a second, beside ${many} open items; p50 ${percentile(large.late, 0.5).toFixed(0)} ms`,
    },
    {
      of: OF,
      what: `cost of a due deadline with ${many} open, times that with ${few}`,
      unit: 'times',
      measured: median(large.costs) / median(small.costs),
      limit: atMost(1.5),
      note: `${median(large.costs).toFixed(0)} and ${median(small.costs).toFixed(0)} µs`,
    },
    {
      of: OF,
      what: `${at_once} deadlines due at the same moment`,
      unit: 's',
      measured: large.burst.seconds,
      limit: atMost(10),
      note: `${large.burst.moved} moved`,
    },
    {
      of: OF,
      what: 'a decision on disk meanwhile, p99',
      unit: 'ms',
      measured: percentile(large.waits, 0.99),
      limit: atMost(200),
      note: `${large.waits.length} decisions, 50 a second`,
    },
  ];
}
