/** Items as figures are made of them: what is folded from its segments, what ended since from the rows, and what waits. */
import { factsOf, type FactColumn, type Facts } from '../formulas/facts.ts';
import type { EpochMs } from '../../domain/clock.ts';
import type { Db } from '../../store/database.ts';
import { endedPage, openRows, type Wants } from './fact-rows.ts';
import { foldedTo, readSegments, SEGMENT } from './fact-segments.ts';

/** Rows read at once. */
const PAGE = 500;

/**
 * Everything that came or ended between two moments, and more: the caller looks at the times. `columns` are all that is
 * read. Inside a transaction, for segments and rows must be of one moment; reading both counts each item once. What is
 * yielded is read before the next is asked for. `unfolded` reads the rows only.
 */
export async function* readFacts<C extends FactColumn>(
  db: Db,
  period: { from: EpochMs; to: EpochMs },
  columns: readonly C[],
  unfolded = false,
): AsyncGenerator<Facts<C>> {
  const wanted = new Set<FactColumn>(columns);
  const wants: Wants = (...some) => some.some((one) => wanted.has(one));
  const folded = unfolded ? 0 : await foldedTo(db);
  if (folded > 0) yield* readSegments(db, period, columns);
  for (let after = folded; ;) {
    const page = await endedPage(db, after, PAGE, wants);
    if (page.length === 0) break;
    after = page.at(-1)?.seq ?? after;
    yield factsOf(page, columns);
  }
  const waiting = await openRows(db, period, wants);
  for (let at = 0; at < waiting.length; at += SEGMENT)
    yield factsOf(waiting.slice(at, at + SEGMENT), columns);
}
