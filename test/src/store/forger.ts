/** Somebody with the database file in their hands: changes a copy of it, and what verifying finds then. */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { openDatabase } from '../../../src/store/database.ts';
import { verifyAudit } from '../../../src/audit/verify-audit.ts';
import type { Verified } from '../../../src/audit/verify-parts.ts';
import { liveThrough, openAuditedDesk, type AuditedDesk } from './audited-desk.ts';

export interface Row {
  [column: string]: string | number | null;
}

export interface Forger {
  desk: AuditedDesk;
  /** What was found before anything was changed. */
  clean: Verified;
  /** What is found after the change, in a copy of its own. */
  after(change: (sqlite: SQLite.Database) => void, anchored?: string | null): Promise<Verified>;
  /** As they are in the original; `row_id` beside the columns. */
  rowsOf(table: string): Row[];
  columnsOf(table: string): { name: string; type: string }[];
  close(): Promise<void>;
}

export async function verify(file: string, anchored: string | null = null): Promise<Verified> {
  const db = openDatabase(file, { readonly: true });
  try {
    return await verifyAudit(db, anchored);
  } finally {
    await db.destroy();
  }
}

/** The file as it is on disk once the log is folded into it, without what would stop a forger. */
function untouched(desk: AuditedDesk): Buffer {
  const copy = join(desk.folder, 'base.db');
  const live = new SQLite(desk.file);
  live.pragma('wal_checkpoint(TRUNCATE)');
  live.close();
  copyFileSync(desk.file, copy);
  const sqlite = new SQLite(copy);
  sqlite.pragma('journal_mode = DELETE');
  sqlite.exec('drop index decisions_item');
  sqlite.close();
  return readFileSync(copy);
}

/** @param further what happens on the desk beside every way an item can go */
export async function hireForger(
  further: (desk: AuditedDesk) => Promise<void> = async () => {},
): Promise<Forger> {
  const desk = await openAuditedDesk();
  await liveThrough(desk);
  await further(desk);
  const clean = await verify(desk.file);
  const base = untouched(desk);
  const reading = <T>(read: (sqlite: SQLite.Database) => T): T => {
    const sqlite = new SQLite(desk.file, { readonly: true });
    try {
      return read(sqlite);
    } finally {
      sqlite.close();
    }
  };
  return {
    desk,
    clean,
    async after(change, anchored = null) {
      const copy = join(desk.folder, 'copy.db');
      writeFileSync(copy, base);
      const sqlite = new SQLite(copy);
      sqlite.pragma('synchronous = OFF');
      sqlite.pragma('foreign_keys = OFF');
      sqlite.pragma('ignore_check_constraints = ON');
      change(sqlite);
      sqlite.close();
      return verify(copy, anchored);
    },
    rowsOf: (table) =>
      reading((sqlite) => sqlite.prepare<[], Row>(`select rowid as row_id, * from ${table}`).all()),
    columnsOf: (table) =>
      reading((sqlite) =>
        sqlite
          .prepare<[string], { name: string; type: string }>(
            `select name, type from pragma_table_info(?)`,
          )
          .all(table),
      ),
    close: () => desk.close(),
  };
}
