import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportChunks, type Export } from '../../../src/export/export-chunks.ts';
import { exportInThreads } from '../../../src/export/export-in-threads.ts';
import { acceptItem } from '../../../src/intake/accept-item.ts';
import { parseItem } from '../../../src/domain/parse-item.ts';
import { openDatabase, type Db } from '../../../src/store/database.ts';
import { refund } from '../../scenarios/desk.ts';
import { openAuditedDesk, type AuditedDesk } from '../store/audited-desk.ts';

let desk: AuditedDesk;
let db: Db;
const file = () => join(desk.folder, 'hitl.db');

beforeAll(async () => {
  desk = await openAuditedDesk();
  for (let at = 0; at < 120; at += 1) {
    // Many of one moment, and their decisions too: most are let through at once.
    if (at % 40 < 20) desk.clock.advance(7);
    const item = refund(`many-${at}`, at % 3 === 0 ? {} : { confidence: 0.99, impact: 1 });
    const read = parseItem({ ...item, title: `=${at}, "quoted"\nand more` });
    if (!read.ok) throw new Error('no item');
    await acceptItem(desk.world, {
      item: read.item,
      written: JSON.stringify(item),
      source: 'queue',
    });
  }
  db = openDatabase(file(), { readonly: true });
});
afterAll(async () => {
  await db.destroy();
  await desk.close();
});

async function whole(wanted: Export, part: number, threads: number) {
  let text = '';
  let records = 0;
  await exportInThreads(
    db,
    file(),
    wanted,
    async (chunk) => {
      text += chunk.text;
      records += chunk.records;
    },
    { threads, part },
  );
  return { text, records };
}

describe('an export that threads write', () => {
  it.each([
    { what: 'items', format: 'csv', part: 3 },
    { what: 'decisions', format: 'jsonl', part: 3 },
    { what: 'decisions', format: 'csv', part: 1000 },
    { what: 'audit', format: 'jsonl', part: 3 },
  ] as const)('is to the letter what one writes: $what as $format, by $part', async (one) => {
    const wanted = { ...one, since: 0, until: Number.MAX_SAFE_INTEGER };
    const alone = { text: '', records: 0 };
    for await (const { text, records } of exportChunks(db, wanted)) {
      alone.text += text;
      alone.records += records;
    }
    expect(await whole(wanted, one.part, 2)).toEqual(alone);
    expect(alone.records).toBeGreaterThan(50);
  });

  it('of nothing has its header, once', async () => {
    const wanted = { what: 'items', format: 'csv', since: 1, until: 2 } as const;
    const { text, records } = await whole(wanted, 3, 2);
    expect(records).toBe(0);
    expect(text).toMatch(/^item_id,kind,[^\n]*\n$/);
  });

  it('ends where what it is written to takes no more', async () => {
    const wanted = { what: 'items', format: 'jsonl', since: 0, until: 9e15 } as const;
    const full = new Error('no space left');
    await expect(
      exportInThreads(db, file(), wanted, () => Promise.reject(full), { threads: 2, part: 3 }),
    ).rejects.toBe(full);
  });
});
