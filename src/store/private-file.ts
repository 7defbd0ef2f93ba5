/** Files of the data folder hold what customers wrote: they are made for this user alone, whatever the umask. */
import { closeSync, fchmodSync, openSync } from 'node:fs';

/** For this user: read and write. */
export const PRIVATE_FILE = 0o600;

/** Makes the file, empty, where it is not there. SQLite gives its -wal, -shm and -journal the modes of their database. */
export function makePrivateFile(path: string): void {
  let made: number;
  try {
    made = openSync(path, 'wx', PRIVATE_FILE);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return;
    throw error;
  }
  try {
    // A umask takes away more than it should where it is set wrongly.
    fchmodSync(made, PRIVATE_FILE);
  } finally {
    closeSync(made);
  }
}
