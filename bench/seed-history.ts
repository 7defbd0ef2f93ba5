/**
 * In a process of its own: makes a database with a long history. A few items go their way through the use cases; the rest
 * are copies of their rows, in time, under new ids, with their digests and entries in the audit chain made as the product
 * makes them. `hitl audit verify` finds it good.
 */
import { copyFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import SQLite from 'better-sqlite3';
import type { AuditEvent } from '../src/domain/audit-event.ts';
import { saltedDigest } from '../src/domain/hash.ts';
import { entryHash, entryText } from '../src/store/audit-log.ts';
import { openAuditedDesk } from '../test/src/store/audited-desk.ts';
import { sureItem, unsureItem } from './items.ts';

type Row = Record<string, unknown>;

const given = JSON.parse(process.argv[2] ?? '{}') as {
  /** Where the database goes. */
  file: string;
  /** How many items, all but `open` of them decided. */
  count: number;
  open: number;
  /** When the last of them came in, epoch ms. */
  now: number;
};
const DAYS = 90;
const DAY_MS = 86_400_000;
const PEOPLE = ['U0ALICE', 'U0BOB', 'U0CAROL', 'U0DAVE', 'U0ERIN'];
const began = performance.now();

const desk = await openAuditedDesk();
// What is asked and decided, in which share; the rest is let through.
const TEMPLATES: [id: string, share: number][] = [
  ['approved', 0.3],
  ['edited', 0.1],
  ['rejected', 0.1],
  ['let-through', 0.5],
];
for (const [id] of TEMPLATES)
  await desk.submit(id === 'let-through' ? sureItem(id) : unsureItem(id));
await desk.submit(unsureItem('open'));
for (const id of ['approved', 'edited', 'rejected']) {
  await desk.shown(id);
  desk.clock.advance(120_000);
}
await desk.decides('U0ALICE', 'approved', { word: 'approve' });
await desk.decides('U0ALICE', 'edited', {
  word: 'edit',
  edited: { amount: 200, currency: 'EUR', customer: '88' },
});
await desk.decides('U0ALICE', 'rejected', {
  word: 'reject',
  rationale: 'The invoice was paid twice.',
  error_tags: ['factual'],
});
await desk.shown('open');

const sqlite = new SQLite(desk.file);
sqlite.pragma('synchronous = OFF');
sqlite.pragma('cache_size = -200000');
sqlite.transaction(fill)();
sqlite.pragma('wal_checkpoint(TRUNCATE)');
sqlite.close();
copyFileSync(desk.file, given.file);
await desk.close();
process.stdout.write(JSON.stringify({ seconds: (performance.now() - began) / 1000 }));

interface Template {
  item: Row;
  body: Row;
  decision: Row | undefined;
  texts: Row | undefined;
  card: Row | undefined;
  entries: { row: Row; facts: Row }[];
}

function fill(): void {
  const rows = (table: string, column: string, value: unknown): Row[] =>
    sqlite.prepare<unknown[], Row>(`select * from ${table} where ${column} = ?`).all(value);
  const templateOf = (id: string): Template => {
    const [decision] = rows('decisions', 'item_id', id);
    const [item, body] = [rows('items', 'id', id)[0], rows('item_bodies', 'item_id', id)[0]];
    if (!item || !body) throw new Error(`${id} left no rows`);
    return {
      item,
      body,
      decision,
      texts: decision && rows('decision_texts', 'decision_id', decision['id'])[0],
      card: rows('cards', 'item_id', id)[0],
      entries: rows('audit_log', 'item_id', id).map((row) => ({
        row,
        facts: (JSON.parse(String(row['entry_json'])) as { facts: Row }).facts,
      })),
    };
  };
  const decided = TEMPLATES.map(([id, share]) => ({ share, template: templateOf(id) }));
  const open = templateOf('open');
  const inserts = new Map<string, SQLite.Statement>();
  const insert = (table: string, row: Row) => {
    let statement = inserts.get(table);
    if (!statement) {
      const columns = Object.keys(row);
      statement = sqlite.prepare(
        `insert into ${table} (${columns.join(', ')}) values (${columns.map((name) => `@${name}`).join(', ')})`,
      );
      inserts.set(table, statement);
    }
    statement.run(row);
  };
  let { seq, hash } = sqlite
    .prepare<[], { seq: number; hash: string }>('select seq, hash from audit_log order by seq desc')
    .get() ?? { seq: 0, hash: '' };

  for (let at = 0; at < given.count; at += 1) {
    const isOpen = at >= given.count - given.open;
    let left = ((at * 0.618) % 1) - 1e-9;
    const chosen = isOpen
      ? open
      : (decided.find(({ share }) => (left -= share) < 0) ?? decided[0])?.template;
    if (!chosen) throw new Error('there is no template');
    const id = `item-${at}`;
    const came = given.now - Math.round((DAYS * DAY_MS * (given.count - at)) / given.count);
    const shift = came - Number(chosen.item['requested_at']);
    const person = PEOPLE[(at * 7) % PEOPLE.length] ?? 'U0ALICE';
    const written = String(chosen.body['written']).replaceAll(
      JSON.stringify(chosen.item['id']),
      JSON.stringify(id),
    );
    const decision_id = randomUUID();
    const changed = {
      item_digest: saltedDigest(String(chosen.body['salt']), JSON.parse(written)),
      slack_user: person,
      decision_id,
    };
    insert('items', { ...moved(chosen.item, shift, changed), id });
    insert('item_bodies', { ...chosen.body, item_id: id, written });
    if (chosen.decision)
      insert('decisions', {
        ...moved(chosen.decision, shift, changed),
        id: decision_id,
        item_id: id,
      });
    if (chosen.texts) insert('decision_texts', { ...chosen.texts, decision_id });
    if (chosen.card)
      insert('cards', {
        ...moved(chosen.card, shift, {}),
        id: randomUUID(),
        item_id: id,
        ts: `${Math.floor(came / 1000)}.${String(at % 1_000_000).padStart(6, '0')}`,
      });
    for (const { row, facts } of chosen.entries) {
      seq += 1;
      const entry_at = Number(row['at']) + shift;
      const said = moved(facts, shift, changed);
      // An entry that the product wrote, at another time and of another item.
      const entry = { event: row['event'], item_id: id, facts: said } as AuditEvent;
      const text = entryText(seq, entry_at, entry);
      const prev_hash = hash;
      hash = entryHash(prev_hash, text);
      insert('audit_log', {
        ...row,
        seq,
        at: entry_at,
        item_id: id,
        entry_json: text,
        prev_hash,
        hash,
      });
    }
  }
}

/** A row at another time; what else changes only where it has a value. */
function moved(row: Row, shift: number, changed: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => {
      if (value === null || value === undefined) return [name, value];
      if (typeof value === 'number' && (name === 'at' || name.endsWith('_at')))
        return [name, value + shift];
      return [name, changed[name] ?? value];
    }),
  );
}
