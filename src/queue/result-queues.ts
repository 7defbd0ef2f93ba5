/** The queues that results go to, on Redis: the default, and those that items name with `reply_to`. */
import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { DECISIONS_QUEUE, isReplyQueue, type ReplyQueues } from '../domain/reply-queue.ts';
import type { ErasableQueue } from './erase-jobs.ts';
import { withExactJobs } from './exact-jobs.ts';

export type ResultQueue = ErasableQueue & Pick<Queue, 'addBulk' | 'trimEvents'>;

export interface ResultQueues {
  /** The queue of that name. */
  named(name: string): ResultQueue;
  /** All that may hold results: those that are named outright, and those on Redis that fit a pattern. */
  all(): Promise<ResultQueue[]>;
  close(): Promise<void>;
}

/** Patterns allow any number of them; the one used longest ago is closed. */
const MOST_OPEN = 100;

/** They share `redis`, which stays open when they close. `onFault`: told of what fails in any of them. */
export function createResultQueues(
  redis: Redis,
  allowed: ReplyQueues,
  onFault: (error: Error) => void,
): ResultQueues {
  const open = new Map<string, Queue>();

  function named(name: string): Queue {
    const queue = open.get(name) ?? openOne(name);
    // A Map keeps the order of insertion.
    open.delete(name);
    open.set(name, queue);
    const [[oldest, unused] = []] = open;
    if (open.size > MOST_OPEN && oldest !== undefined && unused !== undefined) {
      open.delete(oldest);
      unused.close().catch(() => {});
    }
    return queue;
  }

  function openOne(name: string): Queue {
    const queue = withExactJobs(new Queue(name, { connection: redis }));
    queue.on('error', onFault);
    return queue;
  }

  async function onRedis(): Promise<string[]> {
    const names = new Set<string>();
    for (let cursor = '0'; ;) {
      const [next, keys] = await redis.scan(cursor, 'MATCH', 'bull:*:meta', 'COUNT', 1000);
      for (const key of keys) names.add(key.slice('bull:'.length, -':meta'.length));
      if (next === '0') return [...names];
      cursor = next;
    }
  }

  return {
    named,
    async all() {
      const hasPattern = allowed.patterns.some((pattern) => pattern.includes('*'));
      const names = new Set([
        DECISIONS_QUEUE,
        ...allowed.patterns.filter((pattern) => !pattern.includes('*')),
        ...(hasPattern ? await onRedis() : []),
      ]);
      return [...names].filter((name) => isReplyQueue(name, allowed)).map(named);
    },
    async close() {
      for (const queue of open.values()) await queue.close();
    },
  };
}
