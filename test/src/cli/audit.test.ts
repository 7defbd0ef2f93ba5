import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
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

describe('hitl audit verify --since', () => {
  it('reads what was recorded from then on, and whatever that is about', async () => {
    const whole = (await verify('--json')).json as { entries: number; head: object };
    const { code, json } = await verify('--since', '2026-11-23T09:01:01Z', '--json');
    expect(code).toBe(0);
    expect(json).toMatchObject({ good: true, head: whole.head });
    expect((json as { entries: number }).entries).toBeLessThan(whole.entries);
    const later = await verify('--since', '2027-01-01');
    expect(later).toMatchObject({ code: 0, out: expect.stringContaining(': 0 entries, 0 items') });
  });

  it('holds an older head too: the chain is read from there on, and a head that never was is not found', async () => {
    const rows = new SQLite(desk.file, { readonly: true });
    const { hash } = rows
      .prepare<[], { hash: string }>('select hash from audit_log where seq = 3')
      .get() ?? { hash: '' };
    rows.close();
    for (const since of ['2026-11-23T09:01:01Z', '2027-01-01']) {
      const { code, json } = await verify('--since', since, '--expect', hash, '--json');
      expect(code).toBe(0);
      expect(json).toMatchObject({ good: true, expected: true });
      const never = await verify('--since', since, '--expect', 'a'.repeat(64));
      expect(never).toMatchObject({ code: 1, out: expect.stringContaining('is not in the chain') });
    }
  });

  it('finds a change in what it reads, and not in what it leaves out', async () => {
    const sqlite = new SQLite(desk.file);
    const set = (id: string, level: number) =>
      sqlite.prepare('update items set level = ? where id = ?').run(level, id);
    set('let-through', 3);
    expect(await verify('--since', '2026-11-23T09:01:01Z')).toMatchObject({ code: 0 });
    expect(await verify()).toMatchObject({ code: 1 });
    set('let-through', 0);
    set('edited', 3);
    expect((await verify('--since', '2026-11-23T09:01:01Z')).out).toContain(
      'item edited: items.level',
    );
    set('edited', 1);
    sqlite.close();
    expect(await verify()).toMatchObject({ code: 0 });
  });
});

