/** Requests that wait for an item to end. In memory only: a client whose wait is cut asks again. */
import type { Clock } from '../domain/clock.ts';

export interface Waiters {
  /** Resolves when the item ends, after `ms`, or when `gone` aborts: then look it up. */
  wait(itemId: string, ms: number, gone: AbortSignal): Promise<void>;
  /** These items have ended. */
  ended(itemIds: Iterable<string>): void;
  /** Lets everyone go: the process stops. */
  close(): void;
}

export function createWaiters(clock: Clock): Waiters {
  const waiting = new Map<string, Set<() => void>>();
  let closed = false;
  return {
    wait(itemId, ms, gone) {
      if (closed || gone.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        const group = waiting.get(itemId) ?? new Set();
        waiting.set(itemId, group);
        const callOff = clock.at(clock.now() + ms, leave);
        function leave() {
          callOff();
          gone.removeEventListener('abort', leave);
          group.delete(leave);
          if (group.size === 0 && waiting.get(itemId) === group) waiting.delete(itemId);
          resolve();
        }
        group.add(leave);
        gone.addEventListener('abort', leave, { once: true });
      });
    },
    ended(itemIds) {
      for (const id of itemIds) for (const leave of [...(waiting.get(id) ?? [])]) leave();
    },
    close() {
      closed = true;
      for (const group of [...waiting.values()]) for (const leave of [...group]) leave();
    },
  };
}
