/**
 * One line of an export as a record, of its rows: times as RFC 3339, what the producer calls sensitive hidden, erased
 * texts null. Pure.
 */
import { hidesTruth } from '../../blocks/messages/feedback-words.ts';
import { readKept } from '../domain/exact-json.ts';
import { MASK, hidesField, maskDecision, maskSensitive } from '../domain/redact.ts';
import { rfc3339, type EpochMs } from '../domain/clock.ts';
import { exportedNames, ITEM_COLUMNS } from '../domain/item-columns.ts';
import type { Item } from '../domain/item.ts';
import { exportedItemColumns } from './exported-item-columns.ts';
import { decisionOf } from '../store/decisions.ts';
import type { DecisionRow, ExportName, ItemRow } from '../store/export-pages.ts';
import type { AuditLogTable } from '../store/record-tables.ts';

/** The fields of each export, in their order: an export of nothing has them too. */
export const EXPORTED = {
  items: [
    ...exportedNames(ITEM_COLUMNS, false),
    'confidence',
    'title',
    'body',
    'proposal',
    'justification',
    'action',
    'candidates',
    'evidence',
    'tags',
    'cohort',
    'model',
    'run_id',
    'erased',
    ...exportedNames(ITEM_COLUMNS, true),
  ],
  decisions: [
    'decision_id',
    'item_id',
    'outcome',
    'decided_by',
    'slack_user',
    'name',
    'level',
    'requested_at',
    'claimed_at',
    'decided_at',
    'kind',
    'domain',
    'rule',
    'policy_version',
    'impact',
    'confidence',
    'answer',
    'action',
    'choice',
    'rationale',
    'error_tags',
    'erased',
    'feedback',
    'item_digest',
    'text_digest',
    'card_digest',
  ],
  audit: ['seq', 'at', 'event', 'item_id', 'entry', 'prev_hash', 'hash'],
} as const satisfies { [what in ExportName]: readonly string[] };

/** A record has all of them, and no other. */
type Exported<W extends ExportName> = { [field in (typeof EXPORTED)[W][number]]: unknown };

export type ExportedRecord = { [field: string]: unknown };

const time = (at: EpochMs | null): string | null => (at === null ? null : rfc3339(at));

/** The item with its sensitive values hidden; null where it was erased. */
// What was written there was validated on its way in.
const itemOf = (written: string | null): Item | null =>
  written === null ? null : (readKept(written, 'state') as Item);

export function exportedItem(row: ItemRow): Exported<'items'> {
  const item = itemOf(row.written);
  const shown = item && maskSensitive(item);
  return exportedItemColumns(row, (field) => item !== null && hidesField(item, field), {
    confidence: shown?.confidence ?? null,
    title: shown?.title ?? null,
    body: shown?.body ?? null,
    proposal: shown?.proposal ?? null,
    justification: shown?.justification ?? null,
    action: shown?.action ?? null,
    candidates: shown?.candidates ?? null,
    evidence: shown?.evidence ?? null,
    tags: shown?.tags ?? null,
    cohort: shown?.cohort ?? null,
    model: shown?.model ?? null,
    run_id: shown?.run_id ?? null,
    erased: item === null,
  });
}

export function exportedDecision(row: DecisionRow): Exported<'decisions'> {
  const item = itemOf(row.written);
  const decision = decisionOf(row);
  const shown = item ? maskDecision(item, decision) : decision;
  const by = decision.decided_by;
  return {
    decision_id: row.id,
    item_id: row.item_id,
    outcome: row.outcome,
    decided_by: by.type,
    slack_user: by.type === 'human' ? by.slack_user : null,
    name: by.type === 'human' ? by.name || null : null,
    level: row.level,
    requested_at: time(row.requested_at),
    claimed_at: time(row.claimed_at),
    decided_at: time(row.decided_at),
    kind: row.kind,
    domain: row.domain,
    rule: row.rule,
    policy_version: row.policy_version,
    impact: item && hidesField(item, 'impact') ? null : row.impact,
    confidence: (item && maskSensitive(item).confidence) ?? null,
    answer: shown.answer ?? null,
    action: shown.action ?? null,
    choice: shown.choice ?? null,
    rationale: shown.rationale ?? null,
    error_tags: decision.error_tags,
    erased: row.said_json === null,
    feedback: row.feedback.map((one) => ({
      verdict: one.verdict,
      truth: truthOf(item, one.truth_json),
      at: time(one.at),
      source: one.source,
    })),
    item_digest: row.item_digest,
    text_digest: row.text_digest,
    card_digest: row.card_digest,
  };
}

function truthOf(item: Item | null, truth_json: string | null): unknown {
  if (truth_json === null) return null;
  return hidesTruth({ item }) ? MASK : readKept(truth_json);
}

/**
 * `entry` is the text that `hash` covers: hash = sha256(prev_hash, newline, entry), as `hitl audit verify --file` checks
 * without the database.
 */
export const exportedEntry = (row: AuditLogTable): Exported<'audit'> => ({
  seq: row.seq,
  at: time(row.at),
  event: row.event,
  item_id: row.item_id,
  entry: row.entry_json,
  prev_hash: row.prev_hash,
  hash: row.hash,
});
