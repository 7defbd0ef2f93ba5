/**
 * PGlite, PostgreSQL in this process, as the connection pool that BullMQ's PostgreSQL backend expects: `connect`,
 * `query`, `end`, and notifications. There is one session behind it, so nothing here may hold a transaction open; the
 * backend's commands are single statements, and its migrations run before anything else does.
 */
import { EventEmitter } from 'node:events';
import { PGlite } from '@electric-sql/pglite';
import {
  DEFAULT_SCHEMA,
  runMigrations,
  type PgPool,
  type PgPoolClient,
  type PgQueryResult,
} from 'bullmq';

export interface PglitePool {
  pool: PgPool;
  close(): Promise<void>;
}

/** Opens the database in `dataDir` (undefined: in memory), migrates it, and returns the pool. */
export async function openPglitePool(dataDir: string | undefined): Promise<PglitePool> {
  const db = await PGlite.create(dataDir === undefined ? {} : { dataDir });
  await runMigrations({ query: (text, params) => query(db, text, params) });
  await db.exec(`SET search_path TO "${DEFAULT_SCHEMA}"`);
  const pool = new Pool(db);
  return { pool, close: () => db.close() };
}

async function query<R>(
  db: PGlite,
  text: string,
  params?: readonly unknown[],
): Promise<PgQueryResult<R>> {
  if (params === undefined || params.length === 0) {
    // Without values a text may hold several statements, as a migration does.
    const results = await db.exec(text);
    const last = results.at(-1);
    return {
      rows: (last?.rows ?? []) as R[],
      rowCount: last?.affectedRows ?? last?.rows.length ?? 0,
    };
  }
  const result = await db.query<R>(text, [...params]);
  return { rows: result.rows, rowCount: result.affectedRows ?? result.rows.length };
}

/** BullMQ's commands begin with comments. */
const LISTEN = /^(?:\s*--[^\n]*\n)*\s*(LISTEN|UNLISTEN)\s+"?([^";\s]+)"?\s*;?\s*$/i;

class Client extends EventEmitter {
  readonly db: PGlite;
  readonly #listening = new Map<string, () => Promise<void>>();

  constructor(db: PGlite) {
    super();
    this.setMaxListeners(100);
    this.db = db;
  }

  async query<R>(text: string, params?: readonly unknown[]): Promise<PgQueryResult<R>> {
    const [, verb, channel] = LISTEN.exec(text) ?? [];
    if (verb === undefined || channel === undefined) return query<R>(this.db, text, params);
    await this.#listening.get(channel)?.();
    this.#listening.delete(channel);
    if (verb.toUpperCase() === 'LISTEN') {
      const stop = await this.db.listen(channel, (payload) =>
        this.emit('notification', { channel, payload }),
      );
      this.#listening.set(channel, async () => stop());
    }
    return { rows: [], rowCount: 0 };
  }

  release(): void {
    if (this.db.closed) return;
    for (const stop of this.#listening.values()) void stop();
    this.#listening.clear();
  }
}

class Pool extends EventEmitter {
  readonly db: PGlite;

  constructor(db: PGlite) {
    super();
    this.db = db;
  }

  query<R>(text: string, params?: readonly unknown[]): Promise<PgQueryResult<R>> {
    return query<R>(this.db, text, params);
  }

  async connect(): Promise<PgPoolClient> {
    return new Client(this.db);
  }

  /** The database is closed by whoever opened it: several queues share it. */
  async end(): Promise<void> {}
}
