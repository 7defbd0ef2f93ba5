/** Whom pages have reached about what still waits: read from the rows, for more may come. */
import { sql } from 'kysely';
import type { EpochMs } from '../../domain/clock.ts';
import type { Db } from '../../store/database.ts';

/** Direct messages that rungs sent, by person, about what waits and came in from one moment to before another. `domain` null: all. */
export const openPages = (
  db: Db,
  asked: { from: EpochMs; to: EpochMs; domain: string | null },
): Promise<{ target: string; count: number }[]> =>
  db
    .selectFrom('pages')
    .where('way', '=', 'dm')
    .where('state', '=', 'sent')
    .where('item_id', 'in', (eb) => {
      const waiting = eb
        .selectFrom('items')
        .select('items.id')
        // Said in the text, not bound: only so is the index of what waits found.
        .where('items.status', '!=', sql.lit('decided'))
        .where('requested_at', '>=', asked.from)
        .where('requested_at', '<', asked.to);
      return asked.domain === null ? waiting : waiting.where('domain', '=', asked.domain);
    })
    .select(['target', (eb) => eb.fn.countAll<number>().as('count')])
    .groupBy('target')
    .execute();
