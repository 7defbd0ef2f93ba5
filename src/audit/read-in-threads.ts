/**
 * Threads that read the record as it was at one moment, beside a pager that writes meanwhile. Each reads by a connection
 * and a transaction of its own; they begin anew until all of them, and this one, see the same head of the log. Whatever
 * the log covers is written in one transaction with its entry, so those who see the same head see the same of it.
 */
import type { Worker } from 'node:worker_threads';
import { startThread } from '../world/start-thread.ts';
import { auditHead, type AuditHead } from '../store/audit-log.ts';
import type { Db } from '../store/database.ts';
import { inTransaction } from '../store/prepared.ts';

/** What a thread is told. */
export type Asked<Part> = { look: true } | { number: number; part: Part };
/** What it says. */
export type Said<Done> = { head: AuditHead } | { number: number; done: Done } | { error: unknown };

/** A pager that writes all the time lets them see the same within a few tries. */
const TRIES = 50;
/** Parts that a thread has at once: one in work, and the next at hand. */
const AT_ONCE = 2;

/** Has the threads work on parts, and hands what they made of them over in the parts' order. */
export type InOrder<Part, Done> = (parts: AsyncIterable<Part>) => AsyncGenerator<Done>;

/**
 * Runs `work`, which is handed what this connection sees at that moment. Null where threads and pager never agreed on one.
 * Rejects where a thread fails.
 * @param thread the file that a thread runs (it calls `serveParts`), beside the file that asks, and what it is told at
 * first. What is read of a part is thrown away with it: where `room_mb` holds some parts, it is never copied
 */
export async function readInThreads<Part, Done, T>(
  db: Db,
  thread: { beside: string; name: string; data: unknown; count: number; room_mb: number },
  work: (snapshot: Db, inOrder: InOrder<Part, Done>) => Promise<T>,
): Promise<T | null> {
  const team = Array.from({ length: thread.count }, () =>
    createHand<Part, Done>(
      startThread(thread.beside, thread.name, thread.data, {
        maxYoungGenerationSizeMb: thread.room_mb,
      }),
    ),
  );
  try {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const worked = await inTransaction(db, async (snapshot) => {
        const { seq, hash } = await auditHead(snapshot);
        const heads = await Promise.all(team.map((hand) => hand.look()));
        return heads.every((head) => head.seq === seq && head.hash === hash)
          ? { value: await work(snapshot, (parts) => inOrder(team, parts)) }
          : null;
      });
      if (worked) return worked.value;
    }
    return null;
  } finally {
    await Promise.all(team.map((hand) => hand.end()));
  }
}

async function* inOrder<Part, Done>(
  team: readonly Hand<Part, Done>[],
  parts: AsyncIterable<Part>,
): AsyncGenerator<Done> {
  const working: Promise<Done>[] = [];
  let number = 0;
  for await (const part of parts) {
    const first = working.length >= team.length * AT_ONCE ? working.shift() : undefined;
    if (first) yield await first;
    const hand = team.reduce((least, one) => (one.busy() < least.busy() ? one : least));
    const done = hand.take(number, part);
    // Whoever waits for it hears of a failure; until then nobody has to.
    done.catch(() => {});
    working.push(done);
    number += 1;
  }
  for (const done of working) yield await done;
}

interface Hand<Part, Done> {
  /** Sees the record as it is now: its head. */
  look(): Promise<AuditHead>;
  take(number: number, part: Part): Promise<Done>;
  /** How many parts it has. */
  busy(): number;
  end(): Promise<unknown>;
}

function createHand<Part, Done>(thread: Worker): Hand<Part, Done> {
  type Waiting<T> = { resolve(said: T): void; reject(error: Error): void };
  const parts = new Map<number, Waiting<Done>>();
  let looking: Waiting<AuditHead> | null = null;
  let broken: Error | null = null;

  function fail(error: Error): void {
    broken = error;
    looking?.reject(error);
    for (const one of parts.values()) one.reject(error);
    parts.clear();
  }
  thread.on('message', (said: Said<Done>) => {
    if ('error' in said) fail(new Error('a part could not be read', { cause: said.error }));
    else if ('head' in said) looking?.resolve(said.head);
    else {
      parts.get(said.number)?.resolve(said.done);
      parts.delete(said.number);
    }
  });
  thread.on('error', (cause) => fail(new Error('a thread that reads failed', { cause })));

  const ask = (asked: Asked<Part>) => thread.postMessage(asked);
  return {
    look: () =>
      new Promise((resolve, reject) => {
        if (broken) return reject(broken);
        looking = { resolve, reject };
        ask({ look: true });
      }),
    take: (number, part) =>
      new Promise((resolve, reject) => {
        if (broken) return reject(broken);
        parts.set(number, { resolve, reject });
        ask({ number, part });
      }),
    busy: () => parts.size,
    end: () => thread.terminate(),
  };
}
