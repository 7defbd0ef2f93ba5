/**
 * Group commit: writers that arrive together share one transaction and one flush to disk; none is answered before the
 * whole group is on disk. One that throws takes nothing of the others with it: the group is undone and run again, each
 * piece of work under a savepoint of its own.
 */
import type { AuditEvent } from '../domain/audit-event.ts';
import type { Clock, EpochMs } from '../domain/clock.ts';
import { diskTrouble } from '../domain/disk-trouble.ts';
import type { LaneName } from '../domain/lane.ts';
import { appendAudit, auditHead, type AuditHead } from './audit-log.ts';
import type { Db } from './database.ts';
import { command, inTransaction } from './prepared.ts';

/** One piece of work inside a transaction. No network call may be made in it. */
export interface Unit {
  db: Db;
  /** The moment of this work; the same for all it writes. */
  now: EpochMs;
  audit(entry: AuditEvent): Promise<void>;
  /** Lanes of the outbox that got something to do in this transaction. */
  lanes: Set<LaneName>;
  /** Items that ended in it. */
  ended: Set<string>;
}

/** What a group of writes touched, for whoever waits for it. */
export type Touched = Pick<Unit, 'lanes' | 'ended'>;

/**
 * Runs `work` in a transaction and resolves, with what it returned, once that is on disk. Rejects with what it threw.
 * Where another of its group failed it is run a second time: nothing outside the database may count on its running once.
 */
export type Commit = <T>(work: (unit: Unit) => Promise<T>) => Promise<T>;

interface Waiting {
  run(unit: Unit): Promise<void>;
  settle(): void;
  reject(error: unknown): void;
}

/** As many as share one flush. More adds nothing to the rate and something to the wait. */
const GROUP_MOST = 64;

/** The one writer of a database. `onCommit` is called after each group that touched anything. */
export function createCommit(world: {
  db: Db;
  clock: Clock;
  onCommit?: (touched: Touched) => void;
}): Commit {
  const queue: Waiting[] = [];
  let running = false;

  async function drain(): Promise<void> {
    while (queue.length > 0) {
      const group = queue.splice(0, GROUP_MOST);
      try {
        const { failed, touched } = await runGroup(world, group);
        for (const work of group) if (!failed.has(work)) work.settle();
        if (touched.lanes.size > 0 || touched.ended.size > 0) world.onCommit?.(touched);
      } catch (error) {
        for (const work of group) work.reject(error);
      }
    }
    running = false;
  }

  return (work) =>
    new Promise((resolve, reject) => {
      let result: Awaited<ReturnType<typeof work>>;
      queue.push({
        run: async (unit) => {
          result = await work(unit);
        },
        settle: () => resolve(result),
        reject,
      });
      if (running) return;
      running = true;
      // The rest of this turn's arrivals join the group.
      setImmediate(() => void drain());
    });
}

/** Runs a group in one transaction. Returns the works that failed, each rejected with what it threw, and what the others touched. */
async function runGroup(
  world: { db: Db; clock: Clock },
  group: Waiting[],
): Promise<{ failed: Set<Waiting>; touched: Touched }> {
  try {
    const touched = await inTransaction(world.db, async (db) => {
      const all = nothingTouched();
      let head = await auditHead(db);
      for (const work of group) head = await runOne(world, db, head, work, all);
      return all;
    });
    return { failed: new Set(), touched };
  } catch (error) {
    // What the disk does not take of all it does not take of any: each hears the first error.
    if (diskTrouble(error) !== null) throw error;
    const [only, ...others] = group;
    if (only === undefined || others.length > 0) return runApart(world, group);
    only.reject(error);
    return { failed: new Set([only]), touched: nothingTouched() };
  }
}

/** The same again, each under a savepoint of its own. That costs a copy of each page it changes: only after a failure. */
async function runApart(
  world: { db: Db; clock: Clock },
  group: Waiting[],
): Promise<{ failed: Set<Waiting>; touched: Touched }> {
  const failed = new Map<Waiting, unknown>();
  const touched = nothingTouched();
  await inTransaction(world.db, async (db) => {
    let head = await auditHead(db);
    for (const work of group) {
      const own = nothingTouched();
      await command(db, 'savepoint work');
      try {
        head = await runOne(world, db, head, work, own);
        await command(db, 'release savepoint work');
        for (const lane of own.lanes) touched.lanes.add(lane);
        for (const id of own.ended) touched.ended.add(id);
      } catch (error) {
        // The disk fails, and SQLite may have undone all of it: there is no savepoint to go back to.
        if (diskTrouble(error) !== null) throw error;
        await command(db, 'rollback to savepoint work');
        await command(db, 'release savepoint work');
        failed.set(work, error);
      }
    }
  });
  for (const [work, error] of failed) work.reject(error);
  return { failed: new Set(failed.keys()), touched };
}

/** Returns where the chain ends after it. */
async function runOne(
  world: { clock: Clock },
  db: Db,
  before: AuditHead,
  work: Waiting,
  touched: Touched,
): Promise<AuditHead> {
  let head = before;
  const now = world.clock.now();
  await work.run({
    db,
    now,
    ...touched,
    audit: async (entry) => {
      head = await appendAudit(db, head, now, entry);
    },
  });
  return head;
}

const nothingTouched = (): Touched => ({ lanes: new Set(), ended: new Set() });
