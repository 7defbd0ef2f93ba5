/**
 * Takes what the queues hold of erased items out of them: jobs that brought them in, whatever became of those, and their
 * results. A job that is in hand at this moment is counted, not removed: it is done again.
 */
import type { Job } from 'bullmq';
import { itemIdOfJob } from './take-items.ts';
import { ALL_STATES, type JobList } from './sweep-queues.ts';

export interface ErasableQueue extends JobList {
  remove(id: string): Promise<number>;
  /** How many jobs are in hand. */
  getActive(start?: number, end?: number): Promise<(Job | undefined)[]>;
}

/**
 * What is erased: items by id, results by their decision's, and jobs that failed by their own. One that waits under such
 * an id is another: a Redis that lost its jobs gives their numbers again.
 */
export interface WhatToErase {
  items: ReadonlySet<string>;
  decisions: readonly string[];
  jobs: readonly string[];
}

export interface ErasedJobs {
  removed: number;
  /** In hand: they are still there. */
  busy: number;
}

const PAGE = 100;

/** Erases them; the same again changes nothing. `results: null`: results are not kept on a queue here. */
export async function eraseJobs(
  queues: { items: ErasableQueue; results: { all(): Promise<ErasableQueue[]> } | null },
  what: WhatToErase,
): Promise<ErasedJobs> {
  const isIts = (job: Job, state: string) =>
    (state === 'failed' && what.jobs.includes(job.id ?? '')) ||
    what.items.has(itemIdOfJob(job, queues.items.name) ?? '');
  let removed = 0;
  for (const state of ALL_STATES) {
    let kept = 0;
    for (;;) {
      const page = await queues.items.getJobs([state], kept, kept + PAGE - 1, true);
      const jobs = page.filter((job) => job !== undefined);
      const its = jobs.filter((job) => isIts(job, state));
      await Promise.all(its.map((job) => job.remove()));
      removed += its.length;
      kept += page.length - its.length;
      if (page.length < PAGE) break;
    }
  }
  const inHand = (await queues.items.getActive()).filter(
    (job) => job !== undefined && isIts(job, 'active'),
  );
  let busy = inHand.length;
  for (const results of (await queues.results?.all()) ?? []) {
    for (const id of what.decisions) removed += await results.remove(id);
    const taken = await results.getActive();
    busy += taken.filter((job) => what.decisions.includes(job?.id ?? '')).length;
  }
  return { removed, busy };
}
