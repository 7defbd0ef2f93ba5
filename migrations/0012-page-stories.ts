/** Why a page comes to a person: kept with the page, so that their card tells it however often it is drawn. */
import { sql, type Kysely } from 'kysely';

const CHANGES = [
  // How it came to them; null: it was asked, and they were the first.
  `alter table pages add column story_json text`,
  // Whose doing it is, and what they said. The words can be erased.
  `alter table pages add column said_by text`,
  `alter table pages add column words text`,
  `create index pages_words on pages (said_by) where words is not null`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const change of CHANGES) await sql.raw(change).execute(db);
}
