/**
 * A Redis that evicts keys when its memory is full (`maxmemory-policy` other than `noeviction`) may lose items and results.
 * The pager says so itself; BullMQ would print it past the log.
 */
import type { Redis } from 'ioredis';

const POLICY = /^maxmemory_policy:(\S+)/m;

/** What `INFO` says of it; `noeviction` where it says nothing. */
export const evictionPolicy = (info: string): string => POLICY.exec(info)?.[1] ?? 'noeviction';

/** What that means and what to do, or null where nothing is evicted. */
export function evictionRisk(info: string): string | null {
  const policy = evictionPolicy(info);
  return policy === 'noeviction'
    ? null
    : `Redis may lose items and results when its memory is full (maxmemory-policy ${policy}): set noeviction`;
}

/** The same connection, and those made from it, without BullMQ's own warning: it reads `INFO` and prints to the console. */
export function withoutAlarm(redis: Redis): Redis {
  const info = redis.info.bind(redis) as (...args: unknown[]) => Promise<string>;
  const duplicate = redis.duplicate.bind(redis);
  return Object.assign(redis, {
    // With a callback it is the connection itself that asks, whether it is ready.
    info: async (...args: unknown[]) =>
      typeof args.at(-1) === 'function'
        ? info(...args)
        : (await info(...args)).replace(POLICY, 'maxmemory_policy:noeviction'),
    duplicate: (override?: Parameters<Redis['duplicate']>[0]) => withoutAlarm(duplicate(override)),
  });
}
