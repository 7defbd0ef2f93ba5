/**
 * What was started, in order. Stopping walks it backwards, so that each part still has all it was built on. One list for
 * both ways to end: a start that fails half way, and a normal stop.
 */
import type { Logger } from 'pino';

export interface StopStack {
  /** `what` was started; `stop` ends it. */
  started(what: string, stop: () => unknown): void;
  /**
   * Stops everything, the newest first. Goes on past a part that fails, and throws an AggregateError at the end. Called
   * again, it returns the same stop.
   */
  stop(): Promise<void>;
}

export function createStopStack(log: Logger): StopStack {
  const parts: { what: string; stop: () => unknown }[] = [];
  let stopping: Promise<void> | null = null;

  async function walk(): Promise<void> {
    const failures: unknown[] = [];
    for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
      try {
        await part.stop();
      } catch (error) {
        log.error({ err: error, part: part.what }, 'a part could not be stopped');
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'not everything could be stopped');
  }

  return {
    started: (what, stop) => void parts.push({ what, stop }),
    stop: () => (stopping ??= walk()),
  };
}
