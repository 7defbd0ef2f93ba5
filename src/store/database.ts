/**
 * Opens the SQLite file: the only place that knows it is SQLite. WAL, foreign keys on, and `synchronous=FULL`, so that
 * what was acknowledged survives a power cut.
 */
import SQLite from 'better-sqlite3';
import { Kysely, Migrator, SqliteDialect, type SqliteStatement } from 'kysely';
import { rootWords } from '../domain/error-chain.ts';
import { StartRefused } from '../domain/start-refused.ts';
import { migrations } from '../../migrations/migrations.ts';
import { connect, type RunStraight } from './prepared.ts';
import { makePrivateFile } from './private-file.ts';
import type { Tables } from './tables.ts';

export type Db = Kysely<Tables>;

/** How long a write waits for another process (`hitl migrate`, a backup) to let go of the file. */
const BUSY_TIMEOUT_MS = 5000;

/** More than any record has: SQLite maps no more than the file is long. */
const MAPPED_BYTES = 64 * 1024 ** 3;

export interface DatabaseOptions {
  readonly?: boolean;
  /** The most of it that is held in memory, 32 unless said. */
  cache_mb?: number;
  /** The file is read as memory, for a thread that goes through all of it. */
  mapped?: boolean;
  /** Told of each statement that fails, before its caller is. */
  onFault?: (error: unknown) => void;
}

/** Opens (or makes) the database at `path`. Close it with `destroy()`. Throws where the file cannot be opened. */
export function openDatabase(path: string, options: DatabaseOptions = {}): Db {
  let sqlite: SQLite.Database;
  try {
    if (!options.readonly) makePrivateFile(path);
    sqlite = new SQLite(path, {
      readonly: options.readonly ?? false,
      fileMustExist: options.readonly ?? false,
      timeout: BUSY_TIMEOUT_MS,
    });
    if (!options.readonly) sqlite.pragma('journal_mode = WAL');
    sqlite.pragma('synchronous = FULL');
    sqlite.pragma('foreign_keys = ON');
    sqlite.pragma(`cache_size = -${(options.cache_mb ?? 32) * 1000}`);
    if (options.mapped) sqlite.pragma(`mmap_size = ${MAPPED_BYTES}`);
    // A savepoint keeps each page it changes; beyond 64 KB that goes to a file, which costs more than the rows do.
    sqlite.pragma('temp_store = MEMORY');
  } catch (cause) {
    throw new Error(`cannot open the database ${path}`, { cause });
  }
  const watched = watching(options.onFault);
  const database = withStatementCache(sqlite, options.readonly ?? false, watched);
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
  const straight = straightTo(sqlite);
  connect(db, (sql, parameters) => watched(() => straight(sql, parameters)));
  return db;
}

/** Runs one piece of a statement; `onFault` hears of its error first. */
type Watched = <T>(work: () => T) => T;

const watching =
  (onFault: DatabaseOptions['onFault']): Watched =>
  (work) => {
    try {
      return work();
    } catch (error) {
      onFault?.(error);
      throw error;
    }
  };

/** Runs statements as they are, each prepared once. */
function straightTo(sqlite: SQLite.Database): RunStraight {
  const known = new Map<string, (parameters: readonly unknown[]) => unknown[]>();
  return (sql, parameters) => {
    let run = known.get(sql);
    if (!run) {
      run = runOf(sqlite.prepare<unknown[], unknown[]>(sql));
      if (known.size < 500) known.set(sql, run);
    }
    return run(parameters);
  };
}

/** Rows come as lists of values and are made records here, which takes a third of the time that it takes over there. */
function runOf(
  statement: SQLite.Statement<unknown[], unknown[]>,
): (parameters: readonly unknown[]) => unknown[] {
  if (!statement.reader)
    return (parameters) => {
      statement.run(...parameters);
      return [];
    };
  const lists = statement.raw();
  let names = namesOf(lists);
  return (parameters) => {
    const rows = lists.all(...parameters);
    // A column came, by a migration.
    if (rows[0] && rows[0].length !== names.length) names = namesOf(lists);
    return rows.map((values) => {
      const row: Record<string, unknown> = {};
      for (let at = 0; at < names.length; at += 1) row[names[at] ?? ''] = values[at];
      return row;
    });
  };
}

const namesOf = (statement: SQLite.Statement<unknown[], unknown[]>): string[] =>
  statement.columns().map((column) => column.name);

const NOTHING: SqliteStatement = {
  reader: false,
  all: () => [],
  run: () => ({ changes: 0, lastInsertRowid: 0 }),
  iterate: () => [][Symbol.iterator](),
};

/** Kysely prepares each statement anew; the same text is prepared once here. */
function withStatementCache(sqlite: SQLite.Database, readonly: boolean, watched: Watched) {
  const statements = new Map<string, SqliteStatement>();
  const prepare = (sql: string): SqliteStatement => {
    const statement = watched(() => sqlite.prepare<unknown[], unknown>(sql));
    return {
      reader: statement.reader,
      all: (parameters) => watched(() => statement.all(...parameters)),
      run: (parameters) => watched(() => statement.run(...parameters)),
      iterate: (parameters) => statement.iterate(...parameters),
    };
  };
  return {
    close: () => void sqlite.close(),
    prepare(text: string): SqliteStatement {
      // A full disk, for one, has SQLite undo the transaction itself: a second undoing would fail, and hide the first error.
      if (text === 'rollback' && !sqlite.inTransaction) return NOTHING;
      // A write that begins as a read can lose its place to another process; one that begins as a write waits its turn.
      const sql = text === 'begin' && !readonly ? 'begin immediate' : text;
      let statement = statements.get(sql);
      if (!statement) {
        statement = prepare(sql);
        if (statements.size < 500) statements.set(sql, statement);
      }
      return statement;
    },
  };
}

/** Brings the tables up to date. Returns the names of the migrations that ran; throws with the one that failed. */
export async function migrate(db: Db): Promise<string[]> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error, results } = await migrator.migrateToLatest();
  if (error) {
    if (/previously executed migration/.test(rootWords(error)))
      throw new StartRefused(
        [
          'the database in HITL_DATA_DIR was written by a newer hitl: start that version, or put a backup of this one in its place',
        ],
        { cause: error },
      );
    const failed =
      results?.find((one) => one.status === 'Error')?.migrationName ?? 'the list of migrations';
    throw new Error(`migration ${failed} failed; the database is as it was before it`, {
      cause: error,
    });
  }
  return (results ?? []).filter((one) => one.status === 'Success').map((one) => one.migrationName);
}
