/**
 * Holds the rows of items, decisions, their texts and feedback against what the audit log tells of them. Reads only; part of
 * `verify-audit.ts`, which says what is covered.
 */
import { isDigestOf, saltedDigest } from '../domain/hash.ts';
import { columnsFrom, ITEM_COLUMNS, type BodyColumns } from '../domain/item-columns.ts';
import type { Item } from '../domain/item.ts';
import type { Db } from '../store/database.ts';
import { itemFacts, keptFactsDigest } from '../store/item-facts.ts';
import type { DecisionsTable, ItemBodiesTable, ItemsTable } from '../store/item-tables.ts';
import type { FeedbackTable } from '../store/record-tables.ts';
import { itemInLogForm } from './item-in-log-form.ts';
import { decisionInLogForm, feedbackInLogForm } from './row-to-log-form.ts';
import { itemEntry, parsed, type Columns } from './log-entry.ts';
import { replayItem, type Erased, type Told } from './replay-item.ts';
import { byItemId, compare, shown, verifyTexts, type Differs } from './compare-with-log.ts';
import { evidenceToVerify } from './verify-evidence.ts';
import { LIST_MOST, preparedList } from '../store/prepared.ts';
import { opinionsToVerify } from './verify-opinions.ts';

/** One thing that is not as the log has it. Ids, enums, times and digests only: never a text of an item. */
export interface Difference {
  /** The entry it is about; null: a row without one. */
  seq: number | null;
  item_id: string | null;
  what: string;
}

export type Report = (difference: Difference) => void;

export interface Counted {
  items: number;
  decisions: number;
  /** Whose texts were erased. */
  erased: { items: number; decisions: number };
}

const BODY_COLUMNS = columnsFrom(ITEM_COLUMNS, 'body') as (keyof BodyColumns)[];

/** Ids are read by as many. */
const ITEMS_PAGE = 500;
/** Every item's id, in the order they came in: what hangs on those of a page stands together on disk. */
export async function* allItemIds(db: Db): AsyncGenerator<string[]> {
  let last: { requested_at: number; id: string } | undefined = {
    requested_at: Number.MIN_SAFE_INTEGER,
    id: '',
  };
  while (last) {
    const { requested_at, id } = last;
    const page: { requested_at: number; id: string }[] = await db
      .selectFrom('items')
      .select(['requested_at', 'id'])
      .where('requested_at', '>=', requested_at)
      .where((eb) => eb.or([eb('requested_at', '>', requested_at), eb('id', '>', id)]))
      .orderBy('requested_at')
      .orderBy('id')
      .limit(ITEMS_PAGE)
      .execute();
    if (page.length > 0) yield page.map((one) => one.id);
    last = page.at(-1);
  }
}

/** The items that entries from `first` on are about, each at its first such entry. */
export async function* touchedItemIds(db: Db, first: number): AsyncGenerator<string[]> {
  let after = first - 1;
  for (;;) {
    const page = await db
      .selectFrom('audit_log')
      .select(['seq', 'item_id'])
      .where('seq', '>', after)
      .orderBy('seq')
      .limit(ITEMS_PAGE)
      .execute();
    const ids = [...new Set(page.flatMap((row) => row.item_id ?? []))];
    const before = await db
      .selectFrom('audit_log')
      .select('item_id')
      .distinct()
      .where('item_id', 'in', ids)
      .where('seq', '>=', first)
      .where('seq', '<=', after)
      .execute();
    const seen = new Set(before.map((row) => row.item_id));
    const fresh = ids.filter((id) => !seen.has(id));
    if (fresh.length > 0) yield fresh;
    const last = page.at(-1);
    if (!last) return;
    after = last.seq;
  }
}

/** Holds each item, what hangs on it, and its decision against what the log tells of them. Returns how many were read. */
export async function verifyItems(
  db: Db,
  all: readonly string[],
  report: Report,
): Promise<Counted> {
  const counted: Counted = { items: 0, decisions: 0, erased: { items: 0, decisions: 0 } };
  for (let at = 0; at < all.length; at += LIST_MOST) {
    const ids = all.slice(at, at + LIST_MOST);
    const items = await itemsOf(db, ids);
    const entries = byItemId(await entriesOf(db, ids));
    const bodies = new Map((await bodiesOf(db, ids)).map((body) => [body.item_id, body]));
    const decisions = await decisionsOf(db, ids);
    const byItem = byItemId(decisions);
    const feedback = byItemId(await feedbackOf(db, ids));
    const opinions = await opinionsToVerify(db, ids);
    const grounds = await evidenceToVerify(db, ids);
    for (const item of items) {
      const differs = (what: string, seq: number | null = null) =>
        report({ seq, item_id: item.id, what });
      const told = replayItem((entries.get(item.id) ?? []).map(itemEntry));
      for (const fault of told.faults) differs(fault.what, fault.seq);
      if (told.item === null) differs('the log does not say that this item was accepted');
      else compare('items', itemInLogForm(item), told.item, differs);
      const body = bodies.get(item.id);
      if (body) verifyBody(body, item, told, differs);
      else {
        counted.erased.items += 1;
        verifyErased(item, told.erased, differs);
      }
      const mayBeGone = (id: string) => told.erased?.gone.has(id) === true;
      counted.decisions += verifyDecisions(byItem.get(item.id) ?? [], told.decision, differs);
      for (const decision of byItem.get(item.id) ?? []) {
        const { salt, said_json, card_json } = decision;
        if (salt !== null && said_json !== null)
          verifyTexts(decision, { salt, said_json, card_json }, 'decision', differs);
        else {
          counted.erased.decisions += 1;
          if (!mayBeGone(decision.id)) differs('decision text is missing; no erasure was logged');
        }
      }
      verifyFeedback(feedback.get(item.id) ?? [], told.feedback, mayBeGone, differs);
      opinions.verify(item.id, told.opinions, mayBeGone, differs);
      grounds.verify(item.id, told, differs);
    }
    counted.items += items.length;
  }
  return counted;
}