describe('a file and a hash, without the database', () => {
  const audit = (...args: string[]) => hitl(['audit', ...args], { env });
  const exportTo = async (name: string, ...args: string[]) => {
    const file = join(desk.folder, name);
    await hitl(['export', 'audit', '--format', 'jsonl', '--out', file, ...args], { env });
    return file;
  };

  it('`head` prints what `verify` ends with', async () => {
    const head = (await audit('head')).out;
    expect((await verify()).out.split('\n')).toContain(head);
    const json = (await audit('head', '--json')).json as { hash: string };
    expect(head).toContain(json.hash);
  });

  it('an exported log is good, whole or from a day on, and holds the anchored head', async () => {
    const { hash } = (await audit('head', '--json')).json as { hash: string };
    const file = await exportTo('audit.jsonl');
    const found = await audit('verify', '--file', file, '--expect', hash);
    expect(found).toMatchObject({ code: 0, out: expect.stringContaining(hash) });
    const later = await exportTo('later.jsonl', '--since', '2026-11-23T09:01:01Z');
    const part = await audit('verify', later, '--expect', hash);
    expect(part).toMatchObject({ code: 0, out: expect.stringMatching(/from entry \d+ on/) });
  });

  it('needs neither a database nor a file: what is read is checked as it comes', async () => {
    const { hash } = (await audit('head', '--json')).json as { hash: string };
    const { out: log } = await hitl(['export', 'audit', '--format', 'jsonl'], { env });
    const nowhere = { env: { HITL_DATA_DIR: '/nowhere' }, files: { '-': log } };
    const found = await hitl(['audit', 'verify', '-', '--expect', hash], nowhere);
    expect(found).toMatchObject({ code: 0, out: expect.stringMatching(/^good: .*entries/) });
    const other = `sha256:${'0'.repeat(64)}`;
    expect(await hitl(['audit', 'verify', '-', '--expect', other], nowhere)).toMatchObject({
      code: 1,
      out: expect.stringContaining('is not in the chain'),
    });
    const unanchored = await hitl(['audit', 'verify', '-'], nowhere);
    expect(unanchored).toMatchObject({ code: 0, out: expect.stringContaining('kept elsewhere') });
  });

  it('can be checked without anything of ours, as the documents describe it', async () => {
    const { hash } = (await audit('head', '--json')).json as { hash: string };
    const file = await exportTo('by-hand.jsonl');
    let before = createHash('sha256').update('').digest('hex');
    for (const line of readFileSync(file, 'utf8').trimEnd().split('\n')) {
      const entry = JSON.parse(line) as { prev_hash: string; entry: string; hash: string };
      expect(entry.prev_hash).toBe(`sha256:${before}`);
      before = createHash('sha256').update(`${entry.prev_hash}\n${entry.entry}`).digest('hex');
      expect(entry.hash).toBe(`sha256:${before}`);
    }
    expect(hash).toBe(`sha256:${before}`);
  });

  it.each([
    ['an entry changed', (text: string) => text.replace('U0ALICE', 'U0OSCAR'), /hash is not that/],
    [
      'a line taken out',
      (text: string) => text.split('\n').toSpliced(3, 1).join('\n'),
      /entries 4 to 4 are missing/,
    ],
    [
      'a time changed',
      (text: string) =>
        text.replace('"at":"2026-11-23T09:00:00.000Z"', '"at":"2026-11-22T09:00:00.000Z"'),
      /audit_log\.at is/,
    ],
    [
      'the end cut off',
      (text: string) => text.trimEnd().split('\n').slice(0, -1).join('\n'),
      /is not in the chain/,
    ],
  ])('%s is found', async (what, change, says) => {
    const { hash } = (await audit('head', '--json')).json as { hash: string };
    const file = await exportTo(`${what}.jsonl`);
    const changed = change(readFileSync(file, 'utf8'));
    expect(changed).not.toBe(readFileSync(file, 'utf8'));
    writeFileSync(file, changed);
    const found = await audit('verify', '--file', file, '--expect', hash);
    expect(found.code).toBe(1);
    expect(found.out).toMatch(says);
  });

  it.each([
    ['{"seq": 1}', /line 1 is no entry/],
    ['{"seq": 1', /line 1 is not JSON/],
    ['', /there is no entry in it/],
  ])('%j is no log', async (text, says) => {
    const file = join(desk.folder, 'no.jsonl');
    writeFileSync(file, text);
    const found = await audit('verify', '--file', file);
    expect(found.code).not.toBe(0);
    expect(found.err).toMatch(says);
  });
});

describe('hitl audit item', () => {
  const item = (id: string, ...args: string[]) => hitl(['audit', 'item', id, ...args], { env });

  it('tells its whole life in words: what came, who did what, what was said, what turned out', async () => {
    const { code, out } = await item('edited');
    expect(code).toBe(0);
    for (const words of [
      'edited: Refund 240 EUR to customer 88?',
      'approval in billing, rule unsure, policy sha256:',
      'Came in over HTTP; the rule “unsure” asked a person',
      'Edited and approved by U0ALICE',
      'edited by U0ALICE (u0alice)',
      'action: {"args":{"amount":200},"name":"refund"}',
      'turned out wrong: {"amount":220} (crm,',
      'good: all of this is as the log has it',
    ])
      expect(out).toContain(words);
    expect(out).toMatch(/^2026-11-23T09:01:01\.000Z {2}entry \d+ {2}Edited and approved/m);
    expect((await item('edited', '--json')).json).toMatchObject({ differences: [] });
  });

  it('says what was changed behind the log', async () => {
    const sqlite = new SQLite(desk.file);
    sqlite.exec(`update decisions set slack_user = 'U0OSCAR' where item_id = 'edited'`);
    const { code, out } = await item('edited');
    sqlite.exec(`update decisions set slack_user = 'U0ALICE' where item_id = 'edited'`);
    sqlite.close();
    expect(code).toBe(1);
    expect(out).toContain('DIFFERS  decisions.slack_user is "U0OSCAR", the log says "U0ALICE"');
  });

  it('of one that is not there is 1', async () => {
    expect(await item('nobody')).toMatchObject({ code: 1, err: expect.stringContaining('nobody') });
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
