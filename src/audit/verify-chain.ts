/**
 * Holds the audit log against itself: numbers without gaps, each entry after the one before it, each hash over its text,
 * each text as its columns. Takes entries from wherever they come: the database, or a file that was exported.
 */
import { entryHash, GENESIS, type AuditHead } from '../store/audit-log.ts';
import type { Db } from '../store/database.ts';
import { prepared } from '../store/prepared.ts';
import { shown } from './compare-with-log.ts';
import type { AuditLogTable } from '../store/record-tables.ts';
import { parsed } from './log-entry.ts';
import type { Report } from './verify-rows.ts';

/** An entry as a row or a file has it, whatever its event. */
export type ChainedEntry = Omit<AuditLogTable, 'event'> & { event: string };

export interface VerifiedChain {
  /** What stands before its first entry. */
  before: AuditHead;
  entries: number;
  /** Where the chain ends: the hash to keep elsewhere. */
  head: AuditHead;
  /** Whether the expected hash is that of one of its entries. */
  met: boolean;
}

const PAGE = 250;

/** @param expect a head that was anchored before: it must be there, and all up to it be as it was then */
export async function verifyChain(
  pages: AsyncIterable<ChainedEntry[]>,
  before: AuditHead,
  expect: string | null,
  report: Report,
): Promise<VerifiedChain> {
  let head = before;
  let entries = 0;
  let met = false;
  for await (const page of pages) {
    for (const row of page) {
      const hash = entryHash(row.prev_hash, row.entry_json);
      verifyEntry(row, head, hash, report);
      if (hash === expect) met = true;
      head = { seq: row.seq, hash: row.hash };
    }
    entries += page.length;
  }
  return { before, entries, head, met };
}

/** The log behind entry `after` up to entry `upto`, in its order; null: from where it begins, to where it ends. */
export async function* entryPages(
  db: Db,
  after: number | null,
  upto: number | null,
): AsyncGenerator<AuditLogTable[]> {
  // Numbers that somebody forged are read too, however small or large.
  const range = { after: after ?? Number.MIN_SAFE_INTEGER, upto: upto ?? Number.MAX_SAFE_INTEGER };
  for (;;) {
    const page = await pageOf(db, range);
    if (page.length > 0) yield page;
    if (page.length < PAGE) return;
    range.after = page.at(-1)?.seq ?? range.after;
  }
}

const pageOf = prepared<{ after: number; upto: number }, AuditLogTable>((db, value) =>
  db
    .selectFrom('audit_log')
    .selectAll()
    .where('seq', '>', value('after'))
    .where('seq', '<=', value('upto'))
    .orderBy('seq')
    .limit(PAGE),
);

/** The last entry up to that number, as it says itself. */
export async function entryUpTo(db: Db, seq: number): Promise<AuditHead> {
  const entry = await db
    .selectFrom('audit_log')
    .where('seq', '<=', seq)
    .select(['seq', 'hash'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return entry ?? { seq: 0, hash: GENESIS };
}

/** The number of the entry that says it has that hash; null: there is none. */
export async function entryOf(db: Db, hash: string): Promise<number | null> {
  const entry = await db
    .selectFrom('audit_log')
    .where('hash', '=', hash)
    .select('seq')
    .orderBy('seq')
    .limit(1)
    .executeTakeFirst();
  return entry?.seq ?? null;
}

/** The number of the first entry from `since` on; null where there is none. */
export async function startOf(db: Db, since: number): Promise<number | null> {
  const { first } = await db
    .selectFrom('audit_log')
    .where('at', '>=', since)
    // Asked for the least alone, SQLite walks the whole log up to it; so it takes the index of times.
    .select((eb) => [eb.fn.min('seq').as('first'), eb.fn.max('seq').as('last')])
    .executeTakeFirstOrThrow();
  return first;
}

function verifyEntry(row: ChainedEntry, before: AuditHead, hash: string, report: Report): void {
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
  if (row.hash !== hash) differs('hash is not that of the entry');
  if (saysItsColumns(row)) return;
  const text = parsed(row.entry_json);
  if (typeof text !== 'object' || text === null) return differs('entry_json is no entry');
  for (const column of ['seq', 'at', 'event', 'item_id'] as const) {
    const said: unknown = Reflect.get(text, column) ?? null;
    if (said !== row[column])
      differs(`audit_log.${column} is ${shown(row[column])}, the entry says ${shown(said)}`);
  }
}

/** What an entry's text begins and ends with, in canonical JSON, where it says what its columns do: no need to read it. */
function saysItsColumns({ entry_json, at, event, item_id, seq }: ChainedEntry): boolean {
  return (
    entry_json.startsWith(`{"at":${at},"event":${JSON.stringify(event)},"facts":{`) &&
    entry_json.endsWith(`},"item_id":${JSON.stringify(item_id)},"seq":${seq}}`)
  );
}