function verifyBody(
  body: ItemBodiesTable,
  item: ItemsTable,
  told: Pick<Told, 'why_digest' | 'erased'>,
  differs: Differs,
): void {
  if (told.erased?.whole) differs('its texts are there, and the log says that they were erased');
  // It stands with its keys in the order they came, so it has to be read.
  const written = parsed(body.written);
  if (saltedDigest(body.salt, written) !== item.item_digest)
    differs('the item as it was written does not have its item_digest');
  else {
    // What has the digest of an item is one.
    const facts = itemFacts(written as Item, item.outcome);
    for (const column of BODY_COLUMNS)
      if (item[column] !== facts[column])
        differs(`items.${column} is not what the item as it was written says`);
  }
  if (!isDigestOf(told.why_digest, body.salt, body.why_json, parsed))
    differs('why it was asked is not what the log has a digest of');
}

/** Its body is gone: the log must say so, and what figures keep of it be as it was then. */
function verifyErased(item: ItemsTable, erased: Erased | null, differs: Differs): void {
  if (erased?.whole !== true) return differs('its texts are gone, and the log tells of no erasure');
  if (erased.facts_digest !== undefined && erased.facts_digest !== keptFactsDigest(item))
    differs('items.confidence or items.model is not what it was when its texts were erased');
  if (erased.on_request && (item.cohort !== null || item.tags_json !== null))
    differs('items.cohort or items.tags_json stands, and the log says that its texts were erased');
}

/** Returns how many there are. */
function verifyDecisions(
  decisions: DecisionsTable[],
  told: Columns | null,
  differs: Differs,
): number {
  const [first, ...more] = decisions;
  if (told === null) {
    if (first) differs(`decision ${shown(first.id)} is not in the log`);
  } else if (!first) differs(`decision ${shown(told.id)} is in the log and has no row`);
  else compare('decisions', decisionInLogForm(first), told, differs);
  for (const one of more) differs(`decision ${shown(one.id)} is one too many`);
  return decisions.length;
}

function verifyFeedback(
  rows: FeedbackTable[],
  told: Columns[],
  mayBeGone: (id: string) => boolean,
  differs: Differs,
): void {
  const left = new Map(told.map((one) => [one.id, one]));
  for (const row of rows) {
    const one = left.get(row.id);
    left.delete(row.id);
    if (one === undefined) differs(`feedback ${shown(row.id)} is not in the log`);
    else compare('feedback', feedbackInLogForm(row), one, differs);
    if (row.salt === null) {
      if (row.truth_json !== null) differs('feedback has a truth and no salt of its digest');
      if (!mayBeGone(row.id)) differs('what turned out is gone, and the log tells of no erasure');
      continue;
    }
    const truth = row.truth_json === null ? null : parsed(row.truth_json);
    if (saltedDigest(row.salt, truth) !== row.truth_digest)
      differs('what turned out does not have the truth_digest of its feedback');
  }
  for (const id of left.keys()) differs(`feedback ${shown(id)} is in the log and has no row`);
}

const itemsOf = preparedList((db, ids) =>
  db.selectFrom('items').selectAll().where('id', 'in', ids),
);

const entriesOf = preparedList((db, ids) =>
  db
    .selectFrom('audit_log')
    .select(['seq', 'at', 'event', 'item_id', 'entry_json'])
    .where('item_id', 'in', ids)
    .orderBy('seq'),
);

const bodiesOf = preparedList((db, ids) =>
  db.selectFrom('item_bodies').selectAll().where('item_id', 'in', ids),
);

const decisionsOf = preparedList((db, ids) =>
  db
    .selectFrom('decisions')
    .leftJoin('decision_texts', 'decision_texts.decision_id', 'decisions.id')
    .selectAll('decisions')
    .select(['salt', 'said_json', 'card_json'])
    .where('item_id', 'in', ids)
    .orderBy('id'),
);

const feedbackOf = preparedList((db, ids) =>
  db.selectFrom('feedback').selectAll().where('item_id', 'in', ids),
);
