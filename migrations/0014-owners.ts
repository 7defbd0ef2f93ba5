/** Whose an item is: the token of the HTTP API that put it in. */
import { sql, type Kysely } from 'kysely';

const CHANGES = [
  // The token's name. null: it came by another way, or before this was kept; no token but one for all reaches it.
  `alter table items add column owner text`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const change of CHANGES) await sql.raw(change).execute(db);
}
