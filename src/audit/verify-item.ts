/** Holds one item against what the log tells of it, and its entries against their own hashes and their neighbours. */
import { entryHash, GENESIS } from '../store/audit-log.ts';
import type { Db } from '../store/database.ts';
import { verifyItems } from './verify-rows.ts';

/** What differs, in words; none where all stands. The rest of the chain is `verifyAudit`'s to check. */
export async function verifyItem(db: Db, id: string): Promise<string[]> {
  const differences: string[] = [];
  await verifyItems(db, [id], ({ seq, what }) => {
    differences.push(seq === null ? what : `entry ${seq}: ${what}`);
  });
  const entries = await db
    .selectFrom('audit_log as entry')
    .leftJoin('audit_log as before', (join) =>
      join.on((eb) => eb('before.seq', '=', eb('entry.seq', '-', 1))),
    )
    .where('entry.item_id', '=', id)
    .select([
      'entry.seq',
      'entry.entry_json',
      'entry.prev_hash',
      'entry.hash',
      'before.hash as was',
    ])
    .orderBy('entry.seq')
    .execute();
  for (const { seq, entry_json, prev_hash, hash, was } of entries) {
    if (hash !== entryHash(prev_hash, entry_json))
      differences.push(`entry ${seq}: hash is not that of the entry`);
    if (prev_hash !== (was ?? (seq === 1 ? GENESIS : null)))
      differences.push(`entry ${seq}: prev_hash is not the hash of the entry before it`);
  }
  return differences;
}
