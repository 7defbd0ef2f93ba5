import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openQueues, type Queues } from '../../../src/queue/open-queues.ts';

const log = pino({ level: 'silent' });

describe('the queues that need no server', () => {
  let folder: string;
  let queues: Queues;
  const open = () =>
    openQueues(
      { redis_url: undefined, pglite_dir: join(folder, 'queue'), name: 'hitl-items' },
      log,
    );
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hitl-queue-'));
    queues = await open();
  }, 60_000);
  afterAll(async () => {
    await queues.close();
    await rm(folder, { recursive: true, force: true });
  }, 60_000);
  const takes: unknown[] = [];
  const taken = (count: number) =>
    expect.poll(() => takes.length, { interval: 5, timeout: 20_000 }).toBe(count);

  it('hold one job an id: the same result twice is one result', async () => {
    for (const round of [1, 2])
      await queues.decisions.addBulk([
        { name: 'approved', data: { round }, opts: { jobId: 'decision-1' } },
      ]);
    expect(await queues.decisions.count()).toBe(1);
    expect((await queues.decisions.getJob('decision-1'))?.data).toEqual({ round: 1 });
  });

  it('keep what was put in through the end of the process, and give it out after the next start', async () => {
    await queues.submit({ title: 'ü😀 "quoted"' }, 'job-1');
    await queues.close();
    queues = await open();
    expect((await queues.decisions.getJob('decision-1'))?.data).toEqual({ round: 1 });
    queues.take(async (job) => void takes.push(job.data));
    await taken(1);
    expect(takes).toEqual([{ title: 'ü😀 "quoted"' }]);
  });

  it('wake a worker that waits', async () => {
    for (const id of ['a', 'b', 'c']) await queues.submit({ id });
    await taken(4);
    await queues.ping();
  });

  it('refuse a text that PostgreSQL cannot hold to whoever puts it in, and go on', async () => {
    await expect(queues.submit({ title: 'a\u0000b' })).rejects.toThrow();
    await queues.submit({ id: 'good' });
    await taken(5);
    expect(takes.at(-1)).toEqual({ id: 'good' });
  });
});
