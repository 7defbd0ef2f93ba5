/** Opinions: what people said of an item that did not end it. Written once; the words are in a table of their own and can be erased. */
import type { Selectable } from 'kysely';
import { readKept } from '../domain/exact-json.ts';
import { canonicalJson, saltedDigest } from '../domain/hash.ts';
import type { Opinion } from '../domain/decision.ts';
import type { ErrorTag } from '../domain/item.ts';
import type { Db } from './database.ts';
import { prepared, preparedInsert } from './prepared.ts';
import type { OpinionsTable, OpinionTextsTable } from './item-tables.ts';

/** The texts of an opinion: all that its `text_digest` covers. */
type Said = Pick<Opinion, 'answer' | 'edited' | 'choice' | 'rationale'> & { name?: string };

type NewRow = Omit<Selectable<OpinionsTable>, 'seq'>;

const insertRow = prepared<NewRow, { seq: number }>((db, value) =>
  db
    .insertInto('opinions')
    .values({
      id: value('id'),
      item_id: value('item_id'),
      slack_user: value('slack_user'),
      level: value('level'),
      stage: value('stage'),
      word: value('word'),
      error_tags_json: value('error_tags_json'),
      said_at: value('said_at'),
      text_digest: value('text_digest'),
      card_digest: value('card_digest'),
    })
    .returning('seq'),
);
const insertTexts = preparedInsert('opinion_texts', [
  'opinion_id',
  'salt',
  'said_json',
  'card_json',
]);

/** Writes one. `cardJson` is the card as the person saw it, null where none was seen. Returns its number and its text digest. */
export async function insertOpinion(
  db: Db,
  opinion: Opinion,
  salt: string,
  cardJson: string | null,
): Promise<{ seq: number; text_digest: string }> {
  const { answer, edited, choice, rationale, name, error_tags, card_digest, ...row } = opinion;
  const said: Said = { name, answer, edited, choice, rationale };
  const text_digest = saltedDigest(salt, said);
  const [inserted] = await insertRow(db, {
    ...row,
    error_tags_json: JSON.stringify(error_tags),
    text_digest,
    card_digest: card_digest ?? null,
  });
  await insertTexts(db, {
    opinion_id: opinion.id,
    salt,
    said_json: canonicalJson(said),
    card_json: cardJson,
  });
  return { seq: inserted?.seq ?? 0, text_digest };
}

type Joined = Selectable<OpinionsTable> &
  Pick<{ [K in keyof OpinionTextsTable]: OpinionTextsTable[K] | null }, 'said_json'>;

const selectOfItem = prepared<{ item_id: string }, Joined>((db, value) =>
  db
    .selectFrom('opinions')
    .leftJoin('opinion_texts', 'opinion_texts.opinion_id', 'opinions.id')
    .selectAll('opinions')
    .select('said_json')
    .where('opinions.item_id', '=', value('item_id'))
    .orderBy('opinions.seq'),
);

/** What was said of that item, oldest first. */
export async function opinionsOf(db: Db, item_id: string): Promise<Opinion[]> {
  return (await selectOfItem(db, { item_id })).map(opinionOf);
}

function opinionOf({
  said_json,
  error_tags_json,
  text_digest: _text,
  card_digest,
  ...row
}: Joined) {
  // What was written here was built by insertOpinion.
  const { name, ...said } = said_json === null ? {} : (readKept(said_json) as Said);
  return {
    ...row,
    ...said,
    name: name ?? '',
    error_tags: JSON.parse(error_tags_json) as ErrorTag[],
    ...(card_digest === null ? {} : { card_digest }),
  };
}
