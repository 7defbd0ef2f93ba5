/** An entry of the audit log as it was read, whoever wrote it. Pure. */
import type { AuditLogTable } from '../store/record-tables.ts';
import { readKept } from '../domain/exact-json.ts';

/** An entry as it was read; `facts` are empty where its text is no entry. */
export interface LogEntry {
  seq: number;
  at: number;
  event: string;
  facts: { [key: string]: unknown };
}

/** Columns (some in another form, see `itemInLogForm`) and what they must hold; absent and null are alike. */
export type Columns = { [column: string]: unknown };

/** JSON as a value; a text that is none as itself. */
export function parsed(text: string): unknown {
  try {
    return readKept(text);
  } catch {
    return text;
  }
}

/** An entry as it stands in the log. */
export function logEntry(
  row: Pick<AuditLogTable, 'seq' | 'at' | 'event' | 'entry_json'>,
): LogEntry {
  const text = parsed(row.entry_json);
  const facts: unknown =
    typeof text === 'object' && text !== null ? Reflect.get(text, 'facts') : null;
  return {
    seq: row.seq,
    at: row.at,
    event: row.event,
    facts: typeof facts === 'object' && facts !== null ? { ...facts } : {},
  };
}
