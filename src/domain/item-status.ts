/** What producers hear of an item: its result, and how it stands. The shapes are `wire.ts`'s. Pure. */
import { rfc3339 } from './clock.ts';
import type { Decision, ItemRecord } from './decision.ts';
import type { Outcome } from './item.ts';
import type { Verdict } from './lifecycle.ts';
import type { ItemStatus, Result } from './wire.ts';

/** The result on the wire, of an item and the decision that ended it. An outcome that is missing here does not compile. */
export function resultOf(record: ItemRecord, decision: Decision): Result {
  const { item } = record;
  const { outcome, answer, action, choice, rationale } = decision;
  const { decided_by } = decision;
  const head = {
    decision_id: decision.id,
    item_id: record.id,
    run_id: item?.run_id,
    state: item?.state,
  };
  const said = {
    rationale,
    error_tags: decision.error_tags.length > 0 ? decision.error_tags : undefined,
    decided_by,
    approvals: approvalsOf(decision),
  };
  const tail = {
    policy: { rule: record.rule, version: record.policy_version },
    requested_at: rfc3339(record.requested_at),
    claimed_at: record.claimed_at === null ? undefined : rfc3339(record.claimed_at),
    decided_at: rfc3339(decision.decided_at),
    item_digest: record.item_digest,
    card_digest: decision.card_digest,
  };
  switch (outcome) {
    case 'approved':
      return { ...head, outcome, action, ...said, ...tail };
    case 'edited':
      return { ...head, outcome, answer, action, ...said, ...tail };
    case 'answered':
      return { ...head, outcome, answer, choice, ...said, ...tail };
    case 'rejected':
      return { ...head, outcome, ...said, ...tail };
    case 'preferred':
      return { ...head, outcome, choice, ...said, ...tail };
    case 'expired': {
      const fallback = record.fallback ?? undefined;
      return { ...head, outcome, decided_by, fallback, rungs: decision.rungs, ...tail };
    }
    case 'cancelled':
      return { ...head, outcome, decided_by, ...tail };
    case 'auto_approved':
      return { ...head, outcome, action, decided_by, ...tail };
    case 'auto_rejected':
      return { ...head, outcome, rationale, decided_by, ...tail };
    case 'auto_answered':
      return { ...head, outcome, answer, choice, decided_by, ...tail };
    default:
      return outcome satisfies never;
  }
}

const WORD_OF: Partial<Record<Outcome, Verdict['word']>> = {
  approved: 'approve',
  edited: 'edit',
  rejected: 'reject',
  answered: 'answer',
  preferred: 'prefer',
};

function approvalsOf(decision: Decision): Extract<Result, { outcome: 'approved' }>['approvals'] {
  if (decision.approvals !== undefined)
    return decision.approvals.map(({ at, ...one }) => ({ ...one, at: rfc3339(at) }));
  const verdict = WORD_OF[decision.outcome];
  if (decision.decided_by.type !== 'human' || verdict === undefined) return undefined;
  return [
    {
      slack_user: decision.decided_by.slack_user,
      stage: 'decide',
      verdict,
      at: rfc3339(decision.decided_at),
    },
  ];
}

/** The answer to POST and GET of an item. `due_at` is the earlier of the rung's deadline and the item's own end. */
export function statusOf(
  record: ItemRecord,
  decision: Decision | null,
  warnings: string[],
): ItemStatus {
  const ends = [record.due_at, record.expires_at].filter((time) => time !== null);
  return {
    item_id: record.id,
    status: record.status,
    rule: record.rule,
    policy_version: record.policy_version,
    created_at: rfc3339(record.requested_at),
    due_at: ends.length === 0 ? null : rfc3339(Math.min(...ends)),
    ...(warnings.length > 0 ? { warnings } : {}),
    ...(decision ? { result: resultOf(record, decision) } : {}),
  };
}
