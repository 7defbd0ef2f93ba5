/** Which migrations a database has not seen yet. Reads only. */
import { Migrator } from 'kysely';
import { migrations } from '../../migrations/migrations.ts';
import type { Db } from './database.ts';

/** Their names, in order. Throws where the file is no database, or one of a newer version. */
export async function pendingMigrations(db: Db): Promise<string[]> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const known = await migrator.getMigrations();
  return known.filter((one) => one.executedAt === undefined).map((one) => one.name);
}
