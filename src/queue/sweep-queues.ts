/**
 * What is kept on the queues, and for how long: results that nobody took, for HITL_RESULTS_KEEP; nothing for longer than
 * the policy keeps texts (`retention.payloads`). The record has every result for good.
 */
import type { Job, JobType } from 'bullmq';
import { repeat, type Repeated } from '../world/repeat.ts';
import type { World } from '../world/world.ts';

/** What is asked of a queue to take jobs out of it. */
export interface JobList {
  name: string;
  getJobs(types: JobType[], start: number, end: number, asc: boolean): Promise<(Job | undefined)[]>;
}

/** Everything but what a worker has in hand. */
export const ALL_STATES = [
  'waiting',
  'delayed',
  'prioritized',
  'failed',
  'completed',
] as const satisfies JobType[];

const EVERY_MS = 3_600_000;
const PAGE = 100;

/** Removes jobs of those states that came in before `before` (epoch ms). Returns how many. */
export async function removeOlder(
  queue: JobList,
  states: readonly JobType[],
  before: number,
): Promise<number> {
  let removed = 0;
  for (const state of states) {
    let kept = 0;
    for (;;) {
      const page = await queue.getJobs([state], kept, kept + PAGE - 1, true);
      const jobs = page.filter((job) => job !== undefined);
      const old = jobs.filter((job) => job.timestamp < before);
      await Promise.all(old.map((job) => job.remove()));
      removed += old.length;
      kept += page.length - old.length;
      // They come oldest first, but for those that wait for a time or by priority.
      const isOrdered = state !== 'delayed' && state !== 'prioritized';
      if (page.length < PAGE || (isOrdered && old.length < page.length)) break;
    }
  }
  return removed;
}

/** `results: null`: results are not kept on a queue here. */
export interface SweptQueues {
  items: JobList;
  results: { all(): Promise<JobList[]> } | null;
}

/** One look at all of them. */
export async function sweepQueues(
  world: Pick<World, 'clock' | 'log' | 'policy'>,
  queues: SweptQueues,
  results_keep_ms: number,
): Promise<void> {
  const now = world.clock.now();
  const texts_ms = world.policy().retention?.payloads ?? Infinity;
  let results = 0;
  for (const queue of (await queues.results?.all()) ?? [])
    results += await removeOlder(queue, ALL_STATES, now - Math.min(results_keep_ms, texts_ms));
  const items =
    texts_ms === Infinity
      ? 0
      : await removeOlder(queues.items, ['completed', 'failed'], now - texts_ms);
  if (results > 0)
    world.log.warn({ results }, 'results that nobody took from the queue are kept no longer there');
  if (items > 0) world.log.info({ items }, 'jobs that the policy keeps no longer are removed');
}

/** At the start and once an hour. */
export const startQueueSweep = (
  world: World,
  queues: SweptQueues,
  results_keep_ms: number,
): Repeated =>
  repeat(
    world,
    {
      every_ms: EVERY_MS,
      first: 'now',
      failed: 'the queues could not be tidied; again in an hour',
    },
    () => sweepQueues(world, queues, results_keep_ms),
  );
