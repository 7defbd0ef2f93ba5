/** Secrets of this installation. They are read at the start and stand in no log, audit entry, export or message. */
import type { EpochMs } from '../domain/clock.ts';
import type { Db } from './database.ts';
import type { SecretsTable } from './record-tables.ts';

type SecretName = SecretsTable['name'];

/** null: it has not been made yet. */
export async function loadSecret(db: Db, name: SecretName): Promise<string | null> {
  const row = await db
    .selectFrom('secrets')
    .select('secret')
    .where('name', '=', name)
    .executeTakeFirst();
  return row?.secret ?? null;
}

/** The secret of that name; `fresh` is kept as it where there is none yet. For the start, before anything else writes. */
export async function keepSecret(
  db: Db,
  name: SecretName,
  fresh: string,
  now: EpochMs,
): Promise<string> {
  await db
    .insertInto('secrets')
    .values({ name, secret: fresh, made_at: now })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
  return (await loadSecret(db, name)) ?? fresh;
}
