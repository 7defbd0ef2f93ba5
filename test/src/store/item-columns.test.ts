import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writtenFiles } from '../../../scripts/write-item-columns.ts';
import { compare } from '../../../src/audit/compare-with-log.ts';
import { exportedColumns, exportedNames, ITEM_COLUMNS } from '../../../src/domain/item-columns.ts';
import { itemFacts } from '../../../src/store/item-facts.ts';
import { loadItem } from '../../../src/store/items.ts';
import { refund } from '../../scenarios/desk.ts';
import { openAuditedDesk, type AuditedDesk } from './audited-desk.ts';

/** A file's text without what the formatter decides. */
const plain = (text: string): string =>
  text
    .replace(/[\s()]+/g, '')
    .replace(/,(?=[}\]>])/g, '')
    .replaceAll(',;', ';');

describe('the columns of items', () => {
  let desk: AuditedDesk;
  const folder = mkdtempSync(join(tmpdir(), 'hitl-columns-'));
  beforeAll(async () => {
    desk = await openAuditedDesk();
    await desk.submit(refund('one', { tags: ['refund'] }));
  });
  afterAll(async () => {
    await desk.close();
    rmSync(folder, { recursive: true });
  });

  it('are those of the database, and may be null where it says so', async () => {
    const { rows } = await sql<{ name: string; notnull: number }>`
      select name, "notnull" from pragma_table_info('items')`.execute(desk.world.db);
    const table = Object.entries(ITEM_COLUMNS);
    expect(table.map(([name]) => name).toSorted()).toEqual(rows.map((one) => one.name).toSorted());
    const never = new Set(rows.filter((one) => one.notnull === 1).map((one) => one.name));
    const mayBeNull = table.filter(([, spec]) => 'nullable' in spec);
    expect(mayBeNull.filter(([name]) => never.has(name))).toEqual([]);
  });

  it('are written out as the table says: else run `npx tsx scripts/write-item-columns.ts`', () => {
    for (const [path, text] of Object.entries(writtenFiles(ITEM_COLUMNS)))
      expect(plain(readFileSync(path, 'utf8')), path).toBe(plain(text));
  });

  it('one more is one line of the table and a migration: it is kept, told, verified and exported', async () => {
    const columns = {
      ...ITEM_COLUMNS,
      crew: {
        from: 'record',
        form: 'plain',
        nullable: true,
        log: { name: 'crew', fact: 'crew', as: 'value' },
        exported: { as: 'owned_by' },
      },
    } as const;
    await sql`alter table items add column crew text`.execute(desk.world.db);
    const written = await imported(writtenFiles(columns));

    const record = await loadItem(desk.world.db, 'one');
    const owned = { ...record, id: 'two', crew: 'support-bot' };
    const body = itemFacts(record?.item ?? null, null);
    const row = written.itemRow(owned, body, { sample: null });
    await desk.world.db.insertInto('items').values(row).execute();
    const read = await desk.world.db
      .selectFrom('items')
      .selectAll()
      .where('id', '=', 'two')
      .executeTakeFirstOrThrow();
    expect(read).toMatchObject({ crew: 'support-bot', impact: record?.impact });
    const { item: _item, why: _why, ...fields } = owned;
    expect(written.recordOf({ ...read, written: null, why_json: null })).toMatchObject(fields);

    const differences = (of: object) => {
      const found: string[] = [];
      const facts = written.acceptedFacts(owned, body, { sample: null });
      compare('items', written.itemInLogForm(of), written.acceptedColumns(facts), (what) =>
        found.push(what),
      );
      return found;
    };
    expect(differences(read)).toEqual([]);
    expect(differences({ ...read, crew: 'somebody' })).toEqual([
      'items.crew is "somebody", the log says "support-bot"',
    ]);

    expect(exportedColumns(columns)).toContain('crew');
    expect(exportedNames(columns, false)).toContain('owned_by');
    const exported = written.exportedItemColumns(read, () => false, { title: 'Refund' });
    expect(exported).toMatchObject({ owned_by: 'support-bot', title: 'Refund' });
  });

  /** Everything that these files export, as they would be compiled. */
  async function imported(files: Record<string, string>): Promise<Record<string, any>> {
    const modules = Object.entries(files).map(async ([path, text]) => {
      const file = join(folder, basename(path));
      const own = join(process.cwd(), path, '..');
      writeFileSync(
        file,
        text.replaceAll(/'(\.\.?\/[^']+)'/g, (_all, to: string) => `'${join(own, to)}'`),
      );
      return (await import(/* @vite-ignore */ file)) as object;
    });
    return Object.assign({}, ...(await Promise.all(modules))) as Record<string, any>;
  }
});
