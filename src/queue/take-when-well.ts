/** A job is not failed by a disk in trouble: it is held until the disk takes it, and given back by a process that stops. */
import { WaitingError, type Job } from 'bullmq';
import { diskTrouble } from '../domain/disk-trouble.ts';

/** What is asked of the disk. */
export interface HeldUp {
  now(): object | null;
  met(error: unknown): void;
  whenWell(over: AbortSignal): Promise<void>;
}

/** `take`, as often as it needs. Its jobs stay in hand meanwhile, so that no more are taken than are worked on at once. */
export const takeWhenWell =
  (disk: HeldUp, stopping: AbortSignal, take: (job: Job, token?: string) => Promise<unknown>) =>
  async (job: Job, token?: string): Promise<unknown> => {
    for (;;) {
      await disk.whenWell(stopping);
      if (disk.now() !== null && stopping.aborted) {
        await job.moveToWait(token);
        throw new WaitingError();
      }
      try {
        return await take(job, token);
      } catch (error) {
        if (diskTrouble(error) === null) throw error;
        disk.met(error);
      }
    }
  };
