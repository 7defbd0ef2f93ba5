/** Feedback in the database: written once; its truth can be erased, its digest stays. */
import { canonicalJson, saltedDigest } from '../domain/hash.ts';
import { readKept } from '../domain/exact-json.ts';
import type { FeedbackRecord } from '../domain/feedback.ts';
import type { Db } from './database.ts';
import { prepared, preparedInsert } from './prepared.ts';
import type { FeedbackTable } from './record-tables.ts';

const insertRow = preparedInsert('feedback', [
  'id',
  'item_id',
  'verdict',
  'truth_json',
  'salt',
  'truth_digest',
  'at',
  'received_at',
  'source',
]);

/** Writes it. Returns the digest of its truth. */
export async function insertFeedback(
  db: Db,
  { truth, ...kept }: FeedbackRecord,
  salt: string,
): Promise<string> {
  const truth_digest = saltedDigest(salt, truth);
  const truth_json = truth === null ? null : canonicalJson(truth);
  await insertRow(db, { ...kept, truth_json, salt, truth_digest });
  return truth_digest;
}

const selectOfItem = prepared<{ item_id: string }, FeedbackTable>((db, value) =>
  db
    .selectFrom('feedback')
    .selectAll()
    .where('item_id', '=', value('item_id'))
    .orderBy('received_at')
    .orderBy('id'),
);

/** What turned out about that item, in the order it was told. `erased`: whether its truth has been. */
export const feedbackOfItem = async (
  db: Db,
  item_id: string,
): Promise<(FeedbackRecord & { erased: boolean })[]> =>
  (await selectOfItem(db, { item_id })).map(
    ({ truth_json, salt, truth_digest: _digest, ...row }) => ({
      ...row,
      // What was written here was validated on its way in.
      truth: truth_json === null ? null : (readKept(truth_json) as FeedbackRecord['truth']),
      erased: salt === null,
    }),
  );
