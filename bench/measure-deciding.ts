/** How many items a second are decided through the use case, with 16 decisions in flight. */
import { atLeast, type Measured } from './number.ts';
import { runChild } from './processes.ts';
import type { Bench } from './stage.ts';

const IN_FLIGHT = 16;

interface Decided {
  per_second: number;
  /** CPU time of the process for one decision, µs. */
  cpu_us: number;
  items: number;
}

export async function measureDeciding(bench: Bench): Promise<Measured[]> {
  const { per_second, cpu_us, items } = await runChild<Decided>('deciding-load.ts', {
    items: bench.quick ? 5000 : 30_000,
    in_flight: IN_FLIGHT,
  });
  return [
    {
      of: 'deciding',
      what: 'decideItem',
      unit: 'items/s',
      measured: per_second,
      limit: atLeast(2500),
      note: `${IN_FLIGHT} in flight, ${items} items whose cards are posted`,
    },
    { of: 'deciding', what: 'CPU time a decision', unit: 'µs', measured: cpu_us },
  ];
}
