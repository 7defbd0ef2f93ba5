/**
 * Fills a database with open items by copying one that the product itself took in and posted: every row of it, in every
 * table, under new ids, with its digest and its entry in the audit chain made as the product makes them.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import SQLite from 'better-sqlite3';
import { canonicalJson, sha256 } from '../src/digest.ts';
import { entryHash, entryText } from '../src/store/audit.ts';

type Row = Record<string, unknown>;

const DAY_MS = 24 * 3_600_000;

/** Copies the item `template` of the database at `file` `count` times, as `open-0`, `open-1`, …; their clocks run out days from now. */
export function seedOpenItems(file: string, template: string, count: number): void {
  const sqlite = new SQLite(file);
  sqlite.pragma('synchronous = OFF');
  try {
    sqlite.transaction(() => copyAll(sqlite, template, count))();
    sqlite.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    sqlite.close();
  }
}

function copyAll(sqlite: SQLite.Database, template: string, count: number): void {
  const rowsOf = (table: string, column: string, value: unknown): Row[] =>
    sqlite.prepare<unknown[], Row>(`select * from ${table} where ${column} = ?`).all(value);
  const one = (table: string, column: string, value: unknown): Row => {
    const [row] = rowsOf(table, column, value);
    if (!row) throw new Error(`the template left nothing in ${table}`);
    return row;
  };
  const inserts = new Map<string, SQLite.Statement>();
  const insert = (table: string, row: Row) => {
    const columns = Object.keys(row);
    let statement = inserts.get(table);
    statement ??= sqlite.prepare(
      `insert into ${table} (${columns.join(', ')}) values (${columns.map((name) => `@${name}`).join(', ')})`,
    );
    inserts.set(table, statement);
    statement.run(row);
  };

  const item = one('items', 'id', template);
  const body = one('item_bodies', 'item_id', template);
  const card = one('cards', 'item_id', template);
  const view = one('card_views', 'card_id', card['id']);
  const clocks = rowsOf('deadlines', 'item_id', template);
  const effect = one('outbox', 'item_id', template);
  const entry = one('audit_log', 'item_id', template);
  const { facts } = JSON.parse(String(entry['entry_json'])) as { facts: Record<string, string> };
  let { seq, hash } = sqlite
    .prepare<[], { seq: number; hash: string }>('select seq, hash from audit_log order by seq desc')
    .get() ?? { seq: 0, hash: '' };

  for (let at = 0; at < count; at += 1) {
    const id = `open-${at}`;
    const card_id = randomUUID();
    const salt = randomBytes(16).toString('hex');
    const later = DAY_MS * (1 + (29 * at) / count);
    const as = (text: unknown): string =>
      String(text).replaceAll(template, id).replaceAll(String(card['id']), card_id);
    const written = as(body['written']);
    const item_digest = sha256(`${salt}\n${written}`);
    const due_at = Number(item['due_at']) + Math.round(later);
    insert('items', { ...item, id, item_digest, due_at });
    insert('item_bodies', { ...body, item_id: id, salt, written });
    insert('cards', {
      ...card,
      id: card_id,
      item_id: id,
      ts: `1600000000.${String(at).padStart(6, '0')}`,
    });
    insert('card_views', { ...view, card_id, shown_json: as(view['shown_json']) });
    for (const { id: _id, ...clock } of clocks)
      insert('deadlines', {
        ...clock,
        item_id: id,
        due_at: Number(clock['due_at']) + Math.round(later),
      });
    insert('outbox', {
      ...effect,
      id: randomUUID(),
      item_id: id,
      effect_json: as(effect['effect_json']),
    });
    seq += 1;
    const said = {
      event: String(entry['event']),
      item_id: id,
      facts: { ...facts, item_digest, due_at },
    };
    const text = entryText(seq, Number(entry['at']), said);
    const prev_hash = hash;
    hash = entryHash(prev_hash, text);
    insert('audit_log', { ...entry, seq, item_id: id, entry_json: text, prev_hash, hash });
  }
  if (canonicalJson(JSON.parse(String(body['written']))) !== body['written'])
    throw new Error('the template is not kept as canonical JSON');
}
