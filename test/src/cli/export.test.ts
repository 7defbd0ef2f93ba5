import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordFeedback } from '../../../src/items/record-feedback.ts';
import { liveThrough, openAuditedDesk, type AuditedDesk } from '../store/audited-desk.ts';
import { hitl } from './terminal.ts';
import { runs } from '../../runs.ts';

let desk: AuditedDesk;
let folder: string;
beforeAll(async () => {
  desk = await openAuditedDesk();
  folder = mkdtempSync(join(tmpdir(), 'hitl-export-'));
  await liveThrough(desk);
});
afterAll(async () => {
  await desk.close();
  rmSync(folder, { recursive: true, force: true });
});

const exported = (...args: string[]) =>
  hitl(['export', ...args], { env: { HITL_DATA_DIR: desk.folder } });
const records = async (...args: string[]): Promise<Record<string, unknown>[]> => {
  const { out } = await exported(...args, '--format', 'jsonl');
  return out === ''
    ? []
    : out.split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
};
const rows = (table: 'items' | 'decisions' | 'audit_log') =>
  desk.world.db.selectFrom(table).selectAll().execute();

/** A CSV as RFC 4180 reads it. */
function parseCsv(text: string): string[][] {
  const all: string[][] = [[]];
  let field = '';
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (quoted) {
      if (char !== '"') field += char;
      else if (text[at + 1] === '"') {
        field += '"';
        at += 1;
      } else quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === ',' || char === '\n') {
      all.at(-1)?.push(field);
      field = '';
      if (char === '\n') all.push([]);
    } else field += char;
  }
  all.at(-1)?.push(field);
  return all;
}

