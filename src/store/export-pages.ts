/**
 * What is exported, page by page in the order it happened: memory does not grow with what there is, and no page holds the
 * connection for long. Reads only.
 */
import type { EpochMs } from '../domain/clock.ts';
import { exportedColumns, ITEM_COLUMNS, type ExportedColumn } from '../domain/item-columns.ts';
import type { Db } from './database.ts';
import type { DecisionsTable, ItemBodiesTable, ItemsTable } from './item-tables.ts';
import type { AuditLogTable, FeedbackTable } from './record-tables.ts';

export const EXPORTS = ['items', 'decisions', 'audit'] as const;
export type ExportName = (typeof EXPORTS)[number];

/** From `since` on, and before `until`. */
export interface Span {
  since: EpochMs;
  until: EpochMs;
}

const OF_ITEM = exportedColumns(ITEM_COLUMNS).map((name) => `items.${name}` as const);

/** `written` null: its texts have been erased. */
export type ItemRow = Pick<ItemsTable, ExportedColumn> & { written: string | null };
export type DecisionRow = DecisionsTable &
  Pick<
    ItemsTable,
    | 'kind'
    | 'domain'
    | 'rule'
    | 'policy_version'
    | 'impact'
    | 'requested_at'
    | 'claimed_at'
    | 'item_digest'
  > & {
    written: ItemBodiesTable['written'] | null;
    /** null: what was said has been erased. */
    said_json: string | null;
    /** What turned out later, in the order it was told. */
    feedback: FeedbackTable[];
  };

/** Cuts a span into ones with about `size` records each (more where that many are of one moment), in their order. */
export async function* spansOf(
  db: Db,
  what: 'items' | 'decisions',
  span: Span,
  size: number,
): AsyncGenerator<Span> {
  let { since } = span;
  for (;;) {
    const until = await momentAfter(db, what, { since, until: span.until }, size);
    yield { since, until: until ?? span.until };
    if (until === undefined) return;
    since = until;
  }
}

/** The moment of the record that stands `size` after those of the span's first moment; undefined: there are fewer. */
async function momentAfter(
  db: Db,
  what: 'items' | 'decisions',
  { since, until }: Span,
  size: number,
): Promise<EpochMs | undefined> {
  const moments =
    what === 'items'
      ? db.selectFrom('items').select('requested_at as at')
      : db.selectFrom('decisions').select('decided_at as at');
  const found = await db
    .selectFrom(moments.as('moments'))
    .select('at')
    .where('at', '>', since)
    .where('at', '<', until)
    .orderBy('at')
    .offset(size)
    .limit(1)
    .executeTakeFirst();
  return found?.at;
}

/** Items by when they came in. */
export async function* itemPages(db: Db, span: Span, size: number): AsyncGenerator<ItemRow[]> {
  let last: Pick<ItemRow, 'requested_at' | 'id'> | undefined = { requested_at: span.since, id: '' };
  while (last) {
    const { requested_at, id } = last;
    const page: ItemRow[] = await db
      .selectFrom('items')
      .leftJoin('item_bodies', 'item_bodies.item_id', 'items.id')
      .select(OF_ITEM)
      .select('written')
      .where('items.requested_at', '>=', requested_at)
      .where('items.requested_at', '<', span.until)
      // Later than the last of the page before, or of the same moment and with a greater id.
      .where((eb) => eb.or([eb('items.requested_at', '>', requested_at), eb('items.id', '>', id)]))
      .orderBy('items.requested_at')
      .orderBy('items.id')
      .limit(size)
      .execute();
    if (page.length > 0) yield page;
    last = page.at(-1);
  }
}

/** Decisions by when they were made. */
export async function* decisionPages(
  db: Db,
  span: Span,
  size: number,
): AsyncGenerator<DecisionRow[]> {
  let last: Pick<DecisionsTable, 'decided_at' | 'id'> | undefined = {
    decided_at: span.since,
    id: '',
  };
  while (last) {
    const { decided_at, id } = last;
    const rows: Omit<DecisionRow, 'feedback'>[] = await db
      .selectFrom('decisions')
      .innerJoin('items', 'items.id', 'decisions.item_id')
      .leftJoin('item_bodies', 'item_bodies.item_id', 'decisions.item_id')
      .leftJoin('decision_texts', 'decision_texts.decision_id', 'decisions.id')
      .selectAll('decisions')
      .select([
        'items.kind',
        'items.domain',
        'items.rule',
        'items.policy_version',
        'items.impact',
        'items.requested_at',
        'items.claimed_at',
        'items.item_digest',
        'written',
        'said_json',
      ])
      .where('decisions.decided_at', '>=', decided_at)
      .where('decisions.decided_at', '<', span.until)
      .where((eb) =>
        eb.or([eb('decisions.decided_at', '>', decided_at), eb('decisions.id', '>', id)]),
      )
      .orderBy('decisions.decided_at')
      .orderBy('decisions.id')
      .limit(size)
      .execute();
    if (rows.length === 0) return;
    const feedback = await feedbackOf(
      db,
      rows.map((row) => row.item_id),
    );
    yield rows.map((row) => ({ ...row, feedback: feedback.get(row.item_id) ?? [] }));
    last = rows.at(-1);
  }
}

async function feedbackOf(db: Db, ids: string[]): Promise<Map<string, FeedbackTable[]>> {
  const rows = await db
    .selectFrom('feedback')
    .selectAll()
    .where('item_id', 'in', ids)
    .orderBy('received_at')
    .orderBy('id')
    .execute();
  const byItem = new Map<string, FeedbackTable[]>();
  for (const row of rows) byItem.set(row.item_id, [...(byItem.get(row.item_id) ?? []), row]);
  return byItem;
}

/** Entries of the audit log by their numbers, without a gap. */
export async function* auditPages(
  db: Db,
  span: Span,
  size: number,
): AsyncGenerator<AuditLogTable[]> {
  // A clock that was set back leaves no hole in the chain: all between the first and the last is taken.
  const { first, end } = await db
    .selectFrom('audit_log')
    .where('at', '>=', span.since)
    .where('at', '<', span.until)
    .select((eb) => [eb.fn.min('seq').as('first'), eb.fn.max('seq').as('end')])
    .executeTakeFirstOrThrow();
  let after = Number(first ?? 1) - 1;
  while (end !== null && after < end) {
    const page = await db
      .selectFrom('audit_log')
      .selectAll()
      .where('seq', '>', after)
      .where('seq', '<=', end)
      .orderBy('seq')
      .limit(size)
      .execute();
    const last = page.at(-1);
    if (!last) return;
    yield page;
    after = last.seq;
  }
}
