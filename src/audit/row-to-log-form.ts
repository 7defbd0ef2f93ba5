/** Rows in the form in which the audit log tells of them, so that the two can be compared. Items' is `item-in-log-form.ts`, which is generated. Pure. */
import type { Selectable } from 'kysely';
import type { DecisionsTable, OpinionsTable } from '../store/item-tables.ts';
import type { FeedbackTable } from '../store/record-tables.ts';
import { parsed, type Columns } from './log-entry.ts';

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
