// Waiting for the workspace to look a certain way: looked at after each change of it. What lies
// outside the workspace (the app's own records) tells of no change, so that is looked at on a beat.
import type { Workspace } from './records.ts';
import { onChange } from './workspace.ts';

export interface UntilOptions {
  timeout_ms?: number;
  /** What is waited for, in the message of the error. */
  what?: string;
}

const BEAT_MS = 25;

type Truthy<T> = Exclude<T, false | 0 | '' | null | undefined>;

export interface Waiting {
  until<T>(predicate: () => T, options?: UntilOptions): Promise<Truthy<T>>;
  close(): void;
}

/** Changes of one turn are looked at together, so that a burst costs one look. */
export function createWaiting(workspace: Workspace, describe: () => string): Waiting {
  const looks = new Set<() => void>();
  const ends = new Set<() => void>();
  let scheduled = false;
  const stop = onChange(workspace, () => {
    if (scheduled || looks.size === 0) return;
    scheduled = true;
    queueMicrotask(() => {
      scheduled = false;
      for (const look of looks) look();
    });
  });

  return {
    until<T>(predicate: () => T, { timeout_ms = 30_000, what }: UntilOptions = {}) {
      // Made here, so that the error points at the test's line.
      const error = new Error();
      return new Promise<Truthy<T>>((resolve, reject) => {
        let lastError: unknown;
        const done = () => {
          clearTimeout(timer);
          clearInterval(beat);
          looks.delete(look);
          ends.delete(end);
        };
        const fail = (why: string) => {
          done();
          const thrown = lastError instanceof Error ? `\nit last threw: ${lastError.message}` : '';
          error.message = `${why}: ${what ?? String(predicate)}${thrown}\n${describe()}`;
          reject(error);
        };
        const look = () => {
          try {
            const value = predicate();
            if (value instanceof Promise) {
              return fail(
                'the predicate is async, which is always truthy; it looks, it does not wait',
              );
            }
            lastError = undefined;
            if (!isTruthy(value)) return;
            done();
            resolve(value);
          } catch (thrown) {
            lastError = thrown;
          }
        };
        const end = () => fail('the workspace was closed while waiting for');
        const timer = setTimeout(() => fail(`not within ${timeout_ms} ms`), timeout_ms);
        const beat = setInterval(() => look(), BEAT_MS);
        looks.add(look);
        ends.add(end);
        look();
      });
    },
    close() {
      stop();
      for (const end of ends) end();
    },
  };
}

function isTruthy<T>(value: T): value is Truthy<T> {
  return Boolean(value);
}
