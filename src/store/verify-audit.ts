/**
 * Holds the audit log against itself and against the rows it covers. Reads only, in one snapshot, page by page: memory
 * does not grow with the log.
 *
 * Covered: every column of audit_log, items, item_bodies, decisions, decision_texts, opinions, opinion_texts, feedback,
 * info_requests, freezes, pauses, overrides and reopened; of pages whom they called, of erasures all but the reason. Whoever
 * erases a text removes its row, or empties it and its salt: no difference where an entry says so, and one where none does.
 * Once a body is gone, the log's digest holds what figures keep of it, but for cohort and tags.
 * Not covered: cards, card_views (views of the item; what a person saw when they decided is kept in decision_texts),
 * deadlines, rungs, waits and outbox (work to be done, made from the items; when an item is due is covered as items.due_at),
 * clicks and heard (work in hand), raw_payloads (never decided; the log has their number of characters and bad fields),
 * quiet_hours (a wish, which grants nothing), and what is made of the rows or of Slack and can be made again.
 * Not to be found without an anchored head: entries cut from the end together with what their rows then held, and a log
 * that was written anew from the first entry on.
 */
import type { EpochMs } from '../clock.ts';
import { auditHead, GENESIS } from './audit.ts';
import type { Db } from './database.ts';
import { entryPages, startOf, verifyChain, type VerifiedChain } from './verify-chain.ts';
import { verifyStanding } from './verify-standing.ts';
import {
  allItemIds,
  findOrphans,
  touchedItemIds,
  verifyItems,
  type Difference,
  type Report,
} from './verify-rows.ts';

/** Of a log alone. */
export interface VerifiedLog extends VerifiedChain {
  good: boolean;
  /** The first 100. */
  differences: Difference[];
  /** How many there are. */
  found: number;
}

/** Of a log with the rows it covers. */
export interface Verified extends VerifiedLog {
  items: number;
  decisions: number;
  /** Whose texts were erased. */
  erased: { items: number; decisions: number };
}

const DIFFERENCES_KEPT = 100;

/** Keeps the first of what is found, and counts all. */
export function collectDifferences(): {
  report: Report;
  found(): Pick<VerifiedLog, 'differences' | 'found'>;
} {
  const differences: Difference[] = [];
  let found = 0;
  return {
    report(difference) {
      found += 1;
      if (differences.length < DIFFERENCES_KEPT) differences.push(difference);
    },
    found: () => ({ differences, found }),
  };
}

/**
 * Verifies. `db` is opened read-only; `expect` is a head that was anchored before.
 * @param since only what was recorded from then on: the entries, and whatever they are about, whole
 */
export async function verifyAudit(
  db: Db,
  expect: string | null = null,
  since: EpochMs | null = null,
): Promise<Verified> {
  const { report, found } = collectDifferences();
  return db.transaction().execute(async (snapshot) => {
    const start = since === null ? null : await startOf(snapshot, since);
    const { first, before } = start ?? { first: 1, before: { seq: 0, hash: GENESIS } };
    const nothing = since !== null && start === null;
    const chain = nothing
      ? await verifyChain(none(), await auditHead(snapshot), expect, report)
      : await verifyChain(entryPages(snapshot, first), before, expect, report);
    const ids =
      since === null ? allItemIds(snapshot) : nothing ? none() : touchedItemIds(snapshot, first);
    const rows = await verifyItems(snapshot, ids, report);
    await verifyStanding(snapshot, first, report);
    if (since === null) await findOrphans(snapshot, report);
    const all = found();
    return { good: all.found === 0 && chain.expected !== false, ...chain, ...rows, ...all };
  });
}

// Nothing was recorded since.
async function* none(): AsyncGenerator<never[]> {}
