/** A job that is to be done later: it waits on the queue, and no try of it is used up. */
import { DelayedError, type Job } from 'bullmq';
import { systemClock } from '../domain/clock.ts';

/** Never returns: BullMQ is told by what is thrown. BullMQ goes by the machine's clock, whatever the pager's is. */
export async function delayJob(
  job: Pick<Job, 'moveToDelayed'>,
  token: string | undefined,
  wait_ms: number,
): Promise<never> {
  await job.moveToDelayed(systemClock.now() + wait_ms, token);
  throw new DelayedError();
}
