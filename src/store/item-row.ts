/** An item's row as a record, and a record as its row. Columns are named one by one: copying so wide a record takes as long as writing it does. */
import type { ItemRecord } from '../domain/decision.ts';
import { readKept } from '../domain/exact-json.ts';
import type { Item } from '../domain/item.ts';
import type { Several } from '../domain/lifecycle.ts';
import { itemFacts, type ItemFacts } from './item-facts.ts';
import type { ItemBodiesTable, ItemsTable } from './item-tables.ts';

/** What an ItemRecord is made of, beside the body. */
export const RECORD_COLUMNS = [
  'id',
  'version',
  'view_rev',
  'kind',
  'allowed_json',
  'status',
  'outcome',
  'requester_slack_user',
  'claimed_by',
  'claimed_at',
  'decided_at',
  'item_digest',
  'domain',
  'rule',
  'policy_version',
  'level',
  'decider',
  'reason_required',
  'fallback',
  'at_the_end',
  'impact',
  'source',
  'requested_at',
  'due_at',
  'expires_at',
  'several_json',
  'check_of',
  'blind',
  'behind_since',
] as const satisfies readonly (keyof ItemsTable)[];
/** `sample`: the share that its rule takes, null where that is all. */
export function itemRow(record: ItemRecord, sample: number | null): ItemsTable {
  const facts = itemFacts(record.item, record.outcome);
  return {
    id: record.id,
    version: record.version,
    view_rev: record.view_rev,
    kind: record.kind,
    allowed_json: JSON.stringify(record.allowed),
    status: record.status,
    outcome: record.outcome,
    requester_slack_user: record.requester_slack_user,
    claimed_by: record.claimed_by,
    claimed_at: record.claimed_at,
    decided_at: record.decided_at,
    item_digest: record.item_digest,
    domain: record.domain,
    rule: record.rule,
    policy_version: record.policy_version,
    level: record.level,
    decider: record.by,
    reason_required: record.reason_required ? 1 : 0,
    fallback: record.fallback,
    at_the_end: record.at_the_end,
    impact: record.impact,
    source: record.source,
    requested_at: record.requested_at,
    due_at: record.due_at,
    expires_at: record.expires_at,
    several_json: record.several === null ? null : JSON.stringify(record.several),
    check_of: record.check_of,
    blind: record.blind ? 1 : 0,
    behind_since: record.behind_since,
    route: facts.route,
    confidence: facts.confidence,
    model: facts.model,
    cohort: facts.cohort,
    tags_json: facts.tags_json,
    sample,
  };
}

/** A row with its body; the body's columns null where its texts were erased. */
export type JoinedItem = Omit<ItemsTable, keyof ItemFacts | 'sample'> & {
  [K in keyof Omit<ItemBodiesTable, 'item_id'>]: ItemBodiesTable[K] | null;
};

export function recordOf(row: JoinedItem): ItemRecord {
  const { written, why_json, several_json } = row;
  return {
    id: row.id,
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
    // What was written here was validated on its way in.
    item: written === null ? null : (readKept(written, 'state') as Item),
    allowed: JSON.parse(row.allowed_json) as ItemRecord['allowed'],
    why: why_json === null ? [] : (JSON.parse(why_json) as string[]),
    by: row.decider,
    reason_required: row.reason_required === 1,
    blind: row.blind === 1,
    behind_since: row.behind_since,
    several: several_json === null ? null : (JSON.parse(several_json) as Several),
  };
}
