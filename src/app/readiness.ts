/** What `/readyz` says: what is missing, and what may go wrong though nothing is. */
import type { Queues } from '../queue/open-queues.ts';
import type { DiskWatch } from './disk-watch.ts';
import type { Watcher } from './watcher.ts';

export interface Readiness {
  /** What is not ready, a sentence each. */
  notReady(): Promise<string[]>;
  /** What may go wrong though all is ready. */
  warnings(): Promise<string[]>;
}

export function createReadiness(parts: {
  /** What is wrong with Slack, a sentence each. */
  slack(): string[];
  watcher: Watcher;
  disk: DiskWatch;
  queues: Queues;
  /** What the queue is, at the beginning of a sentence. */
  queue: string;
}): Readiness {
  const { watcher, disk, queues } = parts;
  return {
    async notReady() {
      const queue = await queues.ping().then(
        () => [],
        (error: Error) => [`${parts.queue} does not answer (${error.message})`],
      );
      return [...parts.slack(), ...disk.troubles(), ...watcher.troubles(), ...queue];
    },
    async warnings() {
      // A queue that has gone since is told by the next look.
      return [...disk.warnings(), ...(await queues.risks().catch(() => []))];
    },
  };
}
