import { spawn } from 'node:child_process';
import { writeFileSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fencedCode } from '../fenced-code.ts';
import { openDesk, type Desk } from '../scenarios/desk.ts';
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

it('TypeScript puts an item on the queue, and hears the result, as the README shows', async () => {
  const [shown] = fencedCode('README.md', 'ts');
  // Beside the tests, so that it finds bullmq as a producer's own code would.
  const file = 'test/redis/readme-shows.mts';
  writeFileSync(file, shown ?? '');
  const producer = spawn(process.execPath, ['--import', 'tsx', file], {
    env: { ...process.env, REDIS_URL: redis.url },
  });
  try {
    const heard = new Promise<string>((resolve) =>
      producer.stdout.on('data', (said: Buffer) => resolve(said.toString())),
    );
    await desk.slack
      .user('carol')
      .clicks('Approve')
      .on(await desk.card('review-9'));
    expect(await heard).toBe('review-9 approved\n');
  } finally {
    producer.kill('SIGKILL');
    rmSync(file);
  }
});
