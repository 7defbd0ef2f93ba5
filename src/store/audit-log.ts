/**
 * The audit log: append-only and hash-chained. An entry holds ids, enums, times and digests, never a text.
 * hash = sha256(previous hash, newline, canonical JSON of the entry with its number, time and event).
 */
import type { AuditEvent, ItemEventName, ReadEvent } from '../domain/audit-event.ts';
import { canonicalJson, sha256 } from '../domain/hash.ts';
import type { EpochMs } from '../domain/clock.ts';
import type { Db } from './database.ts';
import { prepared, preparedInsert } from './prepared.ts';

/** What stands before the first entry. */
export const GENESIS = sha256('');

export interface AuditHead {
  seq: number;
  hash: string;
}

/** The text an entry's hash covers. */
export const entryText = (seq: number, at: EpochMs, entry: AuditEvent): string =>
  canonicalJson({ seq, at, event: entry.event, item_id: entry.item_id, facts: entry.facts });

/** The hash of an entry, given the one before it. */
export const entryHash = (prevHash: string, text: string): string => sha256(`${prevHash}\n${text}`);

const lastEntry = prepared<object, { seq: number; hash: string }>((db) =>
  db.selectFrom('audit_log').select(['seq', 'hash']).orderBy('seq', 'desc').limit(1),
);

/** Where the chain ends now. */
export async function auditHead(db: Db): Promise<AuditHead> {
  const [last] = await lastEntry(db, {});
  return last ?? { seq: 0, hash: GENESIS };
}

const firstEntry = prepared<object, { hash: string }>((db) =>
  db.selectFrom('audit_log').select('hash').orderBy('seq').limit(1),
);
/** The hash of the first entry: no other installation has it, and it stays. */
export const firstHash = async (db: Db): Promise<string> =>
  (await firstEntry(db, {}))[0]?.hash ?? GENESIS;

const insertEntry = preparedInsert('audit_log', [
  'seq',
  'at',
  'event',
  'item_id',
  'entry_json',
  'prev_hash',
  'hash',
]);

/** Appends an entry after `head`, inside the caller's transaction. Returns the new head. */
export async function appendAudit(
  db: Db,
  head: AuditHead,
  at: EpochMs,
  entry: AuditEvent,
): Promise<AuditHead> {
  const seq = head.seq + 1;
  const text = entryText(seq, at, entry);
  const hash = entryHash(head.hash, text);
  await insertEntry(db, {
    seq,
    at,
    event: entry.event,
    item_id: entry.item_id,
    entry_json: text,
    prev_hash: head.hash,
    hash,
  });
  return { seq, hash };
}

/** What the log says of one item, oldest first. */
export async function auditOfItem(db: Db, item_id: string): Promise<ReadEvent<ItemEventName>[]> {
  const rows = await db
    .selectFrom('audit_log')
    .select(['seq', 'at', 'event', 'entry_json'])
    .where('item_id', '=', item_id)
    .orderBy('seq')
    .execute();
  return rows.map(({ entry_json, ...row }) => {
    // What was written here was an entry, about an item.
    const { facts } = JSON.parse(entry_json) as Pick<ReadEvent<ItemEventName>, 'facts'>;
    return { ...row, facts } as ReadEvent<ItemEventName>;
  });
}
