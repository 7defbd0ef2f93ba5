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
import type { EpochMs } from '../domain/clock.ts';
import type { Db } from '../store/database.ts';
import { inTransaction } from '../store/prepared.ts';
import { joinParts, partsOf, verifyPart, type Verified } from './verify-parts.ts';

/**
 * Verifies. `db` is opened read-only; `expect` is a head that was anchored before.
 * @param since only what was recorded from then on: the entries, and whatever they are about, whole
 */
export const verifyAudit = (
  db: Db,
  expect: string | null = null,
  since: EpochMs | null = null,
): Promise<Verified> =>
  inTransaction(db, async (snapshot) => {
    const joined = joinParts(expect);
    for await (const part of partsOf(snapshot, since, expect))
      joined.add(await verifyPart(snapshot, part, expect));
    return joined.verified();
  });
