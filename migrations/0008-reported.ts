/** What the operators have been told, and when: so that one trouble is one message. */
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`create table reported (trouble text primary key, at integer not null) strict`)
    .execute(db);
}
