/** What of BullMQ the embedded queue does not have: refused by name, with the way to get it. */
import { EventEmitter } from 'node:events';
import { ErrorCode, type JobJson } from 'bullmq';
import { QueueRefusal } from './queue-file.ts';

/** @throws always */
export function refuse(what: string): never {
  throw new QueueRefusal(
    ErrorCode.JobNotInState,
    `the embedded queue has no ${what}: set REDIS_URL to run the queues on Redis`,
  );
}
const without = (what: string) => async (): Promise<never> => refuse(what);

export class RefusedOperations extends EventEmitter {
  moveToWaitingChildren = without('flows');
  addFlow = without('flows');
  removeUnprocessedChildren = without('flows');
  removeChildDependency = without('flows');
  getDependencyCounts = without('flows');
  getDependencies = without('flows');
  getProcessedChildrenValues = without('flows');
  getIgnoredChildrenFailures = without('flows');
  paginate = without('flows');
  removeDeduplicationKey = without('deduplication by key');
  deleteDeduplicationKey = without('deduplication by key');
  getDeduplicationJobId = without('deduplication by key');
  addJobScheduler = without('job schedulers');
  updateJobSchedulerNextMillis = without('job schedulers');
  removeJobScheduler = without('job schedulers');
  getJobScheduler = without('job schedulers');
  isJobScheduler = without('job schedulers');
  getJobSchedulerData = without('job schedulers');
  getJobSchedulersRange = without('job schedulers');
  getJobSchedulersCount = without('job schedulers');
  addLog = without('job logs');
  clearLogs = without('job logs');
  getJobLogs = without('job logs');
  updateData = without('changes of a job that waits');
  updateProgress = without('changes of a job that waits');
  changeDelay = without('changes of a job that waits');
  changePriority = without('changes of a job that waits');
  getCountsPerPriority = without('changes of a job that waits');
  getRateLimitTtl = without('rate limits');
  setRateLimit = without('rate limits');
  removeRateLimitKey = without('rate limits');
  removeDeprecatedPriorityKey = without('rate limits');
  trimEvents = without('event stream');
  publishEvent = without('event stream');
  readEvents = without('event stream');
  getMetrics = without('event stream');
}

/** What a job asks for beyond being done once. */
export function checkPlain(job: JobJson): void {
  if (job.parent ?? job.parentKey) refuse('flows');
  if (job.deduplicationId ?? job.opts.deduplication)
    refuse('deduplication by key (give the job an id instead)');
  if (job.repeatJobKey) refuse('job schedulers');
}
