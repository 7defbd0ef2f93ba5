/** How long an item takes from being added to the queue until its card arrives at Slack, at 20 items a second. */
import { Queue } from 'bullmq';
import { unsureItem } from './items.ts';
import { atMost, percentile, type Measured } from './number.ts';
import { now, openStage, type Bench, type Stage } from './stage.ts';

const OF = 'card';
const ITEMS_A_SECOND = 20;

export async function measureCards(bench: Bench): Promise<Measured[]> {
  const stage = await openStage(bench);
  try {
    await cardLatencies(bench, stage, 'warm', 40);
    const seen = await cardLatencies(bench, stage, 'card', bench.quick ? 100 : 600);
    const note = `${seen.length} items at ${ITEMS_A_SECOND}/s, one channel`;
    return [
      {
        of: OF,
        what: 'add to chat.postMessage, p50',
        unit: 'ms',
        measured: percentile(seen, 0.5),
        limit: atMost(20),
        note,
      },
      {
        of: OF,
        what: 'add to chat.postMessage, p99',
        unit: 'ms',
        measured: percentile(seen, 0.99),
        limit: atMost(100),
      },
      { of: OF, what: 'the slowest', unit: 'ms', measured: Math.max(...seen) },
    ];
  } finally {
    await stage.close();
  }
}

/** Adds `count` items that are asked, in one channel, at random moments; returns each one's ms to its arrival at Slack. */
export async function cardLatencies(
  bench: Bench,
  stage: Stage,
  name: string,
  count: number,
): Promise<number[]> {
  const queue = new Queue(stage.queue, { connection: { url: bench.redis_url } });
  await queue.waitUntilReady();
  const added = new Map<string, number>();
  const took: number[] = [];
  const done = new Promise<void>((resolve) => {
    const off = stage.slack.onChange((change) => {
      if (change.type !== 'call' || change.method !== 'chat.postMessage') return;
      const call = stage.slack.calls.at(-1);
      const id = /"value":"([^"]+)"/.exec(asText(call?.args['blocks']))?.[1];
      const since = id === undefined ? undefined : added.get(id);
      if (id === undefined || since === undefined || call === undefined) return;
      added.delete(id);
      took.push(call.at - since);
      if (took.length < count) return;
      off();
      resolve();
    });
  });
  for (let at = 0; at < count; at += 1) {
    const id = `${name}-${at}`;
    added.set(id, now());
    await queue.add('item', unsureItem(id));
    // Arrivals that know nothing of each other: exponential gaps.
    const gap = (-Math.log(1 - Math.random()) * 1000) / ITEMS_A_SECOND;
    await new Promise((resolve) => setTimeout(resolve, gap));
  }
  await done;
  await queue.close();
  return took;
}

const asText = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
