/**
 * Takes the texts of an item out of every table that holds any, and leaves ids, enums, times and digests: the audit chain
 * stands as before. What is taken out is overwritten in the file, see `scrub`.
 */
import { sql, type Expression } from 'kysely';
import { ERASED } from '../domain/erased.ts';
import type { EpochMs } from '../domain/clock.ts';
import type { Db } from '../store/database.ts';
import { forgetFrozen } from '../store/holds.ts';
import type { Effect } from '../outbox/effects.ts';
import { command } from '../store/prepared.ts';

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
    .set((eb) => ({ question: ERASED, salt: null, answer: erasedIfAny(eb.ref('answer')) }))
    .where('item_id', '=', item_id)
    .execute();
  await db
    .updateTable('pages')
    .set({ words: null })
    .where('item_id', '=', item_id)
    .where('words', 'is not', null)
    .execute();
  await db
    .updateTable('raw_payloads')
    .set({ payload: ERASED, errors_json: '[]' })
    .where('item_id', '=', item_id)
    .execute();
  await forgetFrozen(db, item_id);
  await eraseEffects(db, item_id);
}

/** Notes and reports that were sent: they are of no item, and can speak of any. */
export async function eraseSentWords(db: Db): Promise<void> {
  await db
    .deleteFrom('outbox')
    .where('item_id', 'is', null)
    .where('state', '!=', sql.lit<'pending'>('pending'))
    .where('effect_json', 'like', '%"words":%')
    .execute();
}

/** What is over needs no words; what waits is drawn from what is left. */
async function eraseEffects(db: Db, item_id: string): Promise<void> {
  await db
    .deleteFrom('outbox')
    .where('item_id', '=', item_id)
    .where('state', '!=', sql.lit<'pending'>('pending'))
    .execute();
  const waiting = await db
    .selectFrom('outbox')
    .select(['id', 'effect_json'])
    .where('item_id', '=', item_id)
    .execute();
  await silence(db, waiting);
}

/** What a person said of items, wherever it waits or was carried out. */
async function erasePersonEffects(db: Db, slack_user: string): Promise<void> {
  const theirs = await db
    .selectFrom('outbox')
    .select(['id', 'effect_json'])
    .where('item_id', 'is not', null)
    .where('effect_json', 'like', `%"by":"${slack_user}"%`)
    .execute();
  await silence(db, theirs);
}

async function silence(
  db: Db,
  rows: readonly { id: string; effect_json: string }[],
): Promise<void> {
  for (const { id, effect_json } of rows) {
    // What stands there was written as one.
    const effect = JSON.parse(effect_json) as Effect;
    const silent = withoutWords(effect);
    if (silent === effect) continue;
    await db
      .updateTable('outbox')
      .set({ effect_json: JSON.stringify(silent) })
      .where('id', '=', id)
      .execute();
  }
}

/** An effect that has a person's words in it, without them. */
function withoutWords(effect: Effect): Effect {
  if (effect.effect !== 'say') return effect;
  const { what } = effect;
  if (what.line === 'paged' && what.reason !== null)
    return { ...effect, what: { ...what, reason: null } };
  if (what.line === 'reassigned' && what.words !== null)
    return { ...effect, what: { ...what, words: null } };
  return effect;
}

/** `(erased)` where there is a text. */
const erasedIfAny = (text: Expression<string | null>) =>
  sql<string | null>`case when ${text} is null then null else ${ERASED} end`;

/**
 * The item and all that hold its texts as well: checks of it, the question whether to keep a freeze that it made, and what
 * it was asked again as, or was before.
 */
export async function itemsWithItsTexts(db: Db, item_id: string): Promise<string[]> {
  const found = new Set([item_id]);
  // A set is walked to the end of what is put into it meanwhile.
  for (const id of found) {
    const linked = [
      await db.selectFrom('items').select('id').where('check_of', '=', id).execute(),
      await db.selectFrom('items').select('check_of as id').where('id', '=', id).execute(),
      await db.selectFrom('freezes').select('check_id as id').where('item_id', '=', id).execute(),
      await db.selectFrom('freezes').select('item_id as id').where('check_id', '=', id).execute(),
      await db.selectFrom('reopened').select('item_id as id').where('from_id', '=', id).execute(),
      await db.selectFrom('reopened').select('from_id as id').where('item_id', '=', id).execute(),
    ];
    for (const row of linked.flat()) if (row.id !== null) found.add(row.id);
  }
  return [...found];
}

/** What was taken of one item: ids of decisions, opinions and what was asked back. */
export interface TakenOfItem {
  item_id: string;
  gone: string[];
}

/** What one person said, asked back or was called, wherever they did. Returns what of which item. */
export async function erasePersonTexts(db: Db, slack_user: string): Promise<TakenOfItem[]> {
  const decided = await db
    .selectFrom('decisions')
    .innerJoin('decision_texts', 'decision_texts.decision_id', 'decisions.id')
    .select(['decisions.id', 'item_id'])
    .where('slack_user', '=', slack_user)
    .execute();
  for (const { id } of decided)
    await db.deleteFrom('decision_texts').where('decision_id', '=', id).execute();
  const said = await db
    .selectFrom('opinions')
    .innerJoin('opinion_texts', 'opinion_texts.opinion_id', 'opinions.id')
    .select(['opinions.id', 'item_id'])
    .where('slack_user', '=', slack_user)
    .execute();
  for (const { id } of said)
    await db.deleteFrom('opinion_texts').where('opinion_id', '=', id).execute();
  const asked = await db
    .updateTable('info_requests')
    .set((eb) => ({
      salt: null,
      question: sql`case when asked_by = ${slack_user} then ${ERASED} else question end`,
      answer: sql`case when answered_by = ${slack_user} then ${erasedIfAny(eb.ref('answer'))} else answer end`,
    }))
    .where((eb) =>
      eb.or([
        eb.and([eb('asked_by', '=', slack_user), eb('question', '!=', ERASED)]),
        eb.and([eb('answered_by', '=', slack_user), eb('answer', '!=', ERASED)]),
      ]),
    )
    .returning(['id', 'item_id'])
    .execute();
  const given = await db
    .updateTable('pages')
    .set({ words: null })
    .where('said_by', '=', slack_user)
    .where('words', 'is not', null)
    .returning('item_id')
    .execute();
  await erasePersonEffects(db, slack_user);
  await db
    .updateTable('pauses')
    .set({ reason: ERASED, salt: '' })
    .where('paused_by', '=', slack_user)
    .execute();
  await db.deleteFrom('homes').where('slack_user', '=', slack_user).execute();
  await db
    .updateTable('rotation_people')
    .set({ name: null })
    .where('slack_user', '=', slack_user)
    .execute();
  const taken = new Map<string, string[]>();
  for (const { id, item_id } of [...decided, ...said, ...asked])
    taken.set(item_id, [...(taken.get(item_id) ?? []), id]);
  // The log has no digest of what they said with a page: nothing of it is missed there.
  for (const { item_id } of given) taken.set(item_id, taken.get(item_id) ?? []);
  return [...taken].map(([item_id, gone]) => ({ item_id, gone }));
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
