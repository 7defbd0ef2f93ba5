/** An entry of the audit log as it was read, whoever wrote it. Pure. */
import type { AuditLogTable } from '../store/record-tables.ts';
import type { ItemEventName, OtherEventName, ReadEvent } from '../domain/audit-event.ts';
import { readKept } from '../domain/exact-json.ts';

/** An entry about an item, and one about none; `facts` are empty where its text is no entry. */
export type ItemEntry = ReadEvent<ItemEventName>;
export type OtherEntry = ReadEvent<OtherEventName>;

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

type Row = Pick<AuditLogTable, 'seq' | 'at' | 'event' | 'entry_json'>;

function entry({ seq, at, event, entry_json }: Row) {
  const text = parsed(entry_json);
  const facts: unknown =
    typeof text === 'object' && text !== null ? Reflect.get(text, 'facts') : null;
  return { seq, at, event, facts: typeof facts === 'object' && facts !== null ? { ...facts } : {} };
}

/** An entry as it stands in the log, of a row that is about an item. */
export const itemEntry = (row: Row): ItemEntry => entry(row) as ItemEntry;

/** The same, of a row that is about none. */
export const otherEntry = (row: Row): OtherEntry => entry(row) as OtherEntry;
