/** `hitl migrate`: brings the database up to date, as a start would. */
import { join } from 'node:path';
import type { Command } from 'commander';
import { openDataFolder } from '../store/data-folder.ts';
import { migrate, openDatabase } from '../store/database.ts';
import { dataDir } from './data-dir.ts';
import { UsageError, type Finish, type Shell } from './cli-context.ts';

export function migrateCommand(program: Command, shell: Shell, finish: Finish): void {
  program
    .command('migrate')
    .description('bring the database up to date; `start` does it too')
    .option('--json', 'one JSON document: {database, migrated}')
    .action(async (options: { json?: boolean }) => {
      const folder = dataDir(shell.env);
      const database = join(folder, 'hitl.db');
      const migrated = await bringUpToDate(folder, database);
      if (options.json) shell.out(JSON.stringify({ database, migrated }));
      else if (migrated.length === 0) shell.out(`${database} is up to date`);
      else shell.out(`${database}: ${migrated.join(', ')} done`);
      finish(0);
    });
}

async function bringUpToDate(folder: string, database: string): Promise<string[]> {
  try {
    await openDataFolder(folder);
    const db = openDatabase(database);
    try {
      return await migrate(db);
    } finally {
      await db.destroy();
    }
  } catch (cause) {
    const reason = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
    const words = reason instanceof Error ? reason.message : String(reason);
    throw new UsageError(
      `${database} was not brought up to date: ${words}. HITL_DATA_DIR names the folder.`,
      1,
      { cause },
    );
  }
}
