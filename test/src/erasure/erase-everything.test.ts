/** A word of its own in each text that an item can leave anywhere: after an erasure none of them is left. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { keepRejectedPayload } from '../../../src/intake/rejected-payloads.ts';
import { askForInfo } from '../../../src/ladder/ask-for-info.ts';
import { giveInfo } from '../../../src/ladder/give-info.ts';
import { reassignItem } from '../../../src/ladder/reassign-item.ts';
import { insertSegment, nextSegment } from '../../../src/stats/facts/fact-segments.ts';
import { readFacts } from '../../../src/stats/facts/read-facts.ts';
import { NAME_COLUMNS, NUMBER_COLUMNS } from '../../../src/stats/formulas/facts.ts';
import { hitl } from '../cli/terminal.ts';
import { liveThrough, openAuditedDesk, type AuditedDesk } from '../store/audited-desk.ts';
import { verify } from '../store/forger.ts';

const words: string[] = [];
/** The next word, which stands nowhere else. */
function word(): string {
  const one = `zwetschge${words.length}x`;
  words.push(one);
  return one;
}

let desk: AuditedDesk;
beforeAll(async () => {
  desk = await openAuditedDesk();
  await liveThrough(desk);
  await spoken();
});
afterAll(() => desk.close());

const person = (user: string) => ({ user, team: 'T0SIMULATED', name: word() });

/** An item with everything, and a person's words wherever they can be said. */
async function spoken(): Promise<void> {
  const { world } = desk;
  const id = 'spoken';
  await desk.submit({
    id,
    kind: 'approval',
    domain: 'billing',
    title: word(),
    body: `${word()} `.repeat(400),
    proposal: word(),
    justification: word(),
    // What a producer calls an action is no text: a freeze that holds needs it.
    action: { name: 'refund', args: { [word()]: word() } },
    evidence: [{ label: word(), text: word(), url: `https://example.com/${word()}` }],
    ensemble: [{ source: word(), answer: word(), confidence: 0.5 }],
    tags: ['together', word()],
    cohort: word(),
    requester: { name: word(), slack_user: 'U0ERIN' },
    run_id: word(),
    state: { [word()]: word() },
    confidence: 0.42,
    impact: 5,
  });
  await desk.shown(id, word());
  await askForInfo(world, { item_id: id, person: person('U0ALICE'), question: word() });
  await giveInfo(world, { item_id: id, answer: word(), by: 'U0ERIN' });
  await reassignItem(world, { item_id: id, person: person('U0ALICE'), to: 'U0BOB', words: word() });
  const no = () => ({
    word: 'reject' as const,
    rationale: word(),
    error_tags: ['policy_violation' as const],
  });
  await desk.decides('U0ALICE', id, no());
  await desk.decides('U0BOB', id, no());
  await desk.feedback(id, word());
  const raw = { source: 'http' as const, job_id: null, item_id: id };
  const errors = [{ field: word(), problem: word() }];
  await keepRejectedPayload(world, { ...raw, payload: `{"${word()}": 1}`, errors });
  const segment = await nextSegment(world.db, async () => {}, 10);
  for (let one = segment; one !== null; one = await nextSegment(world.db, async () => {}, 5)) {
    const facts = one;
    await world.commit((unit) => insertSegment(unit.db, facts));
  }
}

const inTheFiles = (text: string): boolean =>
  readdirSync(desk.folder)
    .filter((name) => name.startsWith('hitl.db'))
    .some((name) => readFileSync(join(desk.folder, name)).includes(text));

/** All that figures are made of, as rows; what can name somebody apart. */
async function facts(): Promise<{ figures: unknown[]; named: unknown[] }> {
  const figures: unknown[] = [];
  const named: unknown[] = [];
  const columns = [...NUMBER_COLUMNS, ...NAME_COLUMNS];
  const all = { from: 0, to: Number.MAX_SAFE_INTEGER };
  await desk.world.db.transaction().execute(async (db) => {
    for await (const part of readFacts(db, all, columns))
      for (let at = 0; at < part.length; at += 1) {
        const name = (column: (typeof NAME_COLUMNS)[number]) =>
          part[column].names[part[column].codes[at] ?? 0];
        figures.push([
          ...NUMBER_COLUMNS.map((column) => String(part[column][at])),
          ...NAME_COLUMNS.filter((one) => one !== 'cohort' && one !== 'tags').map(name),
        ]);
        named.push([part.seq[at], name('cohort'), name('tags')]);
      }
  });
  return { figures, named };
}

it('no word of it is left in the file, the log verifies, and the figures are as before', async () => {
  // What Slack calls people stands with what they said; the second name of Alice was used for nothing else.
  const there = words.filter(inTheFiles);
  expect(there.length).toBeGreaterThan(words.length - 4);
  const before = await facts();
  const verified = await verify(desk.file);
  expect(verified.differences).toEqual([]);
  const { code, out } = await hitl(['erase', '--item', 'spoken', '--reason', 'asked'], {
    env: { HITL_DATA_DIR: desk.folder },
    clock: desk.clock,
  });
  // With it goes the question to compliance that its decision made.
  expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('the texts of 2 items') });
  expect(words.filter(inTheFiles)).toEqual([]);
  expect(await verify(desk.file, verified.head.hash)).toMatchObject({
    good: true,
    expected: true,
    differences: [],
  });
  const after = await facts();
  expect(after.figures).toEqual(before.figures);
  const changed = after.named.filter(
    (row, at) => JSON.stringify(row) !== JSON.stringify(before.named[at]),
  );
  // The item's, and that of the question about it, which is open.
  expect(changed).toEqual([
    [expect.any(Number), '', ''],
    [Number.NaN, '', ''],
  ]);
});
