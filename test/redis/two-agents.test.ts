import { spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { Queue, QueueEvents, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fencedCode } from '../fenced-code.ts';
import { openDesk, refund, type Desk } from '../scenarios/desk.ts';
import { hitl } from '../src/cli/terminal.ts';
import { startRedis, type RedisServer } from './redis-server.ts';

describe('several agents on one Redis', () => {
  let redis: RedisServer;
  let desk: Desk;
  let connection: Redis;
  let items: Queue;
  let events: QueueEvents;
  const env = () => ({ REDIS_URL: redis.url, HITL_REPLY_QUEUES: 'hitl-decisions-*,night.shift' });

  beforeAll(async () => {
    redis = await startRedis();
    connection = new Redis(redis.url, { maxRetriesPerRequest: null });
    desk = await openDesk({ env: env() });
    items = new Queue('hitl-items', { connection });
    events = new QueueEvents('hitl-items', { connection: { url: redis.url } });
    await events.waitUntilReady();
  });
  afterAll(async () => {
    await events.close();
    await items.close();
    await desk.close();
    connection.disconnect();
    await redis.close();
    expect(desk.slack.problems).toEqual([]);
  });

  /** Decided by the policy at once. */
  const sure = (id: string, more: object = {}) =>
    refund(id, { confidence: 0.99, impact: 1, ...more });
  async function agent<T>(name: string, does: (took: string[]) => Promise<T>): Promise<T> {
    const took: string[] = [];
    const worker = new Worker(name, async (job) => void took.push(job.data.item_id), {
      connection,
    });
    try {
      return await does(took);
    } finally {
      await worker.close();
    }
  }

  it('each takes its own results, and nobody else’s', async () => {
    await agent('hitl-decisions-support', (support) =>
      agent('hitl-decisions-billing', (billing) =>
        agent('hitl-decisions', async (others) => {
          for (const at of [1, 2, 3]) {
            await items.add('item', sure(`s-${at}`, { reply_to: 'hitl-decisions-support' }));
            await items.add('item', sure(`b-${at}`, { reply_to: 'hitl-decisions-billing' }));
            await items.add('item', sure(`o-${at}`));
          }
          await desk.until(
            'all have come',
            () => support.length + billing.length + others.length === 9,
          );
          expect(support.toSorted()).toEqual(['s-1', 's-2', 's-3']);
          expect(billing.toSorted()).toEqual(['b-1', 'b-2', 'b-3']);
          expect(others.toSorted()).toEqual(['o-1', 'o-2', 'o-3']);
        }),
      ),
    );
  });

  it('two agents, as the guide shows them', async () => {
    const [shown] = fencedCode('docs/results.md', 'ts');
    // Beside the tests, so that it finds bullmq as a producer's own code would.
    const file = 'test/redis/guide-shows.mts';
    writeFileSync(file, shown ?? '');
    const agents = ['support', 'billing'].map((me) => {
      const child = spawn(process.execPath, ['--import', 'tsx', file, me], {
        env: { ...process.env, REDIS_URL: redis.url },
      });
      const heard = new Promise<string>((resolve) =>
        child.stdout.on('data', (said: Buffer) => resolve(said.toString())),
      );
      return { me, child, heard };
    });
    try {
      for (const { me } of agents)
        await desk.until(`${me} has asked`, async () => {
          const { status } = await desk.api('POST', `/v1/items/${me}-1/cancel`);
          return status === 200;
        });
      for (const { me, heard } of agents) expect(await heard).toBe(`${me}-1 cancelled\n`);
    } finally {
      for (const { child } of agents) child.kill('SIGKILL');
      rmSync(file);
    }
  });

  it('a queue that is not allowed is refused, over HTTP and as a job', async () => {
    expect(
      await desk.api('POST', '/v1/items', sure('odd', { reply_to: 'somebody-elses' })),
    ).toMatchObject({
      status: 400,
      body: {
        errors: [
          {
            field: 'reply_to',
            problem:
              'is not a queue that HITL_REPLY_QUEUES allows: hitl-decisions, hitl-decisions-*, night.shift',
          },
        ],
      },
    });
    for (const reply_to of ['hitl-items', 'a:b', 'a'.repeat(101), ''])
      expect((await desk.api('POST', '/v1/items', sure('odd', { reply_to }))).status).toBe(
        reply_to === '' ? 202 : 400,
      );
    const job = await items.add('item', sure('odd-job', { reply_to: 'somebody-elses' }));
    await expect(job.waitUntilFinished(events)).rejects.toThrow('HITL_REPLY_QUEUES');
  });

  it('what nobody takes there is kept as long as any, and an erasure reaches it', async () => {
    const night = new Queue('night.shift', { connection });
    const support = new Queue('hitl-decisions-support', { connection });
    const waiting = async (queue: Queue, id: string) => {
      const { result } = await desk.status(id);
      return result && queue.getJob(result.decision_id);
    };
    await desk.submit(sure('n-1', { reply_to: 'night.shift' }));
    await desk.submit(sure('n-2', { reply_to: 'hitl-decisions-support', body: 'zwetschge' }));
    await desk.until('both wait', async () =>
      Boolean((await waiting(night, 'n-1')) && (await waiting(support, 'n-2'))),
    );
    const erased = await hitl(['erase', '--item', 'n-2', '--reason', 'asked'], {
      env: { ...env(), HITL_DATA_DIR: desk.data_dir },
      clock: desk.clock,
    });
    expect(erased).toMatchObject({ code: 0, out: expect.stringContaining('taken out of Redis') });
    expect(await waiting(support, 'n-2')).toBeUndefined();
    expect(await waiting(night, 'n-1')).toBeDefined();
    await desk.advance('7d');
    await desk.until('it is gone', async () => {
      const isGone = !(await waiting(night, 'n-1'));
      if (!isGone) desk.clock.advance(20 * 60_000);
      return isGone;
    });
    await night.close();
    await support.close();
  });
});

it('without Redis results are on no queue: an item that names one is refused', async () => {
  const desk = await openDesk({ env: { HITL_REPLY_QUEUES: 'hitl-decisions-*' } });
  const answer = await desk.api('POST', '/v1/items', refund('r', { reply_to: 'hitl-decisions-a' }));
  expect(answer).toMatchObject({ status: 400, body: { errors: [{ field: 'reply_to' }] } });
  await desk.close();
});
