/** How many items a second go through parsing, policy, SQLite and audit, beside a BullMQ worker that does nothing. */
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { DECISIONS_QUEUE } from '../src/queue/open-queues.ts';
import { sureItem } from './items.ts';
import { atLeast, median, type Measured } from './number.ts';
import { startChild } from './processes.ts';
import { openStage, type Bench } from './stage.ts';

const OF = 'intake';
const WATCH_EVERY_MS = 5;

/** Each round: the queue is filled while it is paused, and what is timed begins when it goes on. Rounds alternate. */
export async function measureIntake(bench: Bench): Promise<Measured[]> {
  const rounds = bench.quick ? 3 : 7;
  const jobs = bench.quick ? 5000 : 20_000;
  const stage = await openStage(bench);
  const idle = `${stage.queue}-idle`;
  const worker = startChild('idle-worker.ts', { redis_url: bench.redis_url, queue: idle });
  const redis = new Redis(bench.redis_url);
  const queues = [stage.queue, idle].map(
    (name) => new Queue(name, { connection: { url: bench.redis_url } }),
  );
  const [items, empty] = queues;
  if (!items || !empty) throw new Error('there are two queues');
  const decisions = new Queue(DECISIONS_QUEUE, { connection: { url: bench.redis_url } });
  const rates = {
    items: [] as number[],
    delivered: [] as number[],
    idle: [] as number[],
    cpu: [] as number[],
  };
  try {
    // A round to warm up, which is not counted.
    for (let round = 0; round <= rounds; round += 1) {
      const nothing = await drain(empty, fill(round, jobs));
      await decisions.obliterate({ force: true });
      const cpu = await stage.product.cpu();
      const took = await drain(items, fill(round, jobs));
      const delivered = await allDelivered(redis, jobs, took.began);
      bench.say(
        `intake ${round}/${rounds}: ${rate(jobs, took.ms)} items/s, ${rate(jobs, delivered)} with the last result out; idle ${rate(jobs, nothing.ms)}`,
      );
      if (round === 0) continue;
      rates.items.push(jobs / (took.ms / 1000));
      rates.delivered.push(jobs / (delivered / 1000));
      rates.cpu.push(((await stage.product.cpu()) - cpu) / jobs);
      rates.idle.push(jobs / (nothing.ms / 1000));
    }
  } finally {
    for (const queue of [...queues, decisions]) await queue.close();
    redis.disconnect();
    await worker.stop();
    await stage.close();
  }
  const [through, nothing] = [median(rates.items), median(rates.idle)];
  return [
    {
      of: OF,
      what: 'share of an idle BullMQ worker',
      unit: 'share',
      measured: through / nothing,
      limit: atLeast(0.6),
      note: `medians of ${rounds} rounds of ${jobs}, results going out meanwhile`,
    },
    { of: OF, what: 'let through, results going out', unit: 'items/s', measured: through },
    {
      of: OF,
      what: 'until the last result is out too',
      unit: 'items/s',
      measured: median(rates.delivered),
    },
    { of: OF, what: 'a worker that does nothing', unit: 'items/s', measured: nothing },
    {
      of: OF,
      what: "the product's CPU time an item",
      unit: 'µs',
      measured: 1000 * median(rates.cpu),
    },
  ];
}

const rate = (jobs: number, ms: number): string => (jobs / (ms / 1000)).toFixed(0);

/** The same data under the same ids for both, in queues of their own. */
const fill = (round: number, jobs: number) =>
  Array.from({ length: jobs }, (_, at) => ({
    name: 'item',
    data: sureItem(`r${round}-${at}`),
    opts: { removeOnComplete: { age: 3600, count: 1000 } },
  }));

/** Adds the jobs to a paused queue, lets it go, and waits until none is left. */
async function drain(
  queue: Queue,
  jobs: ReturnType<typeof fill>,
): Promise<{ began: number; ms: number }> {
  await queue.pause();
  for (let from = 0; from < jobs.length; from += 1000)
    await queue.addBulk(jobs.slice(from, from + 1000));
  const began = performance.now();
  await queue.resume();
  for (;;) {
    const left = await queue.getJobCountByTypes('wait', 'active');
    if (left === 0) return { began, ms: performance.now() - began };
    await new Promise((resolve) => setTimeout(resolve, WATCH_EVERY_MS));
  }
}

/** ms from `began` until that many results lie on the queue of decisions. */
async function allDelivered(redis: Redis, count: number, began: number): Promise<number> {
  for (;;) {
    if ((await redis.llen(`bull:${DECISIONS_QUEUE}:wait`)) >= count)
      return performance.now() - began;
    await new Promise((resolve) => setTimeout(resolve, WATCH_EVERY_MS));
  }
}
