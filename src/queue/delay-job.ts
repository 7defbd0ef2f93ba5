/** A job that is to be done later: it waits on the queue, and no try of it is used up. */
import { DelayedError, type Job } from 'bullmq';

/** Never returns: BullMQ is told by what is thrown. The queue has a clock of its own, the machine's. */
export async function delayJob(
  job: Pick<Job, 'moveToDelayed'>,
  token: string | undefined,
  wait_ms: number,
): Promise<never> {
  await job.moveToDelayed(Date.now() + wait_ms, token);
  throw new DelayedError();
}
