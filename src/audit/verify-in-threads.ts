/** Checks the record in as many threads as there are processors, beside a pager that writes meanwhile. */
import { availableParallelism } from 'node:os';
import type { EpochMs } from '../domain/clock.ts';
import { auditHead } from '../store/audit-log.ts';
import type { Db } from '../store/database.ts';
import { verifyAudit } from './verify-audit.ts';
import { joinParts, partsOf, type Part, type Verified, type VerifiedPart } from './verify-parts.ts';
import { readInThreads } from './read-in-threads.ts';

/** A log with fewer entries is checked before a thread has started. */
const SMALL = 50_000;

/**
 * As `verifyAudit` of `db`, which is read from `file`. Rejects where a thread fails.
 * @param threads by default as many as there are processors, where the log is long
 */
export async function verifyInThreads(
  db: Db,
  file: string,
  wanted: { expect: string | null; since: EpochMs | null; threads?: number },
): Promise<Verified> {
  const { expect, since } = wanted;
  const { seq: length } = await auditHead(db);
  const count = wanted.threads ?? (length < SMALL ? 1 : availableParallelism());
  if (count <= 1) return verifyAudit(db, expect, since);
  const data = { file, expect };
  const thread = { beside: import.meta.url, name: 'verify-thread', data, count, room_mb: 64 };
  const verified = await readInThreads<Part, VerifiedPart, Verified>(
    db,
    thread,
    async (snapshot, inOrder) => {
      const joined = joinParts(expect);
      for await (const part of inOrder(partsOf(snapshot, since, expect))) joined.add(part);
      return joined.verified();
    },
  );
  return verified ?? verifyAudit(db, expect, since);
}
