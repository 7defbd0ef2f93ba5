/** Secrets of the installation, each made at the first start that needs it. */
import { sql, type Kysely } from 'kysely';

const CHANGES = [
  // `sampling`: the key by which rules with `sample` choose.
  `create table secrets (
    name text primary key,
    secret text not null,
    made_at integer not null
  ) strict`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const change of CHANGES) await sql.raw(change).execute(db);
}
