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
  return async (db, values) => {
    // The stand-in is only ever a bound parameter, which Kysely passes through untouched.
    compiled ??= build(db, (name) => new Slot(name) as never).compile();
    const parameters = compiled.parameters.map((bound) =>
      bound instanceof Slot ? values[bound.name as keyof A] : bound,
    );
    const run = held.get(db);
    // What a compiled query returns is what it says it returns.
    if (run) return run(compiled.sql, parameters) as R[];
    return (await db.executeQuery<R>({ ...compiled, parameters })).rows;
  };
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
