/** Whom pages reached is read with the items they are about: the index of their times serves nobody. */
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(`drop index pages_wanted`).execute(db);
}
