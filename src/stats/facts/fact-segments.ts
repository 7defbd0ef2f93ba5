/**
 * Items that have ended, folded a segment at a time into columns that are read hundreds of times faster than the rows. An
 * item that has ended never changes, so a segment is right for good, and can be made again from the rows.
 */
import {
  factsOf,
  isName,
  NAME_COLUMNS,
  NUMBER_COLUMNS,
  type Coded,
  type FactColumn,
  type FactRow,
  type Facts,
} from '../formulas/facts.ts';
import type { EpochMs } from '../../domain/clock.ts';
import type { Db } from '../../store/database.ts';
import { nameBytes, numberBytes, readNames, readNumbers } from './fact-column.ts';
import { endedPage } from './fact-rows.ts';

/** Goes up whenever a column comes or changes: older segments are thrown away and made again. */
const FORMAT = 2;

/** Items in a segment. */
export const SEGMENT = 2000;

/** Segments read at once. */
const TOGETHER = 20;

/** Rows read at once while folding: as many as do not hold anything up. */
const PAGE = 250;

/** Whether anything is folded yet. */
export const anySegment = async (db: Db): Promise<boolean> => (await foldedTo(db)) > 0;

/** The entry up to which everything is folded; 0: nothing is. */
export async function foldedTo(db: Db): Promise<number> {
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
  const rows: Partial<FactRow>[] = [];
  let after = await foldedTo(db);
  const { newest } = await db
    .selectFrom('audit_log')
    .select((eb) => eb.fn.max('seq').as('newest'))
    .executeTakeFirstOrThrow();
  if ((newest ?? 0) - after < length) return null;
  while (rows.length < length) {
    const page = await endedPage(db, after, Math.min(PAGE, length - rows.length), () => true);
    if (page.length === 0) return null;
    rows.push(...page);
    after = page.at(-1)?.seq ?? after;
    await breath();
  }
  return factsOf(rows);
}

/** Writes a segment, in the caller's transaction; whatever an older format left is gone with it. */
export async function insertSegment(db: Db, facts: Facts): Promise<void> {
  await forgetOldSegments(db);
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

/** Throws segments of other formats away: they are made again. */
export async function forgetOldSegments(db: Db): Promise<void> {
  const old = await db
    .selectFrom('fact_segments')
    .select('last_seq')
    .where('format', '!=', FORMAT)
    .execute();
  if (old.length === 0) return;
  const gone = old.map((one) => one.last_seq);
  await db.deleteFrom('fact_columns').where('last_seq', 'in', gone).execute();
  await db.deleteFrom('fact_segments').where('last_seq', 'in', gone).execute();
}

/**
 * Segments with anything that came or ended between two moments. What is yielded is read before the next is asked for:
 * one stretch of memory serves them all, for making a new one for each costs more than reading it.
 */
export async function* readSegments<C extends FactColumn>(
  db: Db,
  period: { from: EpochMs; to: EpochMs },
  columns: readonly C[],
): AsyncGenerator<Facts<C>> {
  const segments = await db
    .selectFrom('fact_segments')
    .select(['last_seq', 'length'])
    .where('format', '=', FORMAT)
    .where('decided_to', '>=', period.from)
    .where('requested_from', '<', period.to)
    .orderBy('last_seq')
    .execute();
  const longest = Math.max(0, ...segments.map(({ length }) => length));
  const readers = new Map<string, ReadColumn>(
    columns.map((name) => [name, isName(name) ? namesInto(longest) : numbersInto(longest)]),
  );
  for (let at = 0; at < segments.length; at += TOGETHER) {
    const together = segments.slice(at, at + TOGETHER);
    const held = await db
      .selectFrom('fact_columns')
      .select(['last_seq', 'name', 'data'])
      .where('last_seq', '>=', together[0]?.last_seq ?? 0)
      .where('last_seq', '<=', together.at(-1)?.last_seq ?? 0)
      .where('name', 'in', columns)
      .orderBy('last_seq')
      .execute();
    let read = 0;
    for (const { last_seq, length } of together) {
      const facts: Record<string, unknown> = { length };
      for (let one = held[read]; one && one.last_seq <= last_seq; one = held[(read += 1)]) {
        // Between two that are wanted others may lie.
        if (one.last_seq === last_seq) facts[one.name] = readers.get(one.name)?.(one.data, length);
      }
      // Each column that was asked for is in each segment of this format.
      yield facts as Facts<C>;
    }
  }
}

type ReadColumn = (data: Uint8Array, length: number) => Float64Array | Coded;

function numbersInto(longest: number): ReadColumn {
  const into = new Float64Array(longest);
  return (data, length) => {
    readNumbers(data, length, into);
    return into;
  };
}

function namesInto(longest: number): ReadColumn {
  const codes = new Uint16Array(longest);
  return (data) => ({ codes, names: readNames(data, codes) });
}
