/**
 * Queries that run thousands of times a second are compiled once; later calls only bind their values. Where the caller
 * holds the connection and it answers at once, as SQLite's does, they go straight to it: Kysely's own way there takes a
 * dozen promises a statement.
 */
import { CompiledQuery, type Compilable, type InsertResult } from 'kysely';
import type { Db } from './database.ts';
import type { Tables } from './tables.ts';

/** Runs one statement on the connection, at once, and returns its rows. */
export type RunStraight = (sql: string, parameters: readonly unknown[]) => unknown[];

/** How statements get straight to the connection: behind a database, and in a hold of it. */
const behind = new WeakMap<Db, RunStraight>();
const held = new WeakMap<Db, RunStraight>();

/** Says how statements get straight to the connection behind `db`. */
export const connect = (db: Db, run: RunStraight): void => void behind.set(db, run);

/** Runs `work` in a transaction of `db`. */
export const inTransaction = <T>(db: Db, work: (db: Db) => Promise<T>): Promise<T> =>
  db.transaction().execute((transaction) => holding(db, transaction, work));

/** Runs `work`, which reads a lot, without letting the connection go between its queries. It sees what is committed. */
export const reading = <T>(db: Db, work: (db: Db) => Promise<T>): Promise<T> =>
  db.connection().execute((connection) => holding(db, connection, work));

// Only who holds the connection may go straight to it: anyone else would read into a transaction that is open.
async function holding<T>(db: Db, hold: Db, work: (db: Db) => Promise<T>): Promise<T> {
  const run = behind.get(db);
  if (run !== undefined) held.set(hold, run);
  try {
    return await work(hold);
  } finally {
    held.delete(hold);
  }
}

/** A statement without values or rows, such as a savepoint's. Inside a transaction only. */
export async function command(transaction: Db, text: string): Promise<void> {
  const run = held.get(transaction);
  if (run) run(text, []);
  else await transaction.executeQuery(CompiledQuery.raw(text));
}

class Slot {
  readonly name: PropertyKey;
  constructor(name: PropertyKey) {
    this.name = name;
  }
}

/**
 * A query with named values. `build` is called once, with a function that stands in for each value; the returned
 * function runs it. Not for queries whose text depends on the values (lists, optional parts).
 */
export function prepared<A extends object, R>(
  build: (db: Db, value: <K extends keyof A>(name: K) => A[K]) => Compilable<R>,
): (db: Db, values: A) => Promise<R[]> {
  let compiled: CompiledQuery<R> | null = null;
  return (db, values) => {
    // The stand-in is only ever a bound parameter, which Kysely passes through untouched.
    compiled ??= build(db, (name) => new Slot(name) as never).compile();
    return runCompiled(db, compiled, (name) => values[name as keyof A]);
  };
}

/** Lists are filled up to one of these lengths with their last value, so that few texts serve all. */
const LENGTHS = [1, 16, 100] as const;
/** No list may be longer. */
export const LIST_MOST = 100;

/**
 * A query for rows whose column is in a list of 1 to 100 values, which `build` is handed stand-ins for. Called once for
 * each of a few lengths.
 */
export function preparedList<R>(
  build: (db: Db, values: readonly string[]) => Compilable<R>,
): (db: Db, values: readonly string[]) => Promise<R[]> {
  const byLength = new Map<number, (db: Db, list: { values: readonly string[] }) => Promise<R[]>>();
  return (db, values) => {
    const length = LENGTHS.find((one) => one >= values.length);
    if (length === undefined || values.length === 0)
      throw new Error(`a list of ${values.length} values`);
    let run = byLength.get(length);
    if (!run) byLength.set(length, (run = listOf(build, length)));
    return run(db, { values });
  };
}

function listOf<R>(
  build: (db: Db, values: readonly string[]) => Compilable<R>,
  length: number,
): (db: Db, list: { values: readonly string[] }) => Promise<R[]> {
  let compiled: CompiledQuery<R> | null = null;
  const slots = Array.from({ length }, (_, at) => new Slot(String(at)));
  return (db, { values }) => {
    // The stand-ins are only ever bound parameters.
    compiled ??= build(db, slots as never).compile();
    return runCompiled(db, compiled, (name) => values[Math.min(Number(name), values.length - 1)]);
  };
}

/** Straight to the connection where it is held. */
async function runCompiled<R>(
  db: Db,
  compiled: CompiledQuery<R>,
  valueOf: (name: PropertyKey) => unknown,
): Promise<R[]> {
  const parameters = compiled.parameters.map((bound) =>
    bound instanceof Slot ? valueOf(bound.name) : bound,
  );
  const run = held.get(db);
  // What a compiled query returns is what it says it returns.
  if (run) return run(compiled.sql, parameters) as R[];
  return (await db.executeQuery<R>({ ...compiled, parameters })).rows;
}

/** The insertion of one row; `columns` are all that the table has and the row must give. */
export function preparedInsert<T extends keyof Tables>(
  table: T,
  columns: readonly (keyof Tables[T] & string)[],
): (db: Db, row: Tables[T]) => Promise<unknown> {
  return prepared<Tables[T] & object, InsertResult>((db, value) => {
    const row = Object.fromEntries(columns.map((column) => [column, value(column)]));
    return db.insertInto(table).values(row as never);
  });
}
