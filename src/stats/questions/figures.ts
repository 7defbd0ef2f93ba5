/** Asks the thread that computes figures: started with the first question, and let go when nobody has asked for a while. */
import type { Worker } from 'node:worker_threads';
import type { Clock } from '../../domain/clock.ts';
import { startThread } from '../../world/start-thread.ts';
import type { AnswerTo, Question } from './question.ts';

export interface Figures {
  /** Rejects where the question failed, or the thread did. */
  ask<Q extends Question>(question: Q): Promise<AnswerTo<Q>>;
  stop(): Promise<void>;
}

/** It holds some 60 MB while it stands by, and up to 128 more of what it has read. */
const IDLE_MS = 5 * 60_000;

interface Waiting {
  resolve(said: unknown): void;
  reject(error: Error): void;
}

/** @param file the database */
export function createFigures(file: string, clock: Clock): Figures {
  let thread: Worker | null = null;
  let callOff: () => void = () => {};
  let asked = 0;
  let stopped = false;
  const waiting = new Map<number, Waiting>();

  function fail(error: Error): void {
    thread = null;
    for (const one of waiting.values()) one.reject(error);
    waiting.clear();
  }

  function start(): Worker {
    const started = startThread(import.meta.url, 'figures-thread', file);
    started.unref();
    started.on(
      'message',
      ({ id, said, error }: { id: number; said?: unknown; error?: unknown }) => {
        const one = waiting.get(id);
        waiting.delete(id);
        if (error === undefined) one?.resolve(said);
        else one?.reject(new Error('a question about figures failed', { cause: error }));
      },
    );
    started.on('error', (cause) =>
      fail(new Error('the thread that computes figures failed', { cause })),
    );
    started.on('exit', () => {
      if (thread === started) fail(new Error('the thread that computes figures ended'));
    });
    return started;
  }

  async function release(): Promise<void> {
    callOff();
    const released = thread;
    thread = null;
    for (const one of waiting.values()) one.reject(new Error('the process stops'));
    waiting.clear();
    await released?.terminate();
  }

  return {
    stop() {
      stopped = true;
      return release();
    },
    ask<Q extends Question>(question: Q) {
      if (stopped) return Promise.reject(new Error('the process stops'));
      thread ??= start();
      const running = thread;
      callOff();
      callOff = clock.at(clock.now() + IDLE_MS, () => {
        if (waiting.size === 0) void release();
      });
      asked += 1;
      const id = asked;
      return new Promise<AnswerTo<Q>>((resolve, reject) => {
        // What the thread says to a question is its answer.
        waiting.set(id, { resolve: (said) => resolve(said as AnswerTo<Q>), reject });
        running.postMessage({ id, question });
      });
    },
  };
}
