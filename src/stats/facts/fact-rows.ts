/** Items as the rows have them, for figures: what ended, by the audit entry that ended it, and what still waits. */
import { sql, type ExpressionBuilder } from 'kysely';
import type { FactColumn, FactRow } from '../formulas/facts.ts';
import type { EpochMs } from '../../domain/clock.ts';
import type { Db } from '../../store/database.ts';
import type { Tables } from '../../store/tables.ts';

const ITEM_COLUMNS = [
  'items.requested_at',
  'items.claimed_at',
  'items.due_at',
  'items.confidence',
  'items.impact',
  'items.level',
  'items.domain',
  'items.rule',
  'items.route',
  'items.kind',
  'items.model',
  'items.cohort',
  'items.tags_json as tags',
  'items.sample',
] as const;

/** Whether any of these is asked for. */
export type Wants = (...columns: FactColumn[]) => boolean;

// What stands after the dot, or after `as`, is a column of facts.
const wantedOf = (wants: Wants) =>
  ITEM_COLUMNS.filter((column) => wants(column.split(/\.|as /).at(-1) as FactColumn));

const isCheck = (eb: ExpressionBuilder<Tables, 'items'>) =>
  eb.case().when('items.check_of', 'is', null).then(null).else('check').end().as('check');

/** A page of what ended after that entry, with what `wants` asks for. */
export async function endedPage(
  db: Db,
  after: number,
  length: number,
  wants: Wants,
): Promise<(Partial<FactRow> & { seq: number })[]> {
  const rows = await db
    .selectFrom('audit_log')
    .innerJoin('items', 'items.id', 'audit_log.item_id')
    .innerJoin('decisions', 'decisions.item_id', 'items.id')
    .where('audit_log.event', '=', 'item.decided')
    .where('audit_log.seq', '>', after)
    .orderBy('audit_log.seq')
    .limit(length)
    .select([
      'audit_log.seq',
      'items.id',
      'decisions.decided_at',
      'decisions.outcome',
      'decisions.decided_by as by',
      'decisions.slack_user as expert',
      'items.kind',
      'items.route',
      isCheck,
      ...wantedOf(wants),
    ])
    .execute();
  const ids = rows.filter(({ route }) => route === 'ask').map((row) => row.id);
  const climbed = wants('rung', 'overrun') ? await climbs(db, ids) : null;
  const paged = wants('paged') ? await pagesOf(db, ids) : null;
  const opinions = wants('verdicts') ? await opinionsOf(db, ids) : null;
  return rows.map((row) => ({
    ...row,
    ...climbed?.get(row.id),
    paged: pagedIn(paged?.get(row.id)),
    verdicts: verdictsOn(row, opinions?.get(row.id)),
  }));
}

/** What waits and came in between two moments; whom its pages have reached so far is in `open-pages`, for it is not over. */
export const openRows = (
  db: Db,
  period: { from: EpochMs; to: EpochMs },
  wants: Wants,
): Promise<Partial<FactRow>[]> =>
  db
    .selectFrom('items')
    // Said in the text, not bound: only so is the index of what waits found.
    .where('items.status', '!=', sql.lit('decided'))
    .where('items.requested_at', '>=', period.from)
    .where('items.requested_at', '<', period.to)
    .select([isCheck, ...wantedOf(wants)])
    .execute();

const pagedIn = (people: readonly string[] | undefined): string | null =>
  people?.toSorted().join(',') ?? null;

/** Of those items: the last rung that was paged, and the levels of those that ran out of time before it. */
async function climbs(db: Db, ids: readonly string[]) {
  const found = new Map<string, { rung: number; overrun: string | null }>();
  if (ids.length === 0) return found;
  const rungs = await db
    .selectFrom('rungs')
    .select(['item_id', 'number', 'level', 'claim_by', 'decide_by', 'ended_at'])
    .where('item_id', 'in', ids)
    .where('paged_at', 'is not', null)
    .orderBy('item_id')
    .orderBy('number')
    .execute();
  const before = new Map<string, (typeof rungs)[number]>();
  for (const rung of rungs) {
    const last = before.get(rung.item_id);
    before.set(rung.item_id, rung);
    const levels = found.get(rung.item_id)?.overrun ?? null;
    const over = last !== undefined && ranOut(last);
    found.set(rung.item_id, {
      rung: rung.number,
      overrun: over ? [levels, last.level].filter((one) => one !== null).join(',') : levels,
    });
  }
  return found;
}

/** A rung that somebody left by escalating was not late. */
const ranOut = (rung: {
  claim_by: number | null;
  decide_by: number | null;
  ended_at: number | null;
}) => [rung.claim_by, rung.decide_by].some((by) => by !== null && (rung.ended_at ?? 0) >= by);

/** Whom rungs sent direct messages about those items, once for each message. */
async function pagesOf(db: Db, ids: readonly string[]): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  if (ids.length === 0) return found;
  const pages = await db
    .selectFrom('pages')
    .select(['item_id', 'target'])
    .where('item_id', 'in', ids)
    .where('way', '=', 'dm')
    .where('state', '=', 'sent')
    .execute();
  for (const { item_id, target } of pages) {
    const own = found.get(item_id);
    if (own) own.push(target);
    else found.set(item_id, [target]);
  }
  return found;
}

/** Each person's last word on those items, in the order in which they said them. */
async function opinionsOf(
  db: Db,
  ids: readonly string[],
): Promise<Map<string, Map<string, string>>> {
  const found = new Map<string, Map<string, string>>();
  if (ids.length === 0) return found;
  const opinions = await db
    .selectFrom('opinions')
    .select(['item_id', 'slack_user', 'word'])
    .where('item_id', 'in', ids)
    .orderBy('said_at')
    .orderBy('id')
    .execute();
  for (const { item_id, slack_user, word } of opinions) {
    let words = found.get(item_id);
    if (!words) found.set(item_id, (words = new Map()));
    words.set(slack_user, word);
  }
  return found;
}

/** Approvals and reviews alone: what two people typed cannot be held against each other. */
function verdictsOn(
  row: { kind: string; outcome: string; expert: string | null },
  said: Map<string, string> | undefined,
): string | null {
  if (said === undefined || (row.kind !== 'approval' && row.kind !== 'review')) return null;
  const last = VERDICTS[row.outcome];
  if (row.expert !== null && last !== undefined) said.set(row.expert, last);
  return said.size < 2 ? null : [...said.values()].toSorted().join(',');
}

const VERDICTS: { [outcome: string]: string | undefined } = {
  approved: 'approve',
  edited: 'edit',
  rejected: 'reject',
};
