/**
 * Items as figures are made of them. What has ended is folded, a segment at a time, into columns that are read hundreds
 * of times faster than the rows; what ended since, and what is still open, is read from the rows. An item that has ended
 * never changes, so a segment is right for good, and reading both in one transaction counts each item once.
 */
import {
  factsOf,
  NAME_COLUMNS,
  NUMBER_COLUMNS,
  type FactColumn,
  type FactRow,
  type Facts,
  type NameColumn,
} from '../../stats/facts.ts';
import type { EpochMs } from '../clock.ts';
import type { Db } from './database.ts';
import { nameBytes, namesOf, numberBytes, numbersOf } from './fact-column.ts';

/** Goes up whenever a column comes or changes: older segments are thrown away and made again. */
const FORMAT = 1;

/** Items in a segment. */
export const SEGMENT = 2000;

/** Segments read at once. */
const TOGETHER = 20;

/** Rows read at once from the tail: as many as do not hold anything up. */
const PAGE = 250;

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
  'items.check_of',
] as const;

/** Rows of ended items, by the entry that ended them. */
const ended = (db: Db, after: number) =>
  db
    .selectFrom('audit_log')
    .innerJoin('items', 'items.id', 'audit_log.item_id')
    .innerJoin('decisions', 'decisions.item_id', 'items.id')
    .where('audit_log.event', '=', 'item.decided')
    .where('audit_log.seq', '>', after)
    .orderBy('audit_log.seq')
    .select([
      'audit_log.seq',
      'items.id',
      'decisions.decided_at',
      'decisions.outcome',
      'decisions.decided_by as by',
      'decisions.slack_user as expert',
      ...ITEM_COLUMNS,
    ]);

/** Rows of items that wait. */
const open = (db: Db) =>
  db.selectFrom('items').where('items.status', '!=', 'decided').select(ITEM_COLUMNS);

const NOT_ENDED = {
  seq: null,
  decided_at: null,
  outcome: null,
  by: null,
  expert: null,
  rung: null,
  overrun: null,
};

const checkOf = (row: { check_of: string | null }) => ({
  check: row.check_of === null ? null : 'check',
});

/** A page of what ended, with how far each climbed. */
async function endedPage(
  db: Db,
  after: number,
  length: number,
): Promise<(FactRow & { seq: number })[]> {
  const rows = await ended(db, after).limit(length).execute();
  const climbed = await climbs(
    db,
    rows.map((row) => row.id),
  );
  return rows.map((row) => ({ ...row, ...checkOf(row), ...(climbed.get(row.id) ?? NOT_PAGED) }));
}

const NOT_PAGED = { rung: null, overrun: null };

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

/** Whether anything is folded yet. */
export const anySegment = async (db: Db): Promise<boolean> => (await foldedTo(db)) > 0;

/** The entry up to which everything is folded; 0: nothing is. */
async function foldedTo(db: Db): Promise<number> {
  const { last } = await db
    .selectFrom('fact_segments')
    .select((eb) => eb.fn.max('last_seq').as('last'))
    .where('format', '=', FORMAT)
    .executeTakeFirstOrThrow();
  return last ?? 0;
}

/**
 * The next segment, read a page at a time with a breath between, or null while too few items have ended since the last.
 * What is read has ended, so nothing about it changes until it is written.
 */
export async function nextSegment(
  db: Db,
  breath: () => Promise<unknown>,
  length = SEGMENT,
): Promise<Facts | null> {
  const rows: FactRow[] = [];
  let after = await foldedTo(db);
  const { newest } = await db
    .selectFrom('audit_log')
    .select((eb) => eb.fn.max('seq').as('newest'))
    .executeTakeFirstOrThrow();
  if ((newest ?? 0) - after < length) return null;
  while (rows.length < length) {
    const page = await endedPage(db, after, Math.min(PAGE, length - rows.length));
    if (page.length === 0) return null;
    rows.push(...page);
    after = page.at(-1)?.seq ?? after;
    await breath();
  }
  return factsOf(rows);
}

