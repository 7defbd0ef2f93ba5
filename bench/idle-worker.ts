/** In a process of its own: a worker as the product makes it, whose work is nothing. Runs until it is told to stop. */
import pino from 'pino';
import { openQueues } from '../src/queue/open-queues.ts';

const { redis_url, queue } = JSON.parse(process.argv[2] ?? '{}') as {
  redis_url: string;
  queue: string;
};
const queues = await openQueues(
  { redis_url, pglite_dir: undefined, name: queue },
  pino({ level: 'warn' }, pino.destination(2)),
);
queues.take(async () => {});
process.once('SIGTERM', () => void queues.close().then(() => process.exit(0)));
