/** Jobs whose data is written and read by `exact-json`: BullMQ's own JSON changes numbers. */
import { Job, type JobJson, type MinimalQueue } from 'bullmq';
import { readJob, writeJson, type JsonProblem } from '../domain/exact-json.ts';

class ExactJob<D = unknown, R = unknown, N extends string = string> extends Job<D, R, N> {
  /** Why its data is not to be taken as it was read: a key stands twice in it, say. */
  unread: JsonProblem | null = null;

  static override fromJSON<D = unknown, R = unknown, N extends string = string>(
    queue: MinimalQueue,
    json: JobJson,
    jobId?: string,
  ): ExactJob<D, R, N> {
    const job = super.fromJSON(queue, json, jobId) as unknown as ExactJob<D, R, N>;
    const read = readJob(json.data || '{}', 'item', 'state');
    if (read.ok) job.data = read.value as D;
    job.unread = read.ok ? null : read.problem;
    return job;
  }

  override asJSON(): JobJson {
    return { ...super.asJSON(), data: writeJson(this.data) };
  }
}

/** Has a queue or a worker make its jobs so. BullMQ asks `this.Job` for the class of each. */
export function withExactJobs<T extends object>(queue: T): T {
  return Object.defineProperty(queue, 'Job', { get: () => ExactJob });
}