/** Writes a segment, in the caller's transaction; whatever an older format left is gone with it. */
export async function insertSegment(db: Db, facts: Facts): Promise<void> {
  await forgetSegments(db, FORMAT);
  const last_seq = facts.seq[facts.length - 1] ?? 0;
  await db
    .insertInto('fact_segments')
    .values({
      last_seq,
      format: FORMAT,
      length: facts.length,
      decided_to: Math.max(...facts.decided_at),
      requested_from: Math.min(...facts.requested_at),
    })
    .execute();
  const columns = [
    ...NUMBER_COLUMNS.map((name) => ({ name, data: numberBytes(facts[name]) })),
    ...NAME_COLUMNS.map((name) => ({ name, data: nameBytes(facts[name]) })),
  ];
  await db
    .insertInto('fact_columns')
    .values(columns.map((column) => ({ last_seq, ...column })))
    .execute();
}

/** Throws segments of other formats away. */
async function forgetSegments(db: Db, but: number): Promise<void> {
  const old = await db
    .selectFrom('fact_segments')
    .select('last_seq')
    .where('format', '!=', but)
    .execute();
  if (old.length === 0) return;
  const gone = old.map((one) => one.last_seq);
  await db.deleteFrom('fact_columns').where('last_seq', 'in', gone).execute();
  await db.deleteFrom('fact_segments').where('last_seq', 'in', gone).execute();
}

/**
 * Everything that came or ended between two moments, and more: the caller looks at the times. `columns` are all that is
 * read. Inside a transaction, for segments and rows must be of one moment. `unfolded` reads the rows only.
 */
export async function* readFacts<C extends FactColumn>(
  db: Db,
  period: { from: EpochMs; to: EpochMs },
  columns: readonly C[],
  unfolded = false,
): AsyncGenerator<Facts<C>> {
  const folded = unfolded ? 0 : await foldedTo(db);
  if (folded > 0) {
    const segments = await db
      .selectFrom('fact_segments')
      .select(['last_seq', 'length'])
      .where('format', '=', FORMAT)
      .where('decided_to', '>=', period.from)
      .where('requested_from', '<', period.to)
      .orderBy('last_seq')
      .execute();
    for (let at = 0; at < segments.length; at += TOGETHER) {
      yield* await readSegments(db, segments.slice(at, at + TOGETHER), columns);
    }
  }
  for (let after = folded; ;) {
    const page = await endedPage(db, after, PAGE);
    if (page.length === 0) break;
    after = page.at(-1)?.seq ?? after;
    yield factsOf(page);
  }
  const waiting = await open(db)
    .where('requested_at', '>=', period.from)
    .where('requested_at', '<', period.to)
    .execute();
  for (let at = 0; at < waiting.length; at += SEGMENT) {
    yield factsOf(
      waiting.slice(at, at + SEGMENT).map((row) => ({ ...row, ...NOT_ENDED, ...checkOf(row) })),
    );
  }
}

/** Segments that lie beside each other, in one query. */
async function readSegments<C extends FactColumn>(
  db: Db,
  segments: readonly { last_seq: number; length: number }[],
  columns: readonly C[],
): Promise<Facts<C>[]> {
  const held = await db
    .selectFrom('fact_columns')
    .select(['last_seq', 'name', 'data'])
    .where('last_seq', '>=', segments[0]?.last_seq ?? 0)
    .where('last_seq', '<=', segments.at(-1)?.last_seq ?? 0)
    .where('name', 'in', columns)
    .execute();
  const facts = new Map<number, Record<string, unknown>>(
    segments.map(({ last_seq, length }) => [last_seq, { length }]),
  );
  for (const { last_seq, name, data } of held) {
    const segment = facts.get(last_seq);
    if (segment) segment[name] = isName(name) ? namesOf(data) : numbersOf(data);
  }
  // Each column that was asked for is in each segment of this format.
  return [...facts.values()] as Facts<C>[];
}

const isName = (name: string): name is NameColumn =>
  (NAME_COLUMNS as readonly string[]).includes(name);
