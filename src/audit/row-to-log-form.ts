/** Rows in the form in which the audit log tells of them, so that the two can be held against each other. Pure. */
import type { Selectable } from 'kysely';
import { saltedDigest } from '../domain/hash.ts';
import type { DecisionsTable, ItemsTable, OpinionsTable } from '../store/item-tables.ts';
import type { FeedbackTable } from '../store/record-tables.ts';
import { parsed, type Columns } from './log-entry.ts';

/** Columns of `items` that the log does not tell of: its key, and what the body tells, which the log has a digest of. */
type Untold = 'id' | 'confidence' | 'model' | 'cohort' | 'tags_json';

/** Columns that stand in the log in another form, by the name that they have there. */
interface Otherwise {
  allowed: 'allowed_json';
  decider_digest: 'decider';
  several_digest: 'several_json';
}

/** Every column of `items` that the log tells of: one that is missing here does not compile. */
type ItemAsTold = Record<
  Exclude<keyof ItemsTable, Untold | Otherwise[keyof Otherwise]> | keyof Otherwise,
  unknown
>;

/**
 * A row of `items` in the log's form: one that the log does not tell of must be null. Written out column by column, for
 * taking so wide a row apart takes longer than all else that is done with it.
 */
export function itemInLogForm(row: ItemsTable): Columns {
  return {
    version: row.version,
    view_rev: row.view_rev,
    kind: row.kind,
    status: row.status,
    outcome: row.outcome,
    requester_slack_user: row.requester_slack_user,
    claimed_by: row.claimed_by,
    claimed_at: row.claimed_at,
    decided_at: row.decided_at,
    item_digest: row.item_digest,
    domain: row.domain,
    rule: row.rule,
    policy_version: row.policy_version,
    level: row.level,
    fallback: row.fallback,
    at_the_end: row.at_the_end,
    impact: row.impact,
    source: row.source,
    requested_at: row.requested_at,
    due_at: row.due_at,
    expires_at: row.expires_at,
    check_of: row.check_of,
    behind_since: row.behind_since,
    route: row.route,
    sample: row.sample,
    allowed: parsed(row.allowed_json),
    decider_digest: row.decider === null ? null : saltedDigest('', row.decider),
    // Only 1 counts as yes where it is read, but any other number than 0 was put there by somebody else.
    reason_required: [false, true][row.reason_required] ?? row.reason_required,
    several_digest: row.several_json === null ? null : saltedDigest('', parsed(row.several_json)),
    blind: row.blind === 0 ? null : row.blind === 1 || row.blind,
  } satisfies ItemAsTold;
}

/** A row of `decisions` in the log's form. */
export function decisionInLogForm(row: DecisionsTable): Columns {
  return {
    id: row.id,
    outcome: row.outcome,
    decided_by: row.decided_by,
    slack_user: row.slack_user,
    level: row.level,
    decided_at: row.decided_at,
    text_digest: row.text_digest,
    card_digest: row.card_digest,
    compared: row.compared,
    error_tags: parsed(row.error_tags_json),
    approvals: row.approvals_json === null ? null : parsed(row.approvals_json),
  } satisfies Record<
    Exclude<keyof DecisionsTable, 'item_id' | 'error_tags_json' | 'approvals_json'>,
    unknown
  > & { error_tags: unknown; approvals: unknown };
}

/** A row of `feedback` in the log's form. */
export function feedbackInLogForm(row: FeedbackTable): Columns {
  const { item_id: _item, truth_json: _truth, salt: _salt, ...rest } = row;
  return rest;
}

/** A row of `opinions` in the log's form. */
export function opinionInLogForm(row: Selectable<OpinionsTable>): Columns {
  const { item_id: _item, error_tags_json, ...rest } = row;
  return { ...rest, error_tags: parsed(error_tags_json) };
}
