/**
 * Holds the audit log against itself and against the rows it covers. Reads only, in one snapshot, page by page: memory
 * does not grow with the log.
 *
 * Covered: every column of audit_log, items, item_bodies, decisions, decision_texts, opinions, opinion_texts and feedback. Whoever erases a text
 * removes its row of item_bodies or decision_texts, or empties truth_json and salt of feedback; that is no difference.
 * Not covered: cards, card_views (views of the item; what a person saw when they decided is kept in decision_texts),
 * deadlines, rungs, pages and outbox (work to be done, made from the items; when an item is due is covered as items.due_at), clicks and heard
 * (work in hand), raw_payloads (never decided; the log has their number of characters and bad fields).
 * Not to be found without an anchored head: entries cut from the end together with what their rows then held, and a log
 * that was written anew from the first entry on.
 */
import { entryHash, GENESIS, type AuditHead } from './audit.ts';
import type { Db } from './database.ts';
import type { AuditLogTable } from './tables.ts';
import { parsed } from './told-item.ts';
import { shown } from './held-against-log.ts';
import { findOrphans, verifyItems, type Difference, type Report } from './verify-rows.ts';

export interface Verified {
  good: boolean;
  entries: number;
  items: number;
  decisions: number;
  /** Whose texts were erased. */
  erased: { items: number; decisions: number };
  /** Where the chain ends: the hash to keep elsewhere. */
  head: AuditHead;
  /** Whether the expected hash is in the chain; null: none was given. */
  expected: boolean | null;
  /** The first 100. */
  differences: Difference[];
  /** How many there are. */
  found: number;
}

const ENTRIES_PAGE = 1000;
const DIFFERENCES_KEPT = 100;

/** Verifies. `db` is opened read-only; `expect` is a head that was anchored before. */
export async function verifyAudit(db: Db, expect: string | null = null): Promise<Verified> {
  const differences: Difference[] = [];
  let found = 0;
  const report: Report = (difference) => {
    found += 1;
    if (differences.length < DIFFERENCES_KEPT) differences.push(difference);
  };
  return db.transaction().execute(async (snapshot) => {
    const chain = await verifyChain(snapshot, expect, report);
    const rows = await verifyItems(snapshot, report);
    await findOrphans(snapshot, report);
    return {
      good: found === 0 && chain.expected !== false,
      ...chain,
      ...rows,
      differences,
      found,
    };
  });
}

/** Numbers without gaps, each entry after the one before it, each hash over its text, each text as its columns. */
async function verifyChain(
  db: Db,
  expect: string | null,
  report: Report,
): Promise<Pick<Verified, 'entries' | 'head' | 'expected'>> {
  let head: AuditHead = { seq: 0, hash: GENESIS };
  let entries = 0;
  let expected = expect === null ? null : expect === GENESIS;
  let after: number | null = null;
  for (;;) {
    let query = db.selectFrom('audit_log').selectAll().orderBy('seq').limit(ENTRIES_PAGE);
    if (after !== null) query = query.where('seq', '>', after);
    const page: AuditLogTable[] = await query.execute();
    for (const row of page) {
      verifyEntry(row, head, report);
      if (expect !== null && entryHash(row.prev_hash, row.entry_json) === expect) expected = true;
      head = { seq: row.seq, hash: row.hash };
      after = row.seq;
    }
    entries += page.length;
    if (page.length < ENTRIES_PAGE) return { entries, head, expected };
  }
}

function verifyEntry(row: AuditLogTable, before: AuditHead, report: Report): void {
  const { seq, item_id } = row;
  const differs = (what: string) => report({ seq, item_id, what });
  if (seq !== before.seq + 1) {
    differs(
      seq > before.seq + 1
        ? `entries ${before.seq + 1} to ${seq - 1} are missing`
        : `entry ${seq} stands after entry ${before.seq}`,
    );
  }
  if (row.prev_hash !== before.hash) differs('prev_hash is not the hash of the entry before it');
  if (row.hash !== entryHash(row.prev_hash, row.entry_json))
    differs('hash is not that of the entry');
  const text = parsed(row.entry_json);
  if (typeof text !== 'object' || text === null) return differs('entry_json is no entry');
  for (const column of ['seq', 'at', 'event', 'item_id'] as const) {
    const said: unknown = Reflect.get(text, column) ?? null;
    if (said !== row[column])
      differs(`audit_log.${column} is ${shown(row[column])}, the entry says ${shown(said)}`);
  }
}
