/** What experts asked back, and what they were told. The words are here and can be erased. */
import type { EpochMs } from '../domain/clock.ts';
import type { Db } from './database.ts';
import { prepared } from './prepared.ts';
import type { InfoRequestsTable } from './ladder-tables.ts';

export type InfoRequest = InfoRequestsTable;

export async function insertInfoRequest(
  db: Db,
  request: Pick<InfoRequest, 'id' | 'item_id' | 'asked_by' | 'question' | 'salt' | 'asked_at'>,
): Promise<void> {
  await db
    .insertInto('info_requests')
    .values({ ...request, answer: null, answered_by: null, answered_at: null })
    .execute();
}

const selectOfItem = prepared<{ item_id: string }, InfoRequest>((db, value) =>
  db
    .selectFrom('info_requests')
    .selectAll()
    .where('item_id', '=', value('item_id'))
    .orderBy('asked_at'),
);
/** The first asked first. */
export const infoRequestsOf = (db: Db, item_id: string): Promise<InfoRequest[]> =>
  selectOfItem(db, { item_id });

/** `by`: a Slack user, or null for the producer. */
export async function answerInfoRequest(
  db: Db,
  id: string,
  answer: { answer: string; by: string | null; at: EpochMs },
): Promise<void> {
  await db
    .updateTable('info_requests')
    .set({ answer: answer.answer, answered_by: answer.by, answered_at: answer.at })
    .where('id', '=', id)
    .execute();
}

/** The items of which something is still to be answered. */
export const openInfoItems = async (db: Db): Promise<string[]> =>
  (
    await db
      .selectFrom('info_requests')
      .innerJoin('items', 'items.id', 'info_requests.item_id')
      .select('items.id')
      .where('info_requests.answer', 'is', null)
      .where('items.status', '!=', 'decided')
      .execute()
  ).map((row) => row.id);
