import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { liveThrough, openAuditedDesk, type AuditedDesk } from '../store/audited-desk.ts';
import { hitl } from './terminal.ts';

let desk: AuditedDesk;
let env: Record<string, string>;
beforeAll(async () => {
  desk = await openAuditedDesk();
  env = { HITL_DATA_DIR: desk.folder };
  await liveThrough(desk);
});
afterAll(() => desk.close());

const verify = (...args: string[]) => hitl(['audit', 'verify', ...args], { env });

describe('hitl audit verify', () => {
  it('beside a pager that has the database open: good, and the head to keep', async () => {
    const { code, out } = await verify();
    expect(code).toBe(0);
    expect(out).toMatch(/^good: .*hitl\.db: \d+ entries, \d+ items, \d+ decisions$/m);
    const [, seq, head] = /^head (\d+) (sha256:[0-9a-f]{64})$/m.exec(out) ?? [];
    expect(Number(seq)).toBeGreaterThan(20);

    // More happens; the head of before is still in the chain, with or without its prefix.
    await desk.submit({ id: 'later', kind: 'question', domain: 'support', title: 'And now?' });
    expect(await verify('--expect', head ?? '')).toMatchObject({ code: 0 });
    expect(await verify('--expect', (head ?? '').slice('sha256:'.length))).toMatchObject({
      code: 0,
    });
    const other = `sha256:${'0'.repeat(64)}`;
    const cut = await verify('--expect', other);
    expect(cut.code).toBe(1);
    expect(cut.out).toContain(`${other} is not in the chain`);
    expect(cut.out).not.toMatch(/^head /m);
  });

  it('a change is told with its item, and exits 1', async () => {
    const sqlite = new SQLite(desk.file);
    sqlite.exec(`update decisions set outcome = 'rejected' where item_id = 'approved'`);
    const { code, out } = await verify();
    const asJson = await verify('--json');
    sqlite.exec(`update decisions set outcome = 'approved' where item_id = 'approved'`);
    sqlite.close();
    expect(code).toBe(1);
    expect(out).toContain(
      'DIFFERS  item approved: decisions.outcome is "rejected", the log says "approved"',
    );
    expect(out).toMatch(/^NOT GOOD: /m);
    expect(asJson.json).toMatchObject({
      good: false,
      found: 1,
      differences: [{ seq: null, item_id: 'approved' }],
      head: { seq: expect.any(Number), hash: expect.stringMatching(/^sha256:/) },
    });
    expect(await verify()).toMatchObject({ code: 0 });
  });

  it('a database that is not there is said so, and nothing is made', async () => {
    const file = join(desk.folder, 'other.db');
    const { code, out, err } = await verify('--db', file);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^hitl: .*other\.db cannot be opened \(.+\): --db FILE or HITL_DATA_DIR/);
    expect(err.split('\n')).toHaveLength(1);
  });

  it('nor is a file that is no database, or not ours, taken for a good one', async () => {
    const text = join(desk.folder, 'text.db');
    writeFileSync(
      text,
      'this is no database, but it is long enough to be looked at as one'.repeat(20),
    );
    const notOne = await verify('--db', text);
    expect(notOne.code).toBe(2);
    expect(notOne.err).toContain('not a database');
    const empty = join(desk.folder, 'empty.db');
    new SQLite(empty).exec('create table t (a)').close();
    const notOurs = await verify('--db', empty);
    expect(notOurs.code).toBe(1);
    expect(notOurs.err).toMatch(/cannot be verified: no such table: audit_log/);
  });
});

describe('hitl migrate', () => {
  it('makes the folder and the tables, and the second time says that there is nothing to do', async () => {
    const data = join(desk.folder, 'new', 'data');
    const first = await hitl(['migrate'], { env: { HITL_DATA_DIR: data } });
    expect(first).toMatchObject({ code: 0, out: expect.stringMatching(/0001-start\b.* done/) });
    const second = await hitl(['migrate', '--json'], { env: { HITL_DATA_DIR: data } });
    expect(second.json).toEqual({ database: join(data, 'hitl.db'), migrated: [] });
    expect(await hitl(['audit', 'verify'], { env: { HITL_DATA_DIR: data } })).toMatchObject({
      code: 0,
      out: expect.stringContaining('0 entries, 0 items, 0 decisions'),
    });
  });

  it('where that cannot be, one line says why', async () => {
    const file = join(desk.folder, 'a-file');
    writeFileSync(file, '');
    mkdirSync(join(desk.folder, 'locked', 'hitl.db'), { recursive: true });
    for (const folder of [file, join(desk.folder, 'locked')]) {
      const { code, err } = await hitl(['migrate'], { env: { HITL_DATA_DIR: folder } });
      expect(code).toBe(1);
      expect(err).toMatch(/^hitl: .* was not brought up to date: .+HITL_DATA_DIR names the folder/);
    }
  });
});
