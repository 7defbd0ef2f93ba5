/** One process a data folder: two would deliver the same outbox. The lock is SQLite's own, and dies with its process. */
import SQLite from 'better-sqlite3';
import { diskTrouble } from '../domain/disk-trouble.ts';
import { StartRefused } from '../domain/start-refused.ts';
import { makePrivateFile } from './private-file.ts';

/** Takes the folder's lock. Returns the way to let go of it; throws StartRefused where another process has it. */
export function lockDataDir(path: string): () => void {
  makePrivateFile(path);
  const held = new SQLite(path, { timeout: 0 });
  try {
    held.pragma('locking_mode = EXCLUSIVE');
    held.exec('begin exclusive');
  } catch (cause) {
    held.close();
    if (diskTrouble(cause) !== 'locked') throw new Error(`cannot lock ${path}`, { cause });
    throw new StartRefused(
      [
        `another hitl process uses this data folder (${path} is locked): stop it first, or set HITL_DATA_DIR`,
      ],
      { cause },
    );
  }
  return () => held.close();
}
