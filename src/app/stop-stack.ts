/**
 * What was started, in order. Stopping walks it backwards, so that each part still has all it was built on. One list for
 * both ways to end: a start that fails half way, and a normal stop. Each part has a while; one that never ends does not
 * keep the others, or the process, from ending.
 */
import type { Logger } from 'pino';

export interface StopStack {
  /** `what` was started; `stop` ends it. */
  started(what: string, stop: () => unknown): void;
  /**
   * Stops everything, the newest first. Goes on past a part that fails or does not end, and throws an AggregateError at
   * the end. Called again, it returns the same stop.
   */
  stop(): Promise<void>;
}

/** Less than `hitl start` gives the whole stop, so that the part is named. Real time: a clock may stand, a stop may not. */
const LONGEST_MS = 8000;

/** @param longest_ms how long a part may take to stop */
export function createStopStack(log: Logger, longest_ms = LONGEST_MS): StopStack {
  const parts: { what: string; stop: () => unknown }[] = [];
  let stopping: Promise<void> | null = null;

  async function walk(): Promise<void> {
    const failures: unknown[] = [];
    for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
      try {
        await within(longest_ms, part);
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

async function within(
  longest_ms: number,
  { what, stop }: { what: string; stop: () => unknown },
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`${what} did not stop within ${longest_ms} ms`)),
      longest_ms,
    );
  });
  try {
    await Promise.race([stop(), late]);
  } finally {
    clearTimeout(timer);
  }
}
