import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UnrecoverableError, type Job } from 'bullmq';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openQueues, type Queues } from '../../../src/queue/open-queues.ts';

const log = pino({ level: 'silent' });

describe('the queues that need no server', () => {
  let folder: string;
  let queues: Queues;
  const open = () =>
    openQueues({ redis_url: undefined, file: join(folder, 'queue.db'), name: 'hitl-items' }, log);
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hitl-queue-'));
    queues = await open();
  });
  afterAll(async () => {
    await queues.close();
    await rm(folder, { recursive: true, force: true });
  });
  const takes: unknown[] = [];
  const taken = (count: number) =>
    expect.poll(() => takes.length, { interval: 5, timeout: 20_000 }).toBe(count);

  it('hold one job an id: the same job twice is one job', async () => {
    for (const round of [1, 2])
      await queues.items.addBulk([{ name: 'item', data: { round }, opts: { jobId: 'job-0' } }]);
    expect(await queues.items.count()).toBe(1);
    expect((await queues.items.getJob('job-0'))?.data).toEqual({ round: 1 });
    await queues.items.remove('job-0');
  });

  it('keep what was put in through the end of the process, and give it out after the next start', async () => {
    await queues.submit({ title: 'ü😀 "quoted"' }, 'job-1');
    await queues.close();
    queues = await open();
    queues.take(async (job: Job) => {
      takes.push(job.data);
      if ((job.data as { bad?: boolean }).bad) throw new UnrecoverableError('not an item');
    });
    await taken(1);
    expect(takes).toEqual([{ title: 'ü😀 "quoted"' }]);
  });

  it('wake a worker that waits', async () => {
    for (const id of ['a', 'b', 'c']) await queues.submit({ id });
    await taken(4);
    await queues.ping();
  });

  it('keep a text with a NUL as it came', async () => {
    await queues.submit({ title: 'a\u0000b' });
    await taken(5);
    expect(takes.at(-1)).toEqual({ title: 'a\u0000b' });
  });

  it('go on after a job that failed', async () => {
    await queues.submit({ bad: true });
    await queues.submit({ id: 'good' });
    await taken(7);
    expect(takes.slice(5)).toEqual([{ bad: true }, { id: 'good' }]);
  });
});
