/**
 * The queues of items and of results, on Redis where REDIS_URL is set, else in a SQLite file. BullMQ is the same above both.
 */
import { Queue, withBackend, Worker, type Job } from 'bullmq';
import { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { rootWords } from '../domain/error-chain.ts';
import { systemClock, type Clock } from '../domain/clock.ts';
import { StartRefused } from '../domain/start-refused.ts';
import { createOutage } from '../world/outage.ts';
import type { ErasableQueue } from './erase-jobs.ts';
import { withExactJobs } from './exact-jobs.ts';
import { evictionRisk, withoutAlarm } from './redis-eviction.ts';
import { createResultQueues, type ResultQueues } from './result-queues.ts';
import { createSqliteBackend } from './sqlite/sqlite-backend.ts';
import { openQueueFile } from './sqlite/queue-file.ts';

/** What is asked of a queue, whatever stands behind it. */
type Outlet = ErasableQueue &
  Pick<Queue, 'add' | 'addBulk' | 'count' | 'getJob' | 'close'> & {
    on(event: 'error', heard: (error: Error) => void): unknown;
  };
type Taker = Pick<Worker, 'close'> & {
  on(event: 'error', heard: (error: Error) => void): unknown;
  on(event: 'failed', heard: (job: Job | undefined, error: Error) => void): unknown;
};

export interface Queues {
  /** Where items come in. */
  items: Outlet;
  /** Where results go; null with the embedded queue, from which nobody could take them: GET and webhooks tell them. */
  results: ResultQueues | null;
  /** Starts taking items: `work` handles one job and returns its result. */
  take(work: (job: Job, token?: string) => Promise<unknown>): Taking;
  /** Adds to the queue of items, as a producer does. */
  submit(data: unknown, jobId?: string): Promise<string>;
  /** Whether the queue answers now. Rejects with the reason where it does not. */
  ping(): Promise<void>;
  /** Writes a page of the queue's file; rejects where the disk takes none. Redis has its own disk, and is not asked. */
  probe(): Promise<void>;
  /** What may go wrong with the queue though it answers: a sentence each, with what to do. Rejects where it does not answer. */
  risks(): Promise<string[]>;
  /** After an erasure: what was removed is nowhere in the queue's file any more. Redis rewrites its own in its own time. */
  forget(): Promise<void>;
  close(): Promise<void>;
}

/** Items being taken. */
export interface Taking {
  /** Takes no more; resolves when the jobs in hand have ended. A queue that is gone is not waited for: its jobs come again. */
  close(): Promise<void>;
}

export interface QueueConfig {
  redis_url: string | undefined;
  /** The SQLite file of the queues where there is no Redis. */
  file: string;
  /** The queue of items. */
  name: string;
  /** The queues that `reply_to` may name; absent: none but the default. */
  reply_queues?: readonly string[];
}

/** Jobs handled at the same time: as many share one flush to disk. */
const CONCURRENCY = 48;
/** Finished jobs are kept a while for whoever looks at the queue. */
const KEEP = {
  removeOnComplete: { age: 3600, count: 1000 },
  removeOnFail: { age: 7 * 24 * 3600, count: 10_000 },
};
/** How long a worker waits before it tries again what the disk did not take. */
const RETRY_DELAY_MS = 2000;
/** A Redis that does not answer within this has failed, for whoever waits. */
const COMMAND_TIMEOUT_MS = 10_000;

export interface QueueWorld {
  log: Logger;
  clock: Clock;
  /** Told of each write to the queue's file that fails. */
  onFault?: (error: unknown) => void;
}

/** Connects. Throws where Redis cannot be reached, or the file not opened. */
export async function openQueues(
  config: QueueConfig,
  log: Logger,
  more: Partial<QueueWorld> = {},
): Promise<Queues> {
  const world = { clock: systemClock, ...more, log };
  return config.redis_url === undefined
    ? onFile(config, world)
    : onRedis(config, config.redis_url, world);
}

/** What ioredis says of commands while a connection is away: why it is away is said by the connection itself. */
const OF_NO_CONNECTION = /^(?:Connection is closed|Stream isn't writeable|Command timed out)/;

async function onRedis(config: QueueConfig, url: string, world: QueueWorld): Promise<Queues> {
  const outage = createOutage(world, {
    away: 'Redis does not answer; trying again. Items wait there, results wait here, and nothing is lost',
    back: 'Redis answers again',
  });
  let away: string | null = null;
  const onFault = (error: Error) => {
    const words = rootWords(error);
    if (OF_NO_CONNECTION.test(words)) return;
    away = words;
    outage.met(words);
  };
  // The worker waits for Redis to come back; whoever adds is told at once that it is away.
  const waiting = withoutAlarm(new Redis(url, { maxRetriesPerRequest: null, lazyConnect: true }));
  const asking = new Redis(url, {
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    commandTimeout: COMMAND_TIMEOUT_MS,
    lazyConnect: true,
  });
  const ask = asking.info.bind(asking);
  const adding = withoutAlarm(asking);
  const refused = (error: Error) => {
    away = rootWords(error);
  };
  for (const redis of [waiting, adding]) redis.on('error', refused);
  try {
    await Promise.all([waiting.connect(), adding.connect()]);
  } catch (cause) {
    waiting.disconnect();
    adding.disconnect();
    throw new StartRefused(
      [
        `cannot reach Redis: check REDIS_URL, and that the server runs (\`redis-cli -u "$REDIS_URL" ping\`); it says: ${away ?? rootWords(cause)}`,
      ],
      { cause },
    );
  }
  for (const redis of [waiting, adding]) {
    redis.off('error', refused);
    redis.on('error', onFault);
    redis.on('ready', () => {
      if (waiting.status !== 'ready' || asking.status !== 'ready') return;
      away = null;
      outage.over();
    });
  }
  const items = withExactJobs(
    new Queue(config.name, { connection: adding, defaultJobOptions: KEEP }),
  );
  const allowed = { patterns: config.reply_queues ?? [], items: config.name };
  const results = createResultQueues(adding, allowed, onFault);
  return assemble({
    items,
    results,
    log: world.log,
    onFault,
    take: (work) =>
      withExactJobs(
        new Worker(config.name, work, { connection: waiting, concurrency: CONCURRENCY, ...KEEP }),
      ),
    async ping() {
      try {
        await adding.ping();
      } catch (cause) {
        const words = rootWords(cause);
        const gone = OF_NO_CONNECTION.test(words) ? 'its connection is gone' : words;
        throw new Error(away ?? gone, { cause });
      }
    },
    probe: async () => {},
    async risks() {
      const risk = evictionRisk(await ask('memory'));
      return risk === null ? [] : [risk];
    },
    async forget() {
      // What failed, and why, stands in the stream of events too.
      for (const queue of [items, ...(await results.all())]) await queue.trimEvents(0);
    },
    end: async () => {
      waiting.disconnect();
      adding.disconnect();
    },
  });
}

async function onFile(config: QueueConfig, world: QueueWorld): Promise<Queues> {
  const file = openQueueFile(config.file, systemClock, world.onFault);
  const outage = createOutage(world, {
    away: 'the queue’s file (queue.db) fails; trying again. Nothing on it is lost',
    back: 'the queue’s file works again',
  });
  const bull = withBackend(createSqliteBackend);
  return assemble({
    items: withExactJobs(
      new bull.Queue(config.name, { connection: file, defaultJobOptions: KEEP }),
    ),
    results: null,
    log: world.log,
    onFault: (error) => outage.met(rootWords(error)),
    take: (work) =>
      withExactJobs(
        new bull.Worker(config.name, work, {
          connection: file,
          concurrency: CONCURRENCY,
          runRetryDelay: RETRY_DELAY_MS,
          ...KEEP,
        }),
      ),
    async probe() {
      await file.probe();
      outage.over();
    },
    ping: async () => void file.sqlite.prepare('SELECT 1').get(),
    risks: async () => [],
    forget: async () => file.rewrite(),
    end: () => file.close(),
  });
}

interface Parts {
  items: Outlet;
  results: ResultQueues | null;
  log: Logger;
  /** What fails in the queue or its worker, beside a job. */
  onFault(error: Error): void;
  take(work: (job: Job, token?: string) => Promise<unknown>): Taker;
  ping(): Promise<void>;
  probe(): Promise<void>;
  risks(): Promise<string[]>;
  forget(): Promise<void>;
  end(): Promise<void>;
}

function assemble(parts: Parts): Queues {
  const takings: Taking[] = [];
  parts.items.on('error', parts.onFault);
  return {
    items: parts.items,
    results: parts.results,
    take(work) {
      const worker = parts.take(work);
      worker.on('error', parts.onFault);
      worker.on('failed', (job, error) => {
        // An item that cannot be understood is told where that happens; anything else here is a fault of ours.
        if (error.name !== 'UnrecoverableError' && error.name !== 'DelayedError')
          parts.log.error({ err: error, job_id: job?.id }, 'a job failed');
      });
      const taking: Taking = {
        async close() {
          const gone = await parts.ping().then(
            () => false,
            () => true,
          );
          await worker.close(gone);
        },
      };
      takings.push(taking);
      return taking;
    },
    async submit(data, jobId) {
      const job = await parts.items.add('item', data, jobId === undefined ? {} : { jobId });
      return job.id ?? '';
    },
    ping: parts.ping,
    probe: parts.probe,
    risks: parts.risks,
    forget: parts.forget,
    async close() {
      for (const taking of takings) await taking.close();
      await parts.items.close();
      await parts.results?.close();
      await parts.end();
    },
  };
}