describe('hitl export', () => {
  it('items: every one once, in the order they came, as the rows have them', async () => {
    const found = await records('items');
    const held = await rows('items');
    expect(found.map((one) => String(one['item_id'])).toSorted()).toEqual(
      held.map((row) => row.id).toSorted(),
    );
    const times = found.map((one) => String(one['requested_at']));
    expect(times).toEqual(times.toSorted());
    expect(found.find((one) => one['item_id'] === 'edited')).toMatchObject({
      status: 'decided',
      outcome: 'edited',
      requester: 'U0ERIN',
      decided_at: '2026-11-23T09:01:01.000Z',
      action: { name: 'refund', args: { amount: 240 } },
      erased: false,
    });
  });

  it('decisions: who, when, what they said and why, and what turned out', async () => {
    const found = await records('decisions');
    expect(found).toHaveLength((await rows('decisions')).length);
    expect(found.find((one) => one['item_id'] === 'rejected')).toMatchObject({
      slack_user: 'U0BOB',
      name: 'u0bob',
      rationale: 'The bank decides.',
      error_tags: ['out_of_scope', 'factual'],
      feedback: [],
    });
    expect(found.find((one) => one['item_id'] === 'edited')).toMatchObject({
      action: { args: { amount: 200 } },
      feedback: [{ verdict: 'wrong', truth: { amount: 220 }, source: 'crm' }],
    });
  });

  it.each(['items', 'decisions', 'audit'])(
    '%s as CSV hold what they hold as JSON',
    async (what) => {
      const asJson = await records(what);
      const { out } = await exported(what);
      const [head = [], ...lines] = parseCsv(out);
      expect(head).toEqual(Object.keys(asJson[0] ?? {}));
      expect(lines).toEqual(
        asJson.map((record) =>
          Object.values(record).map((value) =>
            value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value),
          ),
        ),
      );
    },
  );

  it.each(['items', 'decisions', 'audit'])(
    '%s of a time without any are a header',
    async (what) => {
      const { out, err } = await exported(what, '--since', '2027-01-01');
      expect(out.split('\n')).toEqual([(await exported(what)).out.split('\n')[0]]);
      expect(err).toMatch(/^0 /);
      expect((await exported(what, '--since', '2027-01-01', '--format', 'jsonl')).out).toBe('');
    },
  );

  it('a span takes what lies in it, and both ends are one whole', async () => {
    const cut = '2026-11-23T09:01:01Z';
    const before = await records('decisions', '--until', cut);
    const after = await records('decisions', '--since', cut);
    expect(before.length).toBeGreaterThan(0);
    expect(after.length).toBeGreaterThan(0);
    expect([...before, ...after]).toEqual(await records('decisions'));
    expect(before.every((one) => Date.parse(String(one['decided_at'])) < Date.parse(cut))).toBe(
      true,
    );
    expect(await records('items', '--since', '2027-01-01')).toEqual([]);
    expect(await records('items', '--since', '7d')).toHaveLength((await rows('items')).length);
  });

  it('any text stays one cell, and none begins as a formula', async () => {
    let n = 0;
    const text = fc.string({
      minLength: 1,
      maxLength: 30,
      unit: fc.constantFrom(...'=+-@\t\r\n"\', ;aß＝'),
    });
    await fc.assert(
      fc.asyncProperty(text, async (title) => {
        n += 1;
        const id = `wild-${n}`;
        await desk.submit({ id, kind: 'question', domain: 'support', title });
        const { out } = await exported('items');
        const [head = [], ...lines] = parseCsv(out);
        const line = lines.find((one) => one[0] === id) ?? [];
        expect(line).toHaveLength(head.length);
        const cell = line[head.indexOf('title')] ?? '';
        expect([title, `'${title}`]).toContain(cell);
        expect(cell).not.toMatch(/^[=+\-@\t\r＝]/);
      }),
      { numRuns: runs(30) },
    );
  });

  it('what is sensitive is hidden, and so is what turned out about it; what is erased is empty', async () => {
    await desk.submit({
      id: 'hidden',
      kind: 'approval',
      domain: 'billing',
      title: 'Pay out',
      action: { name: 'pay', args: { iban: 'DE89370400440532013000', amount: 5 } },
      sensitive: ['$.action.args.iban'],
      confidence: 0.97,
      impact: 1,
    });
    await recordFeedback(
      desk.world,
      'hidden',
      { verdict: 'wrong', truth: { iban: 'DE02120300000000202051' } },
      'crm',
    );
    const all = (await exported('items')).out + (await exported('decisions')).out;
    expect(all).not.toMatch(/DE89370400440532013000|DE02120300000000202051/);
    expect(all).toContain('••••');
    await desk.world.db.deleteFrom('item_bodies').where('item_id', '=', 'hidden').execute();
    const gone = (await records('items')).find((one) => one['item_id'] === 'hidden');
    expect(gone).toMatchObject({ erased: true, title: null, action: null });
    expect((await exported('decisions')).out).not.toContain('DE02120300000000202051');
  });

  it('--out makes a file for its owner only, and never writes over one', async () => {
    const file = join(folder, 'decisions.csv');
    const first = await exported('decisions', '--out', file);
    expect(first).toMatchObject({ code: 0, out: '' });
    expect(first.err).toMatch(/^\d+ decisions$/);
    expect(readFileSync(file, 'utf8')).toBe(`${(await exported('decisions')).out}\n`);
    expect(statSync(file).mode & 0o077).toBe(0);
    expect(await exported('decisions', '--out', file)).toMatchObject({
      code: 2,
      err: `hitl: ${file}: there is such a file already`,
    });
  });

  it.each([
    [['everything'], /Allowed choices are items, decisions, audit/],
    [['items', '--since', 'yesterday'], /like 30d/],
    [['items', '--since', '2026-02-31'], /like 30d/],
    [['items', '--since', '1d', '--until', '2d'], /nothing lies between/],
    [['items', '--format', 'xlsx'], /Allowed choices are csv, jsonl/],
    [['items', '--db', '/nowhere/hitl.db'], /cannot be opened/],
  ])('%j is said to be wrong', async (args, says) => {
    const { code, err } = await exported(...args);
    expect(code).toBe(2);
    expect(err).toMatch(says);
  });
});
