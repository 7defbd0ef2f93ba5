/** Opens the record for a command that only reads it, beside a pager that runs or not. */
import { join } from 'node:path';
import { openDatabase, type Db } from '../store/database.ts';
import { dataDir } from './data-dir.ts';
import { UsageError, type Shell } from './cli-context.ts';

/**
 * Runs `read` on the database at `file` (the one in HITL_DATA_DIR where nothing is said).
 * @param verb what cannot be done where it is damaged: "verified"
 */
export async function readDatabase<T>(
  shell: Shell,
  file: string | undefined,
  verb: string,
  read: (db: Db, file: string) => Promise<T>,
): Promise<T> {
  const path = file ?? join(dataDir(shell.env), 'hitl.db');
  const db = opened(path);
  try {
    return await read(db, path);
  } catch (cause) {
    if (cause instanceof UsageError) throw cause;
    const words = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(
      `${path} cannot be ${verb}: ${words}. Is it a database of hitl, and undamaged?`,
      1,
      { cause },
    );
  } finally {
    await db.destroy();
  }
}

function opened(file: string): Db {
  try {
    return openDatabase(file, { readonly: true });
  } catch (cause) {
    const why = cause instanceof Error && cause.cause instanceof Error ? cause.cause.message : '';
    throw new UsageError(
      `${file} cannot be opened (${why}): --db FILE or HITL_DATA_DIR names the database`,
      2,
      { cause },
    );
  }
}
