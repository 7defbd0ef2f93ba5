/**
 * The file of the embedded queue: one SQLite database, shared by every queue and worker of this process and by producers
 * in other processes on this machine. Writes that arrive together share one transaction and one flush to disk.
 */
import { EventEmitter } from 'node:events';
import SQLite from 'better-sqlite3';
import { ConnectionClosedError } from 'bullmq';
import { systemClock, type Clock } from '../../domain/clock.ts';
import { diskTrouble } from '../../domain/disk-trouble.ts';
import { makePrivateFile } from '../../store/private-file.ts';
import { createJobTable } from './job-table.ts';

/** How long a write waits for another process to let go of the file. */
const BUSY_TIMEOUT_MS = 5000;
/** How often a waiting worker looks whether another process has written. Reading one counter of the file: some µs. */
const LOOK_EVERY_MS = 100;

export interface QueueFile {
  clock: Clock;
  sqlite: SQLite.Database;
  /** Runs `work` in a transaction that other writes of this moment share; resolves once it is on disk. */
  write<T>(work: () => T): Promise<T>;
  /** The same for a worker: a disk that takes none is to BullMQ a connection that is away. It tries again, and no job is lost. */
  move<T>(work: () => T): Promise<T>;
  /** A job may be there for workers of that queue. */
  signal(queue: string): void;
  /** How many signals that queue has had. */
  signals(queue: string): number;
  /** Resolves at a signal, at a write by another process, after `ms`, or when `stop` aborts. */
  waitForSignal(queue: string, since: number, ms: number, stop: AbortSignal): Promise<void>;
  /** Writes one page of it, as any job would; rejects where the disk takes none. */
  probe(): Promise<void>;
  /** Writes the file anew, so that nothing of what was removed is in it. */
  rewrite(): void;
  close(): Promise<void>;
}

/** What an operation refuses: told to its caller, while the writes beside it go on. */
export class QueueRefusal extends Error {
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

interface Pending {
  work: () => unknown;
  resolve: (value: never) => void;
  reject: (error: unknown) => void;
}

function opened(path: string): SQLite.Database {
  try {
    makePrivateFile(path);
    const sqlite = new SQLite(path, { timeout: BUSY_TIMEOUT_MS });
    sqlite.pragma('journal_mode = WAL');
    sqlite.pragma('synchronous = FULL');
    // A payload that was removed or erased leaves no trace in the file.
    sqlite.pragma('secure_delete = ON');
    createJobTable(sqlite);
    return sqlite;
  } catch (cause) {
    throw new Error(`cannot open the queue’s file ${path}`, { cause });
  }
}

/** Opens or makes the file at `path`. Throws where it cannot be opened. `onFault`: told of each write that fails. */
export function openQueueFile(
  path: string,
  clock: Clock = systemClock,
  onFault: (error: unknown) => void = () => {},
): QueueFile {
  const sqlite = opened(path);
  const counts = new Map<string, number>();
  const signalled = new EventEmitter().setMaxListeners(0);
  let pending: Pending[] = [];
  let flushed: Promise<void> | null = null;

  const flush = (): void => {
    const group = pending;
    pending = [];
    flushed = null;
    const settled: (() => void)[] = [];
    try {
      sqlite
        .transaction(() => {
          for (const { work, resolve, reject } of group)
            try {
              const value = work() as never;
              settled.push(() => resolve(value));
            } catch (error) {
              if (!(error instanceof QueueRefusal)) throw error;
              settled.push(() => reject(error));
            }
        })
        .immediate();
    } catch (error) {
      onFault(error);
      for (const one of group) one.reject(error);
      return;
    }
    for (const settle of settled) settle();
  };

  const write = <T>(work: () => T) =>
    new Promise<T>((resolve, reject) => {
      pending.push({ work, resolve, reject });
      flushed ??= new Promise((done) => {
        setImmediate(() => {
          flush();
          done();
        });
      });
    });

  return {
    clock,
    sqlite,
    write,
    async move(work) {
      try {
        return await write(work);
      } catch (cause) {
        if (diskTrouble(cause) === null) throw cause;
        throw Object.assign(new ConnectionClosedError(), { cause });
      }
    },
    // A number in the header that nothing reads.
    probe: () => write(() => void sqlite.pragma('user_version = 1')),
    signal(queue) {
      counts.set(queue, (counts.get(queue) ?? 0) + 1);
      signalled.emit(queue);
    },
    signals: (queue) => counts.get(queue) ?? 0,
    async waitForSignal(queue, since, ms, stop) {
      if (stop.aborted || (counts.get(queue) ?? 0) !== since) return;
      const version = () => sqlite.pragma('data_version', { simple: true });
      const before = version();
      await new Promise<void>((resolve) => {
        const done = () => {
          clearTimeout(timer);
          clearInterval(look);
          signalled.off(queue, done);
          stop.removeEventListener('abort', done);
          resolve();
        };
        const timer = setTimeout(done, ms);
        const look = setInterval(() => {
          if (version() !== before) done();
        }, LOOK_EVERY_MS);
        signalled.once(queue, done);
        stop.addEventListener('abort', done);
      });
    },
    rewrite() {
      sqlite.exec('VACUUM');
      sqlite.pragma('wal_checkpoint(TRUNCATE)');
    },
    async close() {
      await flushed;
      if (sqlite.open) sqlite.close();
    },
  };
}
