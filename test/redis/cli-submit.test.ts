import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDesk, question, refund, type Desk } from '../scenarios/desk.ts';
import { hitl } from '../src/cli/terminal.ts';
import { startRedis, type RedisServer } from './redis-server.ts';

let redis: RedisServer;
let desk: Desk;
beforeAll(async () => {
  redis = await startRedis();
  desk = await openDesk({ env: { REDIS_URL: redis.url } });
});
afterAll(async () => {
  await desk.close();
  await redis.close();
});

it('hitl submit puts items on the queue where REDIS_URL is set, and refuses there what the pager would', async () => {
  const items = [
    question('queued-1'),
    refund('queued-2', { confidence: 'high' }),
    { ...question('no-id'), id: undefined },
    question('queued-4', { expires_at: '2020-01-01T00:00:00Z' }),
  ];
  const said = await hitl(['submit', 'items.jsonl'], {
    files: { 'items.jsonl': items.map((item) => JSON.stringify(item)).join('\n') },
    env: { REDIS_URL: redis.url },
    clock: desk.clock,
  });
  expect(said.code).toBe(1);
  expect(said.out.split('\n')).toEqual([
    expect.stringMatching(/^queued-1: on the queue as job \d+$/),
    expect.stringMatching(/^an item without id: on the queue as job \d+$/),
    '2 on the queue, 2 refused',
  ]);
  expect(said.err.split('\n')).toEqual([
    `to the queue hitl-items on Redis at ${new URL(redis.url).host}`,
    expect.stringMatching(/^items\.jsonl:2 queued-2: refused: confidence /),
    'items.jsonl:4 queued-4: refused: expires_at has passed already',
  ]);
  expect((await desk.card('queued-1')).ts).toBeTruthy();
});

it('hitl doctor looks at Redis: that it answers, and that it throws no job away', async () => {
  const env = { REDIS_URL: redis.url, HITL_DATA_DIR: desk.data_dir };
  const good = await hitl(['doctor'], { env });
  expect(good.out).toMatch(/^good {2}queue: Redis \d+\.\S+ at 127\.0\.0\.1:\d+ answers$/m);
  const operator = new Redis(redis.url);
  await operator.config('SET', 'maxmemory-policy', 'allkeys-lru');
  operator.disconnect();
  const bad = await hitl(['doctor'], { env });
  expect(bad.out).toMatch(
    /^FIX {3}queue: .*may throw jobs away when it is full \(maxmemory-policy allkeys-lru\): set noeviction$/m,
  );
});
