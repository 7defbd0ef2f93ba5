/**
 * The end of an item, however it came: the new state by compare-and-set, the decision, the audit entry, and what the
 * world is told. One transaction, the caller's.
 */
import { saltedDigest } from '../domain/hash.ts';
import type { Approval, Compared, Decision, DecidedBy, ItemRecord } from '../domain/decision.ts';
import type { ErrorTag } from '../domain/item.ts';
import type { ItemState, Verdict } from '../domain/lifecycle.ts';
import { fillPlaces } from '../backlog/fill-places.ts';
import { updateDigestCard } from '../backlog/keep-digest-card.ts';
import { tellAlerts } from '../paging/pagerduty-alert.ts';
import { say, sendResult, drawCardsAgain } from '../outbox/enqueue.ts';
import { seenView, type Seen } from '../outbox/seen-view.ts';
import { cardsOfItem } from '../store/cards.ts';
import { leaveBacklog } from '../store/backlog.ts';
import type { Unit } from '../store/commit.ts';
import { voidDeadlines } from '../store/deadlines.ts';
import type { Address } from '../outbox/effects.ts';
import { insertDecision } from '../store/decisions.ts';
import { swapItem, withholdFallback } from '../store/items.ts';
import type { World } from '../world/world.ts';

type Words = Pick<Decision, 'answer' | 'action' | 'choice' | 'rationale' | 'rungs'> & {
  error_tags: ErrorTag[];
};

/** What a verdict says on the wire, beside the outcome. An approval runs the action as proposed; an edit as edited. */
export function wordsOf(record: ItemRecord, verdict: Verdict): Words {
  const proposed = record.item?.action;
  switch (verdict.word) {
    case 'approve':
      return { action: proposed, rationale: verdict.rationale, error_tags: [] };
    case 'edit':
      return record.kind === 'approval' &&
        proposed !== undefined &&
        typeof verdict.edited === 'object'
        ? {
            action: { name: proposed.name, args: verdict.edited },
            rationale: verdict.rationale,
            error_tags: [],
          }
        : { answer: verdict.edited, rationale: verdict.rationale, error_tags: [] };
    case 'reject':
      return { rationale: verdict.rationale, error_tags: verdict.error_tags };
    case 'answer':
      return {
        answer: verdict.answer,
        choice: verdict.choice,
        rationale: verdict.rationale,
        error_tags: [],
      };
    case 'prefer':
      return { choice: verdict.choice, rationale: verdict.rationale, error_tags: [] };
    default:
      return verdict satisfies never;
  }
}

/**
 * Ends `record` as `next`. `seen`: what whoever decided it had before them, which is digested into the decision.
 * Returns the decision. The caller has asked `transition` and is inside its transaction.
 */
export async function endItem(
  world: World,
  unit: Unit,
  end: {
    record: ItemRecord;
    next: ItemState;
    by: DecidedBy;
    words: Words;
    seen?: Seen;
    compared?: Compared;
    /** Where several decided: every signature. */
    approvals?: Approval[];
    fresh?: boolean;
  },
): Promise<Decision> {
  const { next, by, words } = end;
  const record = await withoutHeldAdvice(world, unit, end.record, next);
  const salt = world.ids.salt();
  const view = end.seen ? await seenView(world, unit, end.seen) : null;
  const decision: Decision = {
    id: world.ids.uuid(),
    item_id: record.id,
    outcome: next.outcome ?? 'expired',
    decided_by: by,
    ...words,
    decided_at: unit.now,
    ...(view ? { card_digest: saltedDigest(view.salt, view.shown_json) } : {}),
    ...(end.approvals === undefined ? {} : { approvals: end.approvals }),
    ...(end.compared === undefined ? {} : { compared: end.compared }),
  };
  if (!end.fresh) {
    await swapItem(unit.db, record, next);
    await voidDeadlines(unit.db, record.id);
    await tellAlerts(world, unit, record, 'resolve');
    await giveWay(world, unit, record);
  }
  const text_digest = await insertDecision(
    unit.db,
    decision,
    salt,
    view ? JSON.stringify({ salt: view.salt, shown: view.shown_json }) : null,
  );
  await unit.audit({
    event: 'item.decided',
    item_id: record.id,
    facts: {
      decision_id: decision.id,
      outcome: decision.outcome,
      by: by.type,
      slack_user: by.type === 'human' ? by.slack_user : undefined,
      level: by.type === 'human' ? by.level : undefined,
      error_tags: decision.error_tags,
      text_digest,
      card_digest: decision.card_digest,
      decided_at: decision.decided_at,
      approvals: decision.approvals?.map((one) => ({ ...one })),
      compared: decision.compared,
      version: next.version,
      view_rev: next.view_rev,
    },
  });
  unit.ended.add(record.id);
  // A check's producer has its result, the one of the item that was let through; what the pager asks itself has none.
  if (record.check_of === null && record.source !== 'pager')
    await sendResult(world, unit, record, decision.id, record.item ?? {});
  if (!end.fresh) await showEnd(world, unit, record, decision);
  return decision;
}

/** The backlog moves up: by the one that ended in it, or into the place of one that had a card. */
async function giveWay(world: World, unit: Unit, record: ItemRecord): Promise<void> {
  if (record.behind_since !== null) {
    await leaveBacklog(unit.db, record.id);
    await updateDigestCard(world, unit, record);
    return;
  }
  const domain = world.policy().domains[record.domain ?? ''];
  // What waits when a limit is taken away is the sweep's.
  if (domain && domain.open_limit !== null) await fillPlaces(world, unit, domain);
}

/** While letting-through is held back there, an expiry does not advise to approve. */
async function withoutHeldAdvice(
  world: World,
  unit: Unit,
  record: ItemRecord,
  next: ItemState,
): Promise<ItemRecord> {
  if (next.outcome !== 'expired' || record.fallback !== 'approve') return record;
  const hold = record.domain === null ? null : world.holds.on(record.domain, record.item);
  if (hold === null) return record;
  await withholdFallback(unit.db, record.id);
  await unit.audit({
    event: 'item.fallback_withheld',
    item_id: record.id,
    facts: { held: hold.hold, hold_id: (hold.hold === 'pause' ? hold.pause : hold.freeze).id },
  });
  return { ...record, fallback: null };
}

/** The cards are drawn again, and whoever asked is told where they asked. */
async function showEnd(
  world: World,
  unit: Unit,
  record: ItemRecord,
  decision: Decision,
): Promise<void> {
  await drawCardsAgain(world, unit, record);
  if (decision.outcome === 'cancelled' || record.check_of !== null) return;
  const to = await askerOf(unit, record);
  if (to) await say(world, unit, record, to, { line: 'answer' });
}

/** Where whoever asked is told: the conversation it came from, else the message that says who has their question, else their DM. */
export async function askerOf(unit: Unit, record: ItemRecord): Promise<Address | null> {
  const thread = record.item?.thread;
  if (thread) return { to: 'thread', channel: thread.channel, thread_ts: thread.ts };
  const asked = (await cardsOfItem(unit.db, record.id)).find((card) => card.purpose === 'asked');
  if (asked) return { to: 'card', card_id: asked.id };
  return record.requester_slack_user === null
    ? null
    : { to: 'user', user: record.requester_slack_user };
}
