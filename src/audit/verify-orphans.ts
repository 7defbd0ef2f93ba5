/** Finds rows that nothing leads to, and entries of items that are gone; part of `verify-audit.ts`. */
import type { Db } from '../store/database.ts';
import { shown } from './compare-with-log.ts';
import { orphanOpinions } from './verify-opinions.ts';
import type { Report } from './verify-rows.ts';

/** Of each sort of row that nothing leads to, this many are named. */
const ORPHANS_MOST = 100;

/** Rows that nothing leads to: entries of an item that is gone, and what hangs on no row. */
export async function findOrphans(db: Db, report: Report): Promise<void> {
  const gone = await db
    .selectFrom('audit_log')
    .leftJoin('items', 'items.id', 'audit_log.item_id')
    .where('audit_log.item_id', 'is not', null)
    .where('items.id', 'is', null)
    .groupBy('audit_log.item_id')
    .select(['audit_log.item_id', (eb) => eb.fn.min('audit_log.seq').as('seq')])
    .limit(ORPHANS_MOST)
    .execute();
  for (const { item_id, seq } of gone)
    report({ seq, item_id, what: 'the log speaks of an item that has no row' });
  const bodies = await db
    .selectFrom('item_bodies')
    .leftJoin('items', 'items.id', 'item_bodies.item_id')
    .where('items.id', 'is', null)
    .select('item_id')
    .limit(ORPHANS_MOST)
    .execute();
  for (const { item_id } of bodies)
    report({ seq: null, item_id, what: 'item_bodies has a row of an item that has none' });
  const decisions = await db
    .selectFrom('decisions')
    .leftJoin('items', 'items.id', 'decisions.item_id')
    .where('items.id', 'is', null)
    .select(['decisions.id', 'decisions.item_id'])
    .limit(ORPHANS_MOST)
    .execute();
  for (const { id, item_id } of decisions)
    report({ seq: null, item_id, what: `decision ${shown(id)} is of an item that has no row` });
  const texts = await db
    .selectFrom('decision_texts')
    .leftJoin('decisions', 'decisions.id', 'decision_texts.decision_id')
    .where('decisions.id', 'is', null)
    .select('decision_id')
    .limit(ORPHANS_MOST)
    .execute();
  for (const { decision_id } of texts)
    report({
      seq: null,
      item_id: null,
      what: `decision_texts has a row of decision ${shown(decision_id)}, which has none`,
    });
  const feedback = await db
    .selectFrom('feedback')
    .leftJoin('items', 'items.id', 'feedback.item_id')
    .where('items.id', 'is', null)
    .select(['feedback.id', 'feedback.item_id'])
    .limit(ORPHANS_MOST)
    .execute();
  for (const { id, item_id } of feedback)
    report({ seq: null, item_id, what: `feedback ${shown(id)} is of an item that has no row` });
  for (const table of ['info_requests', 'freezes', 'pages'] as const) {
    const rows = await db
      .selectFrom(table)
      .leftJoin('items', 'items.id', `${table}.item_id`)
      .where('items.id', 'is', null)
      .select(`${table}.item_id`)
      .limit(ORPHANS_MOST)
      .execute();
    for (const { item_id } of rows)
      report({ seq: null, item_id, what: `${table} has a row of an item that has none` });
  }
  const reopened = await db
    .selectFrom('reopened')
    .leftJoin('items', 'items.id', 'reopened.from_id')
    .where('items.id', 'is', null)
    .select('reopened.from_id as item_id')
    .limit(ORPHANS_MOST)
    .execute();
  for (const { item_id } of reopened)
    report({ seq: null, item_id, what: 'reopened has a row of an item that has none' });
  for (const one of await orphanOpinions(db, ORPHANS_MOST)) report({ seq: null, ...one });
}
