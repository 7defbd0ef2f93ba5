/**
 * Keeps an eye on the disk: a page is written now and then, and the free space measured. A disk in trouble makes the
 * process not ready; the operators hear of it at once, once, past the outbox, which needs that disk. A disk that fills up
 * is warned of, once at each limit.
 */
import { statfs } from 'node:fs/promises';
import { diskSentence } from '../domain/disk-trouble.ts';
import { diskBackReport, diskReport, spaceReport } from '../domain/operator-reports.ts';
import {
  limitsOver,
  limitsUnder,
  ROOM_BYTES,
  spaceWarning,
  type Space,
} from '../domain/free-space.ts';
import type { EpochMs } from '../domain/clock.ts';
import { notifyOperatorsOnce, report } from '../outbox/operator-notices.ts';
import { forgetReported } from '../store/operator-notices.ts';
import { command } from '../store/prepared.ts';
import { createOutage } from '../world/outage.ts';
import { repeat } from '../world/repeat.ts';
import type { World } from '../world/world.ts';
import type { DiskState } from './disk-state.ts';

/** In trouble it is looked at this often … */
const EVERY_MS = 5000;
/** … and else this often. Trouble that comes back within that time is the same one. */
const WELL_EVERY_MS = 60_000;

export interface DiskWatch {
  /** What is wrong, a sentence each; empty: all is well. */
  troubles(): string[];
  /** What may go wrong, a sentence each. */
  warnings(): string[];
  /** Free bytes now, or null where they cannot be told. */
  free(): Promise<number | null>;
  /** Looks now, at everything. */
  look(): Promise<void>;
  /** Resolves when the look that is going on has ended. */
  stop(): Promise<void>;
}

export interface WatchedDisk {
  state: DiskState;
  /** HITL_DATA_DIR. */
  folder: string;
  /** How much room there is. */
  measure(folder: string): Promise<Space>;
  /** Writes a page of the queue's file; rejects where it takes none. */
  writeQueue(): Promise<void>;
  /** Posts in a channel at once, past the outbox. */
  post(channel: string, words: string): Promise<void>;
}

/** As the file system tells it to this user. */
export async function measureSpace(folder: string): Promise<Space> {
  const { bavail, blocks, bsize } = await statfs(folder);
  return { free: bavail * bsize, total: blocks * bsize };
}

export function startDiskWatch(world: World, disk: WatchedDisk): DiskWatch {
  const { state, folder } = disk;
  const { clock, log } = world;
  const outage = createOutage(
    world,
    {
      away: 'nothing can be saved; trying again. Nothing that was acknowledged is lost',
      back: 'all can be saved again',
    },
    'error',
  );
  let space: Space | null = null;
  let lookedAt: EpochMs = clock.now();
  /** Whether the operators know of the trouble. */
  let told = false;
  let telling: Promise<void> | null = null;
  let wellSince: EpochMs | null = null;

  const sentences = (): string[] => {
    const fault = state.now();
    return fault === null ? [] : [diskSentence(fault.trouble, folder)];
  };
  const say = (): void => {
    const fault = state.now();
    if (fault !== null)
      outage.met(fault.cause, {
        trouble: fault.trouble,
        what: diskSentence(fault.trouble, folder),
      });
  };
  /** As often as it takes: the operators have no other way to hear of it. */
  const tellOperators = (): void => {
    const [words] = sentences();
    if (told || words === undefined || telling !== null) return;
    telling = disk
      .post(world.policy().operators_channel, diskReport(words))
      .then(
        () => {
          told = true;
        },
        (error: unknown) =>
          log.warn({ err: error }, 'the operators could not be told of the disk; trying again'),
      )
      .finally(() => {
        telling = null;
      });
  };
  state.onChange((fault) => {
    wellSince = fault === null ? clock.now() : null;
    if (fault === null) return outage.over();
    say();
    tellOperators();
  });

  async function look(): Promise<void> {
    space = await disk.measure(folder).catch(() => null);
    lookedAt = clock.now();
    try {
      await Promise.all([
        world.commit((unit) => command(unit.db, WRITE_A_PAGE)),
        disk.writeQueue(),
      ]);
      const isFull = state.now()?.trouble === 'full' && space !== null && space.free < ROOM_BYTES;
      if (!isFull) state.works();
    } catch (error) {
      state.met(error);
      // Another fault is its writers' to tell.
      if (state.now() === null) throw error;
    }
    say();
    tellOperators();
    if (state.now() !== null) return;
    await tellItIsOver();
    await warnOfSpace();
  }

  /** Not before it has held for a while: a disk at its brim would be told of again and again. */
  async function tellItIsOver(): Promise<void> {
    if (!told || wellSince === null || clock.now() - wellSince < WELL_EVERY_MS) return;
    await world.commit((unit) => report(world, unit, diskBackReport()));
    told = false;
  }

  async function warnOfSpace(): Promise<void> {
    if (space === null) return;
    const warning = spaceWarning(space, folder);
    const under = limitsUnder(space);
    const over = limitsOver(space);
    await world.commit(async (unit) => {
      for (const limit of over) await forgetReported(unit.db, `space-${limit}`);
      if (warning === null) return;
      for (const limit of under)
        await notifyOperatorsOnce(world, unit, `space-${limit}`, Infinity, spaceReport(warning));
    });
  }

  const looking = repeat(
    world,
    { every_ms: EVERY_MS, first: 'now', failed: 'the disk could not be looked at; trying again' },
    async () => {
      const isDue = Math.abs(clock.now() - lookedAt) >= WELL_EVERY_MS;
      const awaitsEnd = told && state.now() === null;
      if (space === null || state.now() !== null || isDue || awaitsEnd) await look();
    },
  );

  return {
    troubles: sentences,
    warnings() {
      const warning = space === null ? null : spaceWarning(space, folder);
      return warning === null ? [] : [warning];
    },
    free: () =>
      disk.measure(folder).then(
        (now) => now.free,
        () => null,
      ),
    look,
    async stop() {
      await looking.stop();
      await telling;
    },
  };
}

/** Sets a number in the file's header that nothing reads: one page, written and flushed like any other. */
const WRITE_A_PAGE = 'PRAGMA user_version = 1';
