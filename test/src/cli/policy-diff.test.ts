import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAuditedDesk, type AuditedDesk } from '../store/audited-desk.ts';
import { hitl } from './terminal.ts';
import { edited } from '../../edited.ts';

const yaml = readFileSync('policies/default.yaml', 'utf8');
const stricter = edited(
  yaml,
  ['item.confidence < 0.60', 'item.confidence < 0.75'],
  ['item.impact <= 6.0', 'item.impact <= 4.0'],
);
const item = (id: string, confidence: number, impact: number, more: object = {}) =>
  JSON.stringify({
    id,
    kind: 'question',
    domain: 'support',
    title: `Is ${id} right?`,
    confidence,
    impact,
    ...more,
  });
const ITEMS = [
  item('stays', 0.5, 3),
  item('other-rule', 0.7, 3),
  item('later', 0.7, 8),
  item('asked-now', 0.9, 5),
  item('asked-now-too', 0.9, 6, { domain: 'billing' }),
  item('let-through', 0.9, 2),
  item('refused', 0.9, 2, { kind: 'approval', action: { name: 'delete_account' } }),
  '{"not": "an item"}',
  'nonsense',
  '',
].join('\n');
const files = { 'old.yaml': yaml, 'new.yaml': stricter, 'items.jsonl': ITEMS };
const diff = (...args: string[]) =>
  hitl(['policy', 'diff', 'old.yaml', 'new.yaml', ...args], { files });

describe('hitl policy diff', () => {
  it('says how many change route, from what to what, with examples, and each domain’s load', async () => {
    const { code, out } = await diff('--items', 'items.jsonl');
    expect(code).toBe(0);
    expect(out).toBe(`3 of 7 items change route (42.9%)
1 more are taken by another rule, to the same route
2 were left out: no item, or its texts are erased

1: ask support, level 1, 10m
   -> ask support, level 1, 30m
      later  Is later right?  (disputed -> unsure)

1: let through
   -> ask billing, level 1, 30m
      asked-now-too  Is asked-now-too right?  (sure -> otherwise)

1: let through
   -> ask support, level 1, 30m
      asked-now  Is asked-now right?  (sure -> otherwise)

domain   asked            let through  refused
billing  0 -> 1           1 -> 0       0 -> 0
support  3 -> 4 (+33.3%)  2 -> 1       1 -> 1`);
  });

  it('as JSON, for programs', async () => {
    const { json } = await diff('--items', 'items.jsonl', '--json');
    expect(json).toMatchObject({
      items: 7,
      changed: 3,
      other_rule: 1,
      left_out: 2,
      failed: { old: 0, new: 0 },
      domains: [
        { domain: 'billing', asked: { old: 0, new: 1 } },
        { domain: 'support', asked: { old: 3, new: 4 }, let_through: { old: 2, new: 1 } },
      ],
    });
  });

  it('a policy against itself changes nothing, whatever the order of its keys', async () => {
    const { out } = await hitl(
      ['policy', 'diff', 'old.yaml', 'old.yaml', '--items', 'items.jsonl'],
      { files },
    );
    expect(out).toMatch(/^0 of 7 items change route \(0%\)\n/);
  });

  it('a condition that now fails is named, and asked, never let through', async () => {
    const failing = edited(yaml, [
      'item.impact <= 6.0',
      'item.action.args.amount < 100.0 && item.impact <= 6.0',
    ]);
    const { out, json } = await hitl(
      ['policy', 'diff', 'old.yaml', 'new.yaml', '--items', 'items.jsonl', '--json'],
      { files: { ...files, 'new.yaml': failing } },
    );
    expect(out).toContain('"failed"');
    expect(json).toMatchObject({
      failed: { old: 0, new: 3 },
      domains: [{ let_through: { new: 0 } }, { let_through: { new: 0 } }],
    });
  });

  it('what a condition reads and no item keeps is said', async () => {
    const reads = edited(yaml, [
      'rules:\n',
      "rules:\n  - {id: q, when: 'queue_depth > 5.0', route: {ask: {}}}\n",
    ]);
    const { err } = await hitl(
      ['policy', 'diff', 'old.yaml', 'new.yaml', '--items', 'items.jsonl'],
      {
        files: { ...files, 'new.yaml': reads },
      },
    );
    expect(err).toContain(
      'a condition reads queue_depth, which is not kept with an item: taken as 0',
    );
  });

  it.each([
    [[], 'give --items FILE or --since 30d, one of them'],
    [['--items', 'items.jsonl', '--since', '30d'], 'give --items FILE or --since 30d, one of them'],
    [['--items', 'nowhere.jsonl'], 'nowhere.jsonl: there is no such file'],
    [['--since', 'yesterday'], '--since yesterday is no time'],
    [['--since', '30d', '--db', '/nowhere/hitl.db'], '/nowhere/hitl.db cannot be opened'],
    [['--items', 'new.yaml'], 'there is no item to compare by'],
  ])('what cannot be run is said in one line: %j', async (args, words) => {
    const { code, err } = await diff(...args);
    expect(code).toBe(2);
    expect(err).toContain(words);
    expect(err.split('\n')).toHaveLength(1);
  });
});

describe('hitl policy diff over the items of the database', () => {
  let desk: AuditedDesk;
  beforeAll(async () => {
    desk = await openAuditedDesk();
    const refund = (id: string, confidence: number) => ({
      id,
      kind: 'approval',
      domain: 'billing',
      title: `Refund for ${id}`,
      action: { name: 'refund' },
      confidence,
      impact: 5,
    });
    await desk.submit(refund('long-ago', 0.95));
    await desk.advance('40d');
    for (let at = 0; at < 20; at += 1) await desk.submit(refund(`now-${at}`, 0.95));
    await desk.submit(refund('unsure', 0.3));
  });
  afterAll(async () => {
    await desk.close();
  });

  it('takes those that came in since then, and says what that is a day', async () => {
    const { code, out } = await hitl(
      ['policy', 'diff', 'old.yaml', 'new.yaml', '--since', '30d', '--db', desk.file],
      { files, clock: desk.clock },
    );
    expect(code).toBe(0);
    expect(out).toContain('20 of 21 items change route (95.2%)');
    expect(out).toMatch(/^20: let through\n {3}-> ask billing/m);
    expect(out).toMatch(/^billing +1 -> 21 \(\+2000%\) +0 -> 0\.7 +20 -> 0 +0 -> 0$/m);
  });
});
