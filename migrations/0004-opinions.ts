/** Several people, checks after the fact, and blind ones: what each of them said, and what an item's route asks of them. */
import { sql, type Kysely } from 'kysely';

const CHANGES = [
  // The item that was let through, where this one is the check behind it.
  `alter table items add column check_of text`,
  // Whether its experts answer before they see what the AI proposes.
  `alter table items add column blind integer not null default 0`,
  // Where several people decide: the quorum, the stages, and how far it has come.
  `alter table items add column several_json text`,
  // After a blind decision: whether the person found the AI's answer the same as theirs.
  `alter table decisions add column compared text check (compared in ('same', 'different'))`,
  // Of several people: each signature that counts. Where one decided, it is they.
  `alter table decisions add column approvals_json text`,
  // A person's word on an item that several decide, or before they see the AI's. Never changed: who changes their mind
  // says something new.
  `create table opinions (
    seq integer primary key,
    id text not null unique,
    item_id text not null references items (id),
    slack_user text not null,
    level integer not null,
    stage integer not null,
    word text not null,
    error_tags_json text not null,
    said_at integer not null,
    text_digest text not null,
    card_digest text
  ) strict`,
  `create index opinions_item on opinions (item_id)`,
  `create table opinion_texts (
    opinion_id text primary key references opinions (id),
    salt text not null,
    said_json text not null,
    card_json text
  ) strict`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const change of CHANGES) await sql.raw(change).execute(db);
}
