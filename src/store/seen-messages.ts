/** Messages that were taken in already: Slack tells some twice, and threads are read again after a gap. */
import type { EpochMs } from '../domain/clock.ts';
import type { Db } from './database.ts';

/** Marks a message as heard. Returns false where it was heard before. */
export async function seeOnce(db: Db, channel: string, ts: string, at: EpochMs): Promise<boolean> {
  const fresh = await db
    .insertInto('heard')
    .values({ channel, ts, at })
    .onConflict((conflict) => conflict.columns(['channel', 'ts']).doNothing())
    .returning('ts')
    .execute();
  return fresh.length === 1;
}

/** The threads of questions that still wait, newest first. */
export const openQuestionThreads = (
  db: Db,
  limit: number,
): Promise<{ channel: string; ts: string }[]> =>
  db
    .selectFrom('cards')
    .innerJoin('items', 'items.id', 'cards.item_id')
    .select(['cards.channel', 'cards.ts'])
    .where('items.status', '!=', 'decided')
    .where('items.kind', '=', 'question')
    .where('cards.purpose', '=', 'decide')
    .where('cards.ts', 'is not', null)
    .$narrowType<{ ts: string }>()
    .orderBy('items.requested_at', 'desc')
    .limit(limit)
    .execute();
