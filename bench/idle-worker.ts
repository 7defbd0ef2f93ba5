/**
 * In a process of its own: a worker whose work is nothing, as BullMQ makes it (one job at a time) or as the product does
 * (many). Runs until it is told to stop.
 */
import { Worker } from 'bullmq';
import { Redis } from 'ioredis';
import pino from 'pino';
import { openQueues } from '../src/queue/open-queues.ts';

const { redis_url, queue, made_by } = JSON.parse(process.argv[2] ?? '{}') as {
  redis_url: string;
  queue: string;
  made_by: 'bullmq' | 'product';
};
const close = made_by === 'bullmq' ? byBullmq() : await byProduct();
process.once('SIGTERM', () => void close().then(() => process.exit(0)));

function byBullmq(): () => Promise<void> {
  const connection = new Redis(redis_url, { maxRetriesPerRequest: null });
  const worker = new Worker(queue, async () => {}, { connection });
  return async () => {
    await worker.close();
    connection.disconnect();
  };
}

async function byProduct(): Promise<() => Promise<void>> {
  const queues = await openQueues(
    { redis_url, file: '', name: queue },
    pino({ level: 'warn' }, pino.destination(2)),
  );
  queues.take(async () => {});
  return () => queues.close();
}
