import { Queue, Worker, type Job } from 'bullmq';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { duration } from '../manual-clock.ts';
import { openDesk, refund, type Desk } from '../scenarios/desk.ts';
import { startRedis, type RedisServer } from './redis-server.ts';

describe('on Redis', () => {
  let redis: RedisServer;
  let desk: Desk;
  let connection: Redis;
  let producer: Queue;
  let consumer: Worker;
  const heard: { id: string | undefined; name: string; data: any }[] = [];

  beforeAll(async () => {
    redis = await startRedis();
    desk = await openDesk({ env: { REDIS_URL: redis.url } });
    connection = new Redis(redis.url, { maxRetriesPerRequest: null });
    connection.on('error', () => {});
    producer = new Queue('hitl-items', { connection });
    producer.on('error', () => {});
    consumer = new Worker(
      'hitl-decisions',
      async (job: Job) => void heard.push({ id: job.id, name: job.name, data: job.data }),
      { connection },
    );
    consumer.on('error', () => {});
  });
  afterAll(async () => {
    await desk.close();
    await consumer.close(true);
    connection.disconnect();
    await redis.close();
    expect(desk.slack.problems).toEqual([]);
  });

  const results = (id: string) => heard.filter((job) => job.data.item_id === id);
  const result = (id: string) => desk.until(`the consumer hears of ${id}`, () => results(id).at(0));
  const finished = (id: string) =>
    desk.until(`job ${id} ended`, async () => {
      const state = await producer.getJobState(id);
      return state === 'completed' || state === 'failed' ? producer.getJob(id) : null;
    });
  const readiness = () => desk.api('GET', '/readyz', undefined, null);
  /** Retries are due when time goes on; Redis itself is real. */
  const inTime = <T>(what: string, look: () => T | Promise<T>) =>
    desk.until(what, async () => {
      const found = await look();
      if (!found) desk.clock.advance(500);
      return found;
    });

  it('an item goes in, is decided, and its consumer hears it once, under the decision’s id', async () => {
    await producer.add('item', refund('whole-1', { run_id: 'run-1', state: { step: 2 } }), {
      jobId: 'job-1',
    });
    const card = await desk.card('whole-1');
    expect((await finished('job-1')).returnvalue).toEqual({
      item_id: 'whole-1',
      status: 'open',
      rule: 'unsure',
    });
    await desk.slack.user('alice').clicks('Approve').on(card);
    const job = await result('whole-1');
    expect(job).toMatchObject({
      id: job.data.decision_id,
      name: 'approved',
      data: { item_id: 'whole-1', run_id: 'run-1', state: { step: 2 }, outcome: 'approved' },
    });
    expect(job.data).toEqual(await desk.result('whole-1'));
  });

  it('what is no item fails for good, with a reason that names each field', async () => {
    await producer.add(
      'item',
      { ...refund('bad-1'), title: '', prio: 1 },
      { jobId: 'job-bad', attempts: 5 },
    );
    const job = await finished('job-bad');
    expect(await job.isFailed()).toBe(true);
    expect(job.attemptsMade).toBe(1);
    expect(job.failedReason).toMatch(/^not an item: .*title.*prio/);
  });

  it('a conflict fails for good too', async () => {
    await producer.add('item', refund('whole-1', { impact: 2 }), {
      jobId: 'job-conflict',
      attempts: 5,
    });
    const job = await finished('job-conflict');
    expect(job).toMatchObject({
      attemptsMade: 1,
      failedReason: expect.stringContaining('conflict'),
    });
  });

  it('a thousand in a burst are each taken in once', async () => {
    const ids = Array.from({ length: 1000 }, (_, at) => `burst-${at}`);
    await producer.addBulk(
      ids.map((id) => ({ name: 'item', data: refund(id, { confidence: 0.99, impact: 1 }) })),
    );
    await desk.until(
      'all results',
      () => heard.filter((job) => String(job.data.item_id).startsWith('burst-')).length >= 1000,
    );
    const taken = heard
      .map((job) => job.data.item_id)
      .filter((id) => String(id).startsWith('burst-'));
    expect(new Set(taken).size).toBe(1000);
    expect(taken).toHaveLength(1000);
  });

  it('Redis dies: people still decide, HTTP still takes items, deadlines pass, and readiness says so', async () => {
    const expires_at = new Date(desk.clock.now() + duration('30m')).toISOString();
    await producer.add('item', refund('dead-1'));
    await producer.add('item', refund('dead-2', { expires_at }));
    const card = await desk.card('dead-1');
    await desk.card('dead-2');
    await redis.kill();
    await desk.until('it is not ready', async () => (await readiness()).status === 503);
    expect((await readiness()).body.missing).toEqual([
      expect.stringMatching(/^Redis does not answer \(/),
    ]);

    expect((await desk.api('POST', '/v1/items', refund('dead-3', { expires_at }))).status).toBe(
      202,
    );
    await desk.card('dead-3');
    await desk.slack.user('alice').clicks('Approve').on(card);
    await desk.card('dead-1', 'Approved');
    await desk.advance('30m');
    await desk.card('dead-2', 'Expired');
    await desk.card('dead-3', 'Expired');
    expect((await desk.api('GET', '/v1/items/dead-1')).body.result.outcome).toBe('approved');
    expect(['dead-1', 'dead-2', 'dead-3'].flatMap(results)).toEqual([]);
  });

  it('Redis is back: what was decided meanwhile arrives, once, and items are taken again', async () => {
    await redis.again();
    await inTime('all three results', () =>
      ['dead-1', 'dead-2', 'dead-3'].every((id) => results(id).length > 0),
    );
    expect(results('dead-1')[0]?.data.outcome).toBe('approved');
    expect(results('dead-2')[0]?.data.outcome).toBe('expired');
    await inTime('it is ready', async () => (await readiness()).status === 200);
    await producer.add('item', refund('back-1'));
    await inTime(
      'the card',
      async () => (await desk.api('GET', '/v1/items/back-1')).status === 200,
    );
    await desk.card('back-1');
    for (const id of ['dead-1', 'dead-2', 'dead-3']) expect(results(id)).toHaveLength(1);
  });

  it('what was put in while the pager was away is taken in when it is back', async () => {
    await desk.pager.stop();
    await producer.add('item', refund('away-1'));
    await producer.add('item', refund('away-2', { confidence: 0.99, impact: 1 }));
    await desk.restart();
    await desk.card('away-1');
    expect((await result('away-2')).data.outcome).toBe('auto_approved');
  });

  it('a Redis that lost all it had costs no decision: results that were delivered are not said again, new ones are', async () => {
    const before = heard.length;
    const operator = new Redis(redis.url);
    await operator.flushall();
    await desk.restart();
    await desk.slack
      .user('bob')
      .clicks('Approve')
      .on(await desk.card('away-1'));
    expect((await result('away-1')).data.outcome).toBe('approved');
    expect(heard).toHaveLength(before + 1);
    // Redis counts from 1 again: an item without an id gets one that was never given before.
    const { id: _id, ...nameless } = refund('');
    await producer.add('item', nameless);
    await desk.until(
      'it is taken in',
      async () =>
        (
          await desk.pager.world.db
            .selectFrom('items')
            .select('id')
            .where('id', 'like', 'hitl-items-%')
            .execute()
        ).length === 1,
    );
    operator.disconnect();
  });

  it('stopping does not wait for a Redis that is gone', async () => {
    await redis.kill();
    await desk.until('it is not ready', async () => (await readiness()).status === 503);
    // Nothing starts it again: a stop that waits for it has no end.
    await desk.stop();
  });
});

describe('a Redis that cannot be reached at the start', () => {
  it('is named, with what to look at, and nothing is left running', async () => {
    await expect(openDesk({ env: { REDIS_URL: 'redis://127.0.0.1:1' } })).rejects.toThrow(
      /cannot reach Redis: check REDIS_URL/,
    );
  });
});
