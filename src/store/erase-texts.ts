/**
 * Takes the texts of an item out of every table that holds any, and leaves ids, enums, times and digests: the audit chain
 * stands as before. What is taken out is overwritten in the file, see `scrub`.
 */
import { sql } from 'kysely';
import type { EpochMs } from '../clock.ts';
import type { Db } from './database.ts';
import { command } from './prepared.ts';

/** Erases what was said of an item, its body, its cards as they were shown, and what waits or was carried out of it. */
export async function eraseItemTexts(db: Db, item_id: string): Promise<void> {
  const ofItem = { item_id };
  await db.deleteFrom('item_bodies').where('item_id', '=', item_id).execute();
  await db
    .deleteFrom('decision_texts')
    .where('decision_id', 'in', (eb) =>
      eb.selectFrom('decisions').select('id').where('item_id', '=', item_id),
    )
    .execute();
  await db
    .deleteFrom('opinion_texts')
    .where('opinion_id', 'in', (eb) =>
      eb.selectFrom('opinions').select('id').where('item_id', '=', item_id),
    )
    .execute();
  await db
    .deleteFrom('card_views')
    .where('card_id', 'in', (eb) =>
      eb.selectFrom('cards').select('id').where('item_id', '=', item_id),
    )
    .execute();
  await db
    .updateTable('feedback')
    .set({ truth_json: null, salt: null })
    .where('item_id', '=', ofItem.item_id)
    .execute();
  await db
    .updateTable('info_requests')
    .set({ question: ERASED })
    .where('item_id', '=', item_id)
    .execute();
  await db
    .updateTable('info_requests')
    .set({ answer: ERASED })
    .where('item_id', '=', item_id)
    .where('answer', 'is not', null)
    .execute();
  await db
    .updateTable('raw_payloads')
    .set({ payload: ERASED, errors_json: '[]' })
    .where('item_id', '=', item_id)
    .execute();
  // What is over needs no words; what waits is drawn from what is left.
  await db
    .deleteFrom('outbox')
    .where('item_id', '=', item_id)
    .where('state', '!=', sql.lit<'pending'>('pending'))
    .execute();
}

/** What one person said or was called, wherever they decided. Returns the items it was about. */
export async function erasePersonTexts(db: Db, slack_user: string): Promise<string[]> {
  const decided = await db
    .deleteFrom('decision_texts')
    .where('decision_id', 'in', (eb) =>
      eb.selectFrom('decisions').select('id').where('slack_user', '=', slack_user),
    )
    .returning('decision_id')
    .execute();
  const said = await db
    .deleteFrom('opinion_texts')
    .where('opinion_id', 'in', (eb) =>
      eb.selectFrom('opinions').select('id').where('slack_user', '=', slack_user),
    )
    .returning('opinion_id')
    .execute();
  await db.deleteFrom('homes').where('slack_user', '=', slack_user).execute();
  const about = async (
    table: 'decisions' | 'opinions',
    ids: readonly string[],
  ): Promise<string[]> => {
    const items: string[] = [];
    for (const id of ids) {
      const row = await db
        .selectFrom(table)
        .select('item_id')
        .where('id', '=', id)
        .executeTakeFirst();
      if (row) items.push(row.item_id);
    }
    return items;
  };
  return [
    ...new Set([
      ...(await about(
        'decisions',
        decided.map((one) => one.decision_id),
      )),
      ...(await about(
        'opinions',
        said.map((one) => one.opinion_id),
      )),
    ]),
  ];
}

/** Items that a person asked for. */
export const itemsAskedBy = async (db: Db, slack_user: string): Promise<string[]> =>
  (
    await db
      .selectFrom('items')
      .select('id')
      .where('requester_slack_user', '=', slack_user)
      .execute()
  ).map((row) => row.id);

const ERASED = '(erased)';

export interface Passed {
  requested_at: EpochMs;
  id: string;
}

/**
 * The next items, behind `after`, that came in before `before`: where the next page goes on, and which of them were
 * decided before it and still have their texts. null: there are no more.
 */
export async function pastRetention(
  db: Db,
  before: EpochMs,
  after: Passed,
  limit: number,
): Promise<{ last: Passed; ids: string[] } | null> {
  const page = await db
    .selectFrom('items')
    .leftJoin('item_bodies', 'item_bodies.item_id', 'items.id')
    .select(['items.id', 'requested_at', 'decided_at', 'item_bodies.item_id as body'])
    .where('requested_at', '>=', after.requested_at)
    .where('requested_at', '<', before)
    .where((eb) =>
      eb.or([eb('requested_at', '>', after.requested_at), eb('items.id', '>', after.id)]),
    )
    .orderBy('requested_at')
    .orderBy('items.id')
    .limit(limit)
    .execute();
  const last = page.at(-1);
  if (!last) return null;
  return {
    last,
    ids: page
      .filter((row) => row.body !== null && row.decided_at !== null && row.decided_at < before)
      .map((row) => row.id),
  };
}

/** Payloads that nobody could read, kept from before then. Returns how many were erased. */
export async function eraseRawPayloads(db: Db, before: EpochMs): Promise<number> {
  const erased = await db
    .updateTable('raw_payloads')
    .set({ payload: ERASED, errors_json: '[]' })
    .where('received_at', '<', before)
    .where('payload', '!=', ERASED)
    .returning('id')
    .execute();
  return erased.length;
}

/** Runs `work`, and has whatever it takes out overwritten with zeroes. Inside a transaction. */
export async function overwriting<T>(db: Db, work: () => Promise<T>): Promise<T> {
  await command(db, 'pragma secure_delete = on');
  try {
    return await work();
  } finally {
    await command(db, 'pragma secure_delete = off');
  }
}

/** Folds the write-ahead log into the file and empties it. Returns whether a reader kept it from that. */
export async function emptyWal(db: Db): Promise<boolean> {
  const { rows } = await sql<{ busy: number }>`pragma wal_checkpoint(truncate)`.execute(db);
  return rows[0]?.busy === 0;
}

/** Writes the whole file anew, so that nothing stays in its free pages. Nobody else can write meanwhile. */
export async function rewriteFile(db: Db): Promise<void> {
  await sql`vacuum`.execute(db);
  await emptyWal(db);
}
