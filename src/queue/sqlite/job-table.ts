/** Jobs of the embedded queue as rows, and rows as BullMQ's jobs. */
import type SQLite from 'better-sqlite3';
import type { JobJson } from 'bullmq';

export type StoredState = 'waiting' | 'delayed' | 'active' | 'completed' | 'failed';

export interface JobRow {
  /** Their order: lower comes first. */
  position: number;
  queue: string;
  id: string;
  name: string;
  /** JSON. */
  data: string;
  /** JSON. */
  opts: string;
  state: StoredState;
  /** 0: before all that have one; then the lowest first. */
  priority: number;
  /** Epoch ms. */
  added_at: number;
  due_at: number;
  processed_at: number | null;
  finished_at: number | null;
  lock_token: string | null;
  lock_until: number | null;
  attempts_made: number;
  attempts_started: number;
  stalled: number;
  /** JSON. */
  progress: string;
  failed_reason: string | null;
  /** JSON. */
  stacktrace: string | null;
  /** JSON. */
  return_value: string | null;
  processed_by: string | null;
}

/** Makes the tables where they are missing. */
export function createJobTable(sqlite: SQLite.Database): void {
  sqlite.exec(`
    CREATE TABLE IF NOT EXISTS jobs (
      queue TEXT NOT NULL, id TEXT NOT NULL, position INTEGER NOT NULL, name TEXT NOT NULL, data TEXT NOT NULL,
      opts TEXT NOT NULL, state TEXT NOT NULL, priority INTEGER NOT NULL DEFAULT 0, added_at INTEGER NOT NULL,
      due_at INTEGER NOT NULL, processed_at INTEGER, finished_at INTEGER, lock_token TEXT, lock_until INTEGER,
      attempts_made INTEGER NOT NULL DEFAULT 0, attempts_started INTEGER NOT NULL DEFAULT 0,
      stalled INTEGER NOT NULL DEFAULT 0, progress TEXT NOT NULL DEFAULT '0', failed_reason TEXT, stacktrace TEXT,
      return_value TEXT, processed_by TEXT,
      PRIMARY KEY (queue, id)
    ) STRICT;
    CREATE INDEX IF NOT EXISTS jobs_waiting ON jobs (queue, priority, position) WHERE state = 'waiting';
    CREATE INDEX IF NOT EXISTS jobs_delayed ON jobs (queue, due_at) WHERE state = 'delayed';
    CREATE INDEX IF NOT EXISTS jobs_active ON jobs (queue, lock_until) WHERE state = 'active';
    CREATE INDEX IF NOT EXISTS jobs_finished ON jobs (queue, state, finished_at)
      WHERE state IN ('completed', 'failed');
    CREATE TABLE IF NOT EXISTS queue_fields (
      queue TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (queue, field)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS positions (
      queue TEXT NOT NULL PRIMARY KEY, last INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
  `);
}

/** A row as BullMQ's `Job.fromJSON` takes it. */
export function jobJson(row: JobRow): JobJson {
  const opts = JSON.parse(row.opts) as JobJson['opts'];
  return {
    id: row.id,
    name: row.name,
    data: row.data,
    opts,
    progress: JSON.parse(row.progress) as JobJson['progress'],
    attemptsMade: row.attempts_made,
    attemptsStarted: row.attempts_started,
    timestamp: row.added_at,
    delay: opts.delay ?? 0,
    priority: row.priority,
    stalledCounter: row.stalled,
    stacktrace: row.stacktrace ?? '[]',
    returnvalue: row.return_value ?? 'null',
    failedReason: row.failed_reason ?? '',
    ...(row.finished_at === null ? {} : { finishedOn: row.finished_at }),
    ...(row.processed_at === null ? {} : { processedOn: row.processed_at }),
    ...(row.processed_by === null ? {} : { processedBy: row.processed_by }),
  };
}

/** A field that a worker tells of a job that did not end well. */
export const textOf = (
  fields: Record<string, unknown> | undefined,
  name: string,
): string | undefined => {
  const value = fields?.[name];
  return typeof value === 'string' ? value : undefined;
};

export const told = (fields: Record<string, unknown> | undefined) => {
  const reason = textOf(fields, 'failedReason');
  const stacktrace = textOf(fields, 'stacktrace');
  return {
    ...(reason === undefined ? {} : { reason }),
    ...(stacktrace === undefined ? {} : { stacktrace }),
  };
};
