/** A database of its own in a folder of its own, with the one writer that the product has; gone when it is closed. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCommit, type Commit, type Touched } from '../../src/store/commit.ts';
import { migrate, openDatabase, type Db } from '../../src/store/database.ts';
import { manualClock, type ManualClock } from '../manual-clock.ts';

export interface TempStore {
  db: Db;
  clock: ManualClock;
  commit: Commit;
  /** Where the file is. */
  path: string;
  close(): Promise<void>;
}

export async function openTempStore(onCommit?: (touched: Touched) => void): Promise<TempStore> {
  const folder = await mkdtemp(join(tmpdir(), 'hitl-store-'));
  const path = join(folder, 'hitl.db');
  const db = openDatabase(path);
  await migrate(db);
  const clock = manualClock(Date.parse('2026-11-23T09:00:00Z'));
  return {
    db,
    clock,
    commit: createCommit({ db, clock, ...(onCommit ? { onCommit } : {}) }),
    path,
    async close() {
      await db.destroy();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
