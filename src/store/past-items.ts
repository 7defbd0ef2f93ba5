/** Items that came in since a time, oldest first, as they were written; for replaying a policy over them. */
import type { EpochMs } from '../domain/clock.ts';
import { readKept } from '../domain/exact-json.ts';
import type { Item } from '../domain/item.ts';
import type { Db } from './database.ts';

const PAGE = 2000;

export interface PastItem {
  /** null: its texts have been erased. */
  item: Item | null;
  requested_at: EpochMs;
}

/** Every item that a producer or a person put in since then; what the pager asked by itself, and checks, are none. */
export async function* pastItems(db: Db, since: EpochMs): AsyncGenerator<PastItem> {
  let [at, id] = [since, ''];
  for (;;) {
    const rows = await db
      .selectFrom('items')
      .leftJoin('item_bodies', 'item_bodies.item_id', 'items.id')
      .select(['items.id', 'items.requested_at', 'written'])
      .where('source', '!=', 'pager')
      .where('check_of', 'is', null)
      .where('items.requested_at', '>=', at)
      .where((eb) =>
        eb.or([
          eb('items.requested_at', '>', at),
          eb.and([eb('items.requested_at', '=', at), eb('items.id', '>', id)]),
        ]),
      )
      .orderBy('items.requested_at')
      .orderBy('items.id')
      .limit(PAGE)
      .execute();
    for (const row of rows)
      yield {
        // What was written was validated on its way in.
        item: row.written === null ? null : (readKept(row.written, 'state') as Item),
        requested_at: row.requested_at,
      };
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    [at, id] = [last.requested_at, last.id];
  }
}
