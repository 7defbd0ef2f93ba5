/** Queries that run thousands of times a second are compiled once; later calls only bind their values. */
import type { Compilable, CompiledQuery, InsertResult } from 'kysely';
import type { Db } from './database.ts';
import type { Tables } from './tables.ts';

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
    const parameters = compiled.parameters.map((held) =>
      held instanceof Slot ? values[held.name as keyof A] : held,
    );
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
