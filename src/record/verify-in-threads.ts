/**
 * Checks the record in as many threads as there are processors, beside a pager that writes meanwhile. Each thread reads by
 * a connection and a transaction of its own; they begin anew until all of them, and this one, see the same head. Whatever
 * the log covers is written in one transaction with its entry, so those who see the same head see the same of it.
 */
import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import type { EpochMs } from '../clock.ts';
import { startThread } from '../start-thread.ts';
import { auditHead, type AuditHead } from '../store/audit.ts';
import type { Db } from '../store/database.ts';
import { inTransaction } from '../store/prepared.ts';
import { verifyAudit } from '../store/verify-audit.ts';
import {
  joinParts,
  partsOf,
  type Part,
  type Verified,
  type VerifiedPart,
} from '../store/verify-parts.ts';

/** What a thread is told. */
export type Asked = { look: true } | { number: number; part: Part };
/** What it says. */
export type Said =
  | { head: AuditHead }
  | { number: number; verified: VerifiedPart }
  | { error: unknown };

/** A pager that writes all the time lets them see the same within a few tries. */
const TRIES = 50;
/** What is read of a part is thrown away with it: with room for several parts it is never copied. */
const ROOM = { maxYoungGenerationSizeMb: 64 };
/** Parts that a thread has at once: one in work, and the next at hand. */
const AT_ONCE = 2;

/** A log with fewer entries is checked before a thread has started. */
const SMALL = 50_000;

/**
 * As `verifyAudit` of `db`, which is read from `file`. Rejects where a thread fails.
 * @param threads by default as many as there are processors, where the log is long
 */
export async function verifyInThreads(
  db: Db,
  file: string,
  wanted: { expect: string | null; since: EpochMs | null; threads?: number },
): Promise<Verified> {
  const { expect, since } = wanted;
  const { seq: length } = await auditHead(db);
  const threads = wanted.threads ?? (length < SMALL ? 1 : availableParallelism());
  if (threads <= 1) return verifyAudit(db, expect, since);
  const team = Array.from({ length: threads }, () =>
    createHand(startThread(import.meta.url, 'verify-thread', { file, expect }, ROOM)),
  );
  try {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const verified = await inTransaction(db, async (snapshot) => {
        const { seq, hash } = await auditHead(snapshot);
        const heads = await Promise.all(team.map((hand) => hand.look()));
        return heads.every((head) => head.seq === seq && head.hash === hash)
          ? verifyParts(snapshot, team, expect, since)
          : null;
      });
      if (verified) return verified;
    }
    return await verifyAudit(db, expect, since);
  } finally {
    await Promise.all(team.map((hand) => hand.end()));
  }
}

/** Hands the parts out in their order, and puts together what comes back in that order too. */
async function verifyParts(
  db: Db,
  team: readonly Hand[],
  expect: string | null,
  since: EpochMs | null,
): Promise<Verified> {
  const joined = joinParts(expect);
  const working: Promise<VerifiedPart>[] = [];
  let number = 0;
  for await (const part of partsOf(db, since)) {
    if (working.length >= team.length * AT_ONCE) await joinFirst();
    const hand = team.reduce((least, one) => (one.busy() < least.busy() ? one : least));
    const work = hand.verify(number, part);
    // Whoever waits for it hears of a failure; until then nobody has to.
    work.catch(() => {});
    working.push(work);
    number += 1;
  }
  while (working.length > 0) await joinFirst();
  return joined.verified();

  async function joinFirst(): Promise<void> {
    const first = await working.shift();
    if (first) joined.add(first);
  }
}

interface Hand {
  /** Sees the record as it is now: its head. */
  look(): Promise<AuditHead>;
  verify(number: number, part: Part): Promise<VerifiedPart>;
  /** How many parts it has. */
  busy(): number;
  end(): Promise<unknown>;
}

function createHand(thread: Worker): Hand {
  type Waiting<T> = { resolve(said: T): void; reject(error: Error): void };
  const parts = new Map<number, Waiting<VerifiedPart>>();
  let looking: Waiting<AuditHead> | null = null;
  let broken: Error | null = null;

  function fail(error: Error): void {
    broken = error;
    looking?.reject(error);
    for (const one of parts.values()) one.reject(error);
    parts.clear();
  }
  thread.on('message', (said: Said) => {
    if ('error' in said) fail(new Error('a part could not be verified', { cause: said.error }));
    else if ('head' in said) looking?.resolve(said.head);
    else {
      parts.get(said.number)?.resolve(said.verified);
      parts.delete(said.number);
    }
  });
  thread.on('error', (cause) => fail(new Error('a thread that verifies failed', { cause })));

  const ask = (asked: Asked) => thread.postMessage(asked);
  return {
    look: () =>
      new Promise((resolve, reject) => {
        if (broken) return reject(broken);
        looking = { resolve, reject };
        ask({ look: true });
      }),
    verify: (number, part) =>
      new Promise((resolve, reject) => {
        if (broken) return reject(broken);
        parts.set(number, { resolve, reject });
        ask({ number, part });
      }),
    busy: () => parts.size,
    end: () => thread.terminate(),
  };
}
