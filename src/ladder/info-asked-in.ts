/** The item about which an expert asked back in a conversation, and still waits to be told. */
import type { ItemRecord } from '../domain/decision.ts';
import { cardsOfItem } from '../store/cards.ts';
import type { Db } from '../store/database.ts';
import { openInfoItems } from '../store/info-requests.ts';
import { loadItem } from '../store/items.ts';

/** By the thread that it came from, or that says who has the question; null where nothing is asked there. */
export async function infoAskedIn(
  db: Db,
  thread: { channel: string; thread_ts: string },
): Promise<ItemRecord | null> {
  for (const id of await openInfoItems(db)) {
    const record = await loadItem(db, id);
    if (!record || record.status === 'decided') continue;
    const own = record.item?.thread;
    if (own?.channel === thread.channel && own.ts === thread.thread_ts) return record;
    const cards = await cardsOfItem(db, id);
    if (
      cards.some(
        (card) =>
          card.purpose === 'asked' &&
          card.channel === thread.channel &&
          card.ts === thread.thread_ts,
      )
    )
      return record;
  }
  return null;
}
