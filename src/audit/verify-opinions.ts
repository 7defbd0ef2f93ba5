/** Holds opinions and their texts against what the audit log tells of them; part of `verify-rows.ts`. */
import type { Db } from '../store/database.ts';
import { preparedList } from '../store/prepared.ts';
import { opinionInLogForm } from './row-to-log-form.ts';
import type { Columns } from './log-entry.ts';
import { byItemId, compare, shown, verifyTexts, type Differs } from './compare-with-log.ts';

/** Reads the opinions of these items. `verify` holds those of one item against what the log tells; texts that it says were erased are no difference. */
export async function opinionsToVerify(
  db: Db,
  ids: string[],
): Promise<{
  verify(
    item_id: string,
    told: readonly Columns[],
    mayBeGone: (id: string) => boolean,
    differs: Differs,
  ): void;
}> {
  const rows = await opinionsOf(db, ids);
  const of = byItemId(rows);
  const texts = new Map(
    (rows.length === 0 ? [] : await textsOf(db, ids)).map((text) => [text.opinion_id, text]),
  );
  return {
    verify(item_id, told, mayBeGone, differs) {
      const left = new Map(told.map((one) => [one.id, one]));
      for (const row of of.get(item_id) ?? []) {
        const one = left.get(row.id);
        left.delete(row.id);
        if (one === undefined) differs(`opinion ${shown(row.id)} is not in the log`);
        else compare('opinions', opinionInLogForm(row), one, differs);
        const text = texts.get(row.id);
        if (text) verifyTexts(row, text, 'opinion', differs);
        else if (!mayBeGone(row.id))
          differs('what was said in an opinion is gone, and the log tells of no erasure');
      }
      for (const id of left.keys()) differs(`opinion ${shown(id)} is in the log and has no row`);
    },
  };
}

const opinionsOf = preparedList((db, ids) =>
  db.selectFrom('opinions').selectAll().where('item_id', 'in', ids).orderBy('id'),
);

const textsOf = preparedList((db, ids) =>
  db
    .selectFrom('opinion_texts')
    .innerJoin('opinions', 'opinions.id', 'opinion_texts.opinion_id')
    .selectAll('opinion_texts')
    .where('opinions.item_id', 'in', ids),
);

/** Opinions of an item that has no row, and texts of an opinion that has none: at most `most` of each. */
export async function orphanOpinions(
  db: Db,
  most: number,
): Promise<{ item_id: string | null; what: string }[]> {
  const opinions = await db
    .selectFrom('opinions')
    .leftJoin('items', 'items.id', 'opinions.item_id')
    .where('items.id', 'is', null)
    .select(['opinions.id', 'opinions.item_id'])
    .limit(most)
    .execute();
  const texts = await db
    .selectFrom('opinion_texts')
    .leftJoin('opinions', 'opinions.id', 'opinion_texts.opinion_id')
    .where('opinions.id', 'is', null)
    .select('opinion_id')
    .limit(most)
    .execute();
  return [
    ...opinions.map(({ id, item_id }) => ({
      item_id,
      what: `opinion ${shown(id)} is of an item that has no row`,
    })),
    ...texts.map(({ opinion_id }) => ({
      item_id: null,
      what: `opinion_texts has a row of opinion ${shown(opinion_id)}, which has none`,
    })),
  ];
}
