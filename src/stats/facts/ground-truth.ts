/** What turned out later about what the AI said, by the audit entry that ended the item it was checked in. */
import type { EpochMs } from '../../domain/clock.ts';
import { readKept } from '../../domain/exact-json.ts';
import { canonicalJson } from '../../domain/hash.ts';
import type { Item, Outcome } from '../../domain/item.ts';
import type { Db } from '../../store/database.ts';

/**
 * Of each item the newest word that says something: a truth, held against what the AI proposed; else whether the
 * decision was right. A decision to edit that was wrong does not say what would have been right: null. A reversal or a
 * complaint alone says nothing of who was right, and is not in it.
 */
export async function turnedOut(db: Db, until: EpochMs): Promise<Map<number, boolean | null>> {
  const told = await db
    .selectFrom('feedback')
    .innerJoin('items', 'items.id', 'feedback.item_id')
    .leftJoin('item_bodies', 'item_bodies.item_id', 'feedback.item_id')
    .leftJoin('items as check', 'check.check_of', 'feedback.item_id')
    .where('feedback.received_at', '<', until)
    .select([
      'feedback.item_id',
      'feedback.verdict',
      'feedback.truth_json',
      'items.outcome',
      'item_bodies.written',
      'check.id as check_id',
    ])
    .orderBy('feedback.at')
    .orderBy('feedback.received_at')
    .execute();
  const byItem = new Map<string, boolean | null>();
  for (const one of told) {
    const right = aiWasRight(one);
    if (right !== undefined) byItem.set(one.check_id ?? one.item_id, right);
  }
  const found = new Map<number, boolean | null>();
  const ids = [...byItem.keys()];
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const ends = await db
      .selectFrom('audit_log')
      .select(['seq', 'item_id'])
      .where('item_id', 'in', ids.slice(at, at + AT_ONCE))
      .where('event', '=', 'item.decided')
      .execute();
    for (const { seq, item_id } of ends) found.set(seq, byItem.get(item_id ?? '') ?? null);
  }
  return found;
}

const AT_ONCE = 500;

/** undefined: it says nothing of that. */
function aiWasRight(told: {
  verdict: string;
  truth_json: string | null;
  outcome: Outcome | null;
  written: string | null;
}): boolean | null | undefined {
  const proposed = told.written === null ? undefined : proposedBy(readKept(told.written) as Item);
  if (told.truth_json !== null && proposed !== undefined)
    return canonicalJson(readKept(told.truth_json)) === canonicalJson(proposed);
  if (told.verdict !== 'right' && told.verdict !== 'wrong') return undefined;
  const stood = told.verdict === 'right';
  switch (told.outcome) {
    case 'approved':
    case 'auto_approved':
      return stood;
    case 'rejected':
      return !stood;
    case 'edited':
      return stood ? false : null;
    default:
      return undefined;
  }
}

const proposedBy = (item: Item) =>
  item.kind === 'approval' && item.action ? item.action.args : item.proposal;
