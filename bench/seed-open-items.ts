/**
 * In a process of its own, so that the Slack of the bench stays awake meanwhile: fills a database with open items by
 * copying one that the product itself took in and posted. Every row of it, in every table, is copied under new ids, with
 * its digest and its entry in the audit chain made as the product makes them; only the salt is the same for all.
 */
import SQLite from 'better-sqlite3';
import type { AuditEvent } from '../src/domain/audit-event.ts';
import { systemClock } from '../src/domain/clock.ts';
import { saltedDigest } from '../src/domain/hash.ts';
import { createIds } from '../src/world/ids.ts';
import { entryHash, entryText } from '../src/store/audit-log.ts';

type Row = Record<string, unknown>;

const DAY_MS = 24 * 3_600_000;

const ids = createIds(systemClock);
const given = JSON.parse(process.argv[2] ?? '{}') as {
  /** The database; no product runs on it. */
  file: string;
  /** The item that is copied, as `open-0`, `open-1`, …; their clocks run out days from now. */
  template: string;
  count: number;
};
const began = performance.now();
const sqlite = new SQLite(given.file);
// Nothing is lost with it that another run would not make again.
sqlite.pragma('synchronous = OFF');
try {
  sqlite.transaction(() => copyAll(given.template, given.count))();
  sqlite.pragma('wal_checkpoint(TRUNCATE)');
} finally {
  sqlite.close();
}
process.stdout.write(JSON.stringify({ seconds: (performance.now() - began) / 1000 }));

function copyAll(template: string, count: number): void {
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
  const rungs = rowsOf('rungs', 'item_id', template);
  const effect = one('outbox', 'item_id', template);
  const entry = one('audit_log', 'item_id', template);
  const { facts } = JSON.parse(String(entry['entry_json'])) as { facts: Record<string, string> };
  let { seq, hash } = sqlite
    .prepare<[], { seq: number; hash: string }>('select seq, hash from audit_log order by seq desc')
    .get() ?? { seq: 0, hash: '' };

  for (let at = 0; at < count; at += 1) {
    const id = `open-${at}`;
    const card_id = ids.uuid();
    const later = DAY_MS * (1 + (29 * at) / count);
    const as = (text: unknown): string =>
      String(text).replaceAll(template, id).replaceAll(String(card['id']), card_id);
    const written = as(body['written']);
    const item_digest = saltedDigest(String(body['salt']), JSON.parse(written));
    const due_at = Number(item['due_at']) + Math.round(later);
    insert('items', { ...item, id, item_digest, due_at });
    insert('item_bodies', { ...body, item_id: id, written });
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
    for (const rung of rungs)
      insert('rungs', {
        ...rung,
        item_id: id,
        decide_by: rung['decide_by'] === null ? null : due_at,
      });
    insert('outbox', {
      ...effect,
      id: ids.uuid(),
      item_id: id,
      effect_json: as(effect['effect_json']),
    });
    seq += 1;
    // An entry that the product wrote, of another item.
    const said = {
      event: entry['event'],
      item_id: id,
      facts: { ...facts, item_digest, due_at },
    } as AuditEvent;
    const text = entryText(seq, Number(entry['at']), said);
    const prev_hash = hash;
    hash = entryHash(prev_hash, text);
    insert('audit_log', { ...entry, seq, item_id: id, entry_json: text, prev_hash, hash });
  }
}
