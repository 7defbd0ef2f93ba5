/**
 * Takes an item's cohort and tags out of what figures are made of: a producer can have put a name there. In all figures
 * but those by cohort and by tag it counts as before; there it counts under none.
 */
import type { Coded } from '../stats/formulas/facts.ts';
import type { Db } from '../store/database.ts';
import { keptFactsDigest } from '../store/item-facts.ts';
import { nameBytes, readNames, readNumbers } from '../stats/facts/fact-column.ts';
import { forgetOldSegments } from '../stats/facts/fact-segments.ts';

/** Digest of the figures that an erased item keeps. */
export const keptFacts = async (db: Db, item_id: string): Promise<string> =>
  keptFactsDigest(
    await db
      .selectFrom('items')
      .select(['id', 'confidence', 'model'])
      .where('id', '=', item_id)
      .executeTakeFirstOrThrow(),
  );

/** In the caller's transaction. The segment that has the item is mended where it stands: nothing else in it changes. */
export async function eraseFacts(db: Db, item_id: string): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('items')
    .set({ cohort: null, tags_json: null })
    .where('id', '=', item_id)
    .where((eb) => eb.or([eb('cohort', 'is not', null), eb('tags_json', 'is not', null)]))
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return;
  const ended = await db
    .selectFrom('audit_log')
    .select('seq')
    .where('item_id', '=', item_id)
    .where('event', '=', 'item.decided')
    .executeTakeFirst();
  if (ended) await mendSegment(db, ended.seq);
}

async function mendSegment(db: Db, seq: number): Promise<void> {
  await forgetOldSegments(db);
  const segment = await db
    .selectFrom('fact_segments')
    .select(['last_seq', 'length'])
    .where('last_seq', '>=', seq)
    .orderBy('last_seq')
    .limit(1)
    .executeTakeFirst();
  // It has not been folded yet, and will be from its row.
  if (!segment) return;
  const { last_seq, length } = segment;
  const columns = await db
    .selectFrom('fact_columns')
    .select(['name', 'data'])
    .where('last_seq', '=', last_seq)
    .where('name', 'in', ['seq', 'cohort', 'tags'])
    .execute();
  const seqs = columns.find((one) => one.name === 'seq');
  const numbers = new Float64Array(length);
  if (seqs) readNumbers(seqs.data, length, numbers);
  const at = numbers.indexOf(seq);
  if (at < 0) return;
  for (const { name, data } of columns) {
    if (name === 'seq') continue;
    const codes = new Uint16Array(length);
    const names = readNames(data, codes);
    await db
      .updateTable('fact_columns')
      .set({ data: nameBytes(withoutName({ codes, names }, at)) })
      .where('last_seq', '=', last_seq)
      .where('name', '=', name)
      .execute();
  }
}

/** The column with no name at that place, and without names that stand nowhere in it. Pure. */
function withoutName({ codes, names }: Coded, at: number): Coded {
  const known = new Map<string, number>();
  const left = Uint16Array.from(codes, (code, index) => {
    const name = index === at ? '' : (names[code] ?? '');
    let next = known.get(name);
    if (next === undefined) known.set(name, (next = known.size));
    return next;
  });
  return { codes: left, names: [...known.keys()] };
}
