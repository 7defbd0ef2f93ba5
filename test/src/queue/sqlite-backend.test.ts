/** BullMQ's own classes on the embedded queue's file: what a producer and a worker may expect of it. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withBackend, type Job, type Processor } from 'bullmq';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openQueueFile, type QueueFile } from '../../../src/queue/sqlite/queue-file.ts';
import { createSqliteBackend } from '../../../src/queue/sqlite/sqlite-backend.ts';
import { manualClock, type ManualClock } from '../../manual-clock.ts';

const { Queue, Worker } = withBackend(createSqliteBackend);
const START = Date.parse('2026-11-23T09:00:00Z');

let folder: string;
let clock: ManualClock;
let file: QueueFile;
const closing: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hitl-queue-'));
  clock = manualClock(START);
  file = openQueueFile(join(folder, 'queue.db'), clock);
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  await file.close();
  await rm(folder, { recursive: true, force: true });
});

const queueOf = () => {
  const queue = new Queue('items', { connection: file });
  closing.push(() => queue.close());
  return queue;
};
const workerOf = (work: Processor) => {
  const worker = new Worker('items', work, { connection: file, concurrency: 1 });
  closing.push(() => worker.close());
  return worker;
};
const eventually = (look: () => unknown) => expect.poll(look, { interval: 5, timeout: 20_000 });

describe('jobs', () => {
  it('come in the order of their priority, then as they were put in; the last one first where it asks for that', async () => {
    const queue = queueOf();
    await queue.pause();
    await queue.add('a', {}, { priority: 2 });
    await queue.add('b', {}, { priority: 1 });
    await queue.add('c', {});
    await queue.add('d', {});
    await queue.add('e', {}, { lifo: true });
    const names: string[] = [];
    workerOf(async (job) => void names.push(job.name));
    expect(await queue.getJobCounts('waiting', 'prioritized')).toEqual({
      waiting: 0,
      prioritized: 2,
    });
    await queue.resume();
    await eventually(() => names).toEqual(['e', 'c', 'd', 'b', 'a']);
  });

  it('are tried again as often as they say, and then keep the reason', async () => {
    const queue = queueOf();
    let tries = 0;
    workerOf(async () => {
      tries += 1;
      throw new Error(`no ${tries}`);
    });
    const job = await queue.add('x', {}, { attempts: 3 });
    await eventually(() => queue.getJobState(job.id ?? '')).toBe('failed');
    expect(tries).toBe(3);
    expect((await queue.getJob(job.id ?? ''))?.failedReason).toBe('no 3');
  });

  it('wait until they are due', async () => {
    const queue = queueOf();
    const job = await queue.add('later', {}, { delay: 60_000, timestamp: START });
    const done: string[] = [];
    workerOf(async (one: Job) => void done.push(one.name));
    await queue.add('now', {});
    await eventually(() => done).toEqual(['now']);
    expect(await job.getState()).toBe('delayed');
    clock.advance(61_000);
    await queue.add('after', {});
    await eventually(() => done.toSorted()).toEqual(['after', 'later', 'now']);
  });

  it('whose worker was killed are given out again once its lock has run out', async () => {
    const queue = queueOf();
    const job = await queue.add('x', {});
    const dead = createSqliteBackend('items', { connection: file });
    await dead.moveToActive('dead');
    expect(await job.getState()).toBe('active');
    expect(await dead.moveStalledJobsToWait()).toEqual([]);
    clock.advance(31_000);
    expect(await dead.moveStalledJobsToWait()).toEqual([job.id]);
    await expect(dead.extendLock(job.id ?? '', 'dead', 1000)).resolves.toBe(0);
    await dead.moveToActive('second');
    clock.advance(31_000);
    expect(await dead.moveStalledJobsToWait()).toEqual([]);
    expect(await job.getState()).toBe('failed');
  });

  it('that ended leave no more behind than was asked for', async () => {
    const queue = queueOf();
    workerOf(async () => 'a result that nobody needs');
    for (let at = 0; at < 5; at += 1) await queue.add('x', {}, { removeOnComplete: 2 });
    await eventually(() => queue.getJobCounts('completed', 'waiting', 'active')).toEqual({
      completed: 2,
      waiting: 0,
      active: 0,
    });
    await queue.add('x', { marker: 'gone-from-the-file' }, { removeOnComplete: true });
    await eventually(() => queue.getJobCounts('waiting', 'active')).toEqual({
      waiting: 0,
      active: 0,
    });
    file.sqlite.pragma('wal_checkpoint(TRUNCATE)');
    expect((await readFile(join(folder, 'queue.db'))).includes('gone-from-the-file')).toBe(false);
  });

  it('of another process on this machine arrive while a worker waits', async () => {
    const names: string[] = [];
    workerOf(async (job) => void names.push(job.name));
    const program = `
      import { withBackend } from 'bullmq';
      import { openQueueFile } from './src/queue/sqlite/queue-file.ts';
      import { createSqliteBackend } from './src/queue/sqlite/sqlite-backend.ts';
      const file = openQueueFile(${JSON.stringify(join(folder, 'queue.db'))});
      const queue = new (withBackend(createSqliteBackend).Queue)('items', { connection: file });
      await queue.add('from elsewhere', {});
      await queue.close();
      await file.close();`;
    const run = spawnSync(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '-e', program],
      {
        encoding: 'utf8',
      },
    );
    expect(run.stderr).toBe('');
    await eventually(() => names).toEqual(['from elsewhere']);
  });

  it('that need what only Redis has are refused by name', async () => {
    const queue = queueOf();
    await expect(queue.add('x', {}, { deduplication: { id: 'd' } })).rejects.toThrow('REDIS_URL');
    await expect(queue.upsertJobScheduler('s', { every: 1000 })).rejects.toThrow(
      'the embedded queue has no job schedulers',
    );
  });
});

it('writes of one moment share a transaction, and a refusal among them harms none of the others', async () => {
  const backend = createSqliteBackend('items', { connection: file });
  const queue = queueOf();
  const [added, refused] = await Promise.allSettled([
    queue.add('x', {}),
    backend.moveJobFromActiveToWait('nobody', 'token'),
  ]);
  expect(added.status).toBe('fulfilled');
  expect(refused).toMatchObject({ status: 'rejected', reason: { code: -1 } });
  expect(await queue.count()).toBe(1);
});
