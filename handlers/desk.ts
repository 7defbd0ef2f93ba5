/** What a handler is given: the world, a client for what a person waits for, and who is in which user group. */
import type { WebClient } from '@slack/web-api';
import type { World } from '../src/world.ts';

export interface Desk {
  world: World;
  /** For modals and look-ups: quick, few retries. */
  web: WebClient;
  members: {
    look(usergroups: readonly string[]): Promise<void>;
    stale(usergroups: readonly string[]): string[];
  };
  /** Empty until Slack has said it. */
  botUserId: string;
  /** Aborted when the process stops: what waits for Slack is kept on disk and need not wait on. */
  stopping: AbortSignal;
  /** Work that goes on after an ack. The process waits for it when it stops; what fails in it is logged. */
  afterwards(what: string, work: Promise<unknown>): void;
}
