import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openDesk, refund, type Desk } from '../scenarios/desk.ts';
import { hitl } from '../src/cli/terminal.ts';
import { startRedis, type RedisServer } from './redis-server.ts';

describe('what is kept on Redis', () => {
  let redis: RedisServer;
  let desk: Desk;
  let connection: Redis;
  let items: Queue;
  let results: Queue;
  const printed = vi.spyOn(console, 'warn').mockImplementation(() => {});

  beforeAll(async () => {
    redis = await startRedis();
    connection = new Redis(redis.url, { maxRetriesPerRequest: null });
    await connection.config('SET', 'maxmemory-policy', 'allkeys-lru');
    desk = await openDesk({ env: { REDIS_URL: redis.url, HITL_RESULTS_KEEP: '2d' } });
    expect(printed).not.toHaveBeenCalled();
    items = new Queue('hitl-items', { connection });
    results = new Queue('hitl-decisions', { connection });
  });
  afterAll(async () => {
    await desk.close();
    await items.close();
    await results.close();
    connection.disconnect();
    await redis.close();
    printed.mockRestore();
    expect(desk.slack.problems).toEqual([]);
  });

  /** Decided by the policy at once. */
  const sure = (id: string, more: object = {}) =>
    refund(id, { confidence: 0.99, impact: 1, ...more });
  const resultOf = async (id: string) => {
    const { result } = await desk.status(id);
    return result && results.getJob(result.decision_id);
  };
  const onQueue = (id: string) => desk.until(`the result of ${id}`, () => resultOf(id));

  it('a Redis that may evict keys is told of at the start, in the log, to the operators, and on /readyz', async () => {
    const risk =
      'Redis may lose items and results when its memory is full (maxmemory-policy allkeys-lru): set noeviction';
    expect(desk.logs.filter((line) => line['msg'] === risk)).toHaveLength(1);
    await desk.until('the operators are told', () =>
      desk.slack.messages('C0OPS').some((message) => desk.textOf(message).includes('allkeys-lru')),
    );
    expect(await desk.api('GET', '/readyz', undefined, null)).toMatchObject({
      status: 200,
      body: { status: 'ready', warnings: [risk] },
    });
    await connection.config('SET', 'maxmemory-policy', 'noeviction');
    expect((await desk.api('GET', '/readyz', undefined, null)).body).toEqual({ status: 'ready' });
  });

  it('a result stays until it is taken, and no longer than the operator says', async () => {
    await desk.submit(sure('old'));
    await onQueue('old');
    await desk.advance('47h');
    await desk.submit(sure('young'));
    await onQueue('young');
    // It is looked for once an hour.
    await desk.until('the old one is gone', async () => {
      const isGone = !(await resultOf('old'));
      if (!isGone) desk.clock.advance(20 * 60_000);
      return isGone;
    });
    expect(await resultOf('young')).toBeDefined();
    expect((await desk.status('old')).result?.outcome).toBe('auto_approved');

    const taken: unknown[] = [];
    const consumer = new Worker(
      'hitl-decisions',
      async (job) => void taken.push(job.data.item_id),
      {
        connection,
      },
    );
    await desk.until('nothing is left of it', async () => !(await resultOf('young')));
    await consumer.close();
    expect(taken).toEqual(['young']);
  });

  it('an erasure takes out its jobs and its result, and leaves the others', async () => {
    await desk.submit(sure('spoken', { body: 'zwetschge' }), 'job-1');
    await desk.submit(sure('other', { body: 'marille' }), 'job-2');
    await onQueue('spoken');
    await onQueue('other');
    const { code, out } = await hitl(['erase', '--item', 'spoken', '--reason', 'asked'], {
      env: { HITL_DATA_DIR: desk.data_dir, REDIS_URL: redis.url },
      clock: desk.clock,
    });
    expect({ code, out }).toMatchObject({
      code: 0,
      out: expect.stringContaining('queues: 2 jobs'),
    });
    expect(await resultOf('spoken')).toBeUndefined();
    expect(await items.getJob('job-1')).toBeUndefined();
    expect(await resultOf('other')).toBeDefined();
    expect(await items.getJob('job-2')).toBeDefined();
  });
});
