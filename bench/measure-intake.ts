/** How many items a second go through parsing, policy, SQLite and audit, beside a BullMQ worker that does nothing. */
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { DECISIONS_QUEUE } from '../src/domain/reply-queue.ts';
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
  const idle = (['bullmq', 'product'] as const).map((made_by) => {
    const queue = `${stage.queue}-idle-${made_by}`;
    const given = { redis_url: bench.redis_url, queue, made_by };
    return { queue, worker: startChild('idle-worker.ts', given) };
  });
  const redis = new Redis(bench.redis_url);
  const queues = [stage.queue, ...idle.map((one) => one.queue)].map(
    (name) => new Queue(name, { connection: { url: bench.redis_url } }),
  );
  const [items, oneByOne, many] = queues;
  if (!items || !oneByOne || !many) throw new Error('there are three queues');
  const decisions = new Queue(DECISIONS_QUEUE, { connection: { url: bench.redis_url } });
  const rates = {
    items: [] as number[],
    delivered: [] as number[],
    one_by_one: [] as number[],
    many: [] as number[],
    cpu: [] as number[],
  };
  try {
    // A round to warm up, which is not counted.
    for (let round = 0; round <= rounds; round += 1) {
      const single = await drain(oneByOne, fill(round, jobs));
      const several = await drain(many, fill(round, jobs));
      await decisions.obliterate({ force: true });
      const cpu = await stage.product.cpu();
      const took = await drain(items, fill(round, jobs));
      const delivered = await allDelivered(redis, jobs, took.began);
      bench.say(
        `intake ${round}/${rounds}: ${rate(jobs, took.ms)} items/s, ${rate(jobs, delivered)} with the last result out; idle ${rate(jobs, single.ms)} one by one, ${rate(jobs, several.ms)} many at a time`,
      );
      if (round === 0) continue;
      rates.items.push(jobs / (took.ms / 1000));
      rates.delivered.push(jobs / (delivered / 1000));
      rates.cpu.push(((await stage.product.cpu()) - cpu) / jobs);
      rates.one_by_one.push(jobs / (single.ms / 1000));
      rates.many.push(jobs / (several.ms / 1000));
    }
  } finally {
    for (const queue of [...queues, decisions]) await queue.close();
    redis.disconnect();
    for (const { worker } of idle) await worker.stop();
    await stage.close();
  }
  const [through, single, several] = [rates.items, rates.one_by_one, rates.many].map(median);
  if (!through || !single || !several) throw new Error('no round was measured');
  return [
    {
      of: OF,
      what: 'share of an idle worker as BullMQ makes it',
      unit: 'share',
      measured: through / single,
      limit: atLeast(0.6),
      note: `medians of ${rounds} rounds of ${jobs}, results going out meanwhile`,
    },
    {
      of: OF,
      what: 'share of an idle worker with as many jobs in hand',
      unit: 'share',
      measured: through / several,
    },
    { of: OF, what: 'let through, results going out', unit: 'items/s', measured: through },
    {
      of: OF,
      what: 'until the last result is out too',
      unit: 'items/s',
      measured: median(rates.delivered),
    },
    { of: OF, what: 'an idle worker, one job at a time', unit: 'items/s', measured: single },
    { of: OF, what: 'an idle worker, as many jobs in hand', unit: 'items/s', measured: several },
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
