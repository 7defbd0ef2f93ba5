import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { reassignItem } from '../../../src/ladder/reassign-item.ts';
import { pagesOfItem } from '../../../src/store/pages.ts';
import { eraseWhatIsDue } from '../../../src/erasure/retention.ts';
import type { World } from '../../../src/world/world.ts';
import { hitl } from '../cli/terminal.ts';
import { liveThrough, openAuditedDesk, type AuditedDesk } from '../store/audited-desk.ts';
import type { AuditEventName } from '../../../src/domain/audit-event.ts';
import { verify } from '../store/forger.ts';

/** Words that stand nowhere else, one in each text that an item can leave. */
const WORDS = {
  title: 'Zuckerrübensirup',
  body: 'Papageientaucher',
  said: 'Quittenmarmelade',
  truth: 'Haselnussstrauch',
  card: 'Apfelweinwirtschaft',
};

let desk: AuditedDesk;
beforeEach(async () => {
  desk = await openAuditedDesk();
  await liveThrough(desk);
});
afterEach(() => desk.close());

/** An item that leaves words in every table. */
async function talkative(id: string, user = 'U0BOB'): Promise<void> {
  await desk.submit({
    id,
    kind: 'approval',
    domain: 'billing',
    title: WORDS.title,
    body: WORDS.body.repeat(300),
    action: { name: 'refund', args: { amount: 240 } },
    confidence: 0.42,
    impact: 5,
    requester: { name: 'bot', slack_user: 'U0ERIN' },
  });
  await desk.shown(id, WORDS.card);
  await desk.decides(user, id, {
    word: 'reject',
    rationale: WORDS.said,
    error_tags: ['factual'],
  });
  await desk.feedback(id, WORDS.truth);
}

/** Whether that word is anywhere in the database's files. */
function inTheFiles(word: string): boolean {
  return readdirSync(desk.folder)
    .filter((name) => name.startsWith('hitl.db'))
    .some((name) => readFileSync(join(desk.folder, name)).includes(word));
}
const erase = (...args: string[]) =>
  hitl(['erase', ...args, '--reason', 'a customer asked'], {
    env: { HITL_DATA_DIR: desk.folder },
    clock: desk.clock,
  });
const entries = async (event: AuditEventName) =>
  (
    await desk.world.db
      .selectFrom('audit_log')
      .select('entry_json')
      .where('event', '=', event)
      .execute()
  ).map((row) => JSON.parse(row.entry_json) as { item_id: string; facts: object });

describe('hitl erase', () => {
  it('of an item: no word of it stays in the file, and the chain verifies', async () => {
    await talkative('spoken');
    for (const word of Object.values(WORDS)) expect([word, inTheFiles(word)]).toEqual([word, true]);
    const before = await verify(desk.file);
    const { code, out } = await erase('--item', 'spoken');
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('the texts of 1 item') });
    for (const word of Object.values(WORDS))
      expect([word, inTheFiles(word)]).toEqual([word, false]);
    const after = await verify(desk.file, before.head.hash);
    expect(after).toMatchObject({ good: true, expected: true, differences: [] });
    expect(after.erased.items).toBe(before.erased.items + 1);
    expect(await entries('item.erased')).toMatchObject([
      { item_id: 'spoken', facts: { cause: 'request' } },
    ]);
    expect(JSON.stringify(await entries('erasure.asked'))).not.toContain('customer');
  });

  it('of an open item: its card is drawn again, and says that it cannot be decided', async () => {
    await erase('--item', 'waits');
    const waiting = await desk.world.db
      .selectFrom('outbox')
      .select('effect_json')
      .where('item_id', '=', 'waits')
      .where('state', '=', 'pending')
      .execute();
    expect(waiting.map((row) => row.effect_json).join()).toContain('draw_card');
    expect(await verify(desk.file)).toMatchObject({ good: true });
  });

  it('of a person: what they asked for, and what they said; what others decided stays', async () => {
    await talkative('theirs', 'U0CAROL');
    const { out } = await erase('--person', 'U0CAROL');
    expect(out).toMatch(/the texts of \d+ items/);
    expect(inTheFiles(WORDS.said)).toBe(false);
    expect(inTheFiles('u0carol')).toBe(false);
    // What the AI asked is not about Carol.
    expect(inTheFiles(WORDS.title)).toBe(true);
    await erase('--person', 'U0ERIN');
    expect(inTheFiles(WORDS.title)).toBe(false);
    expect(await verify(desk.file)).toMatchObject({ good: true, differences: [] });
  });

  it('of a person: what they said when they gave an item away, wherever it is kept', async () => {
    const to = { user: 'U0ALICE', team: 'T0SIMULATED', name: 'alice' };
    await reassignItem(desk.world, {
      item_id: 'waits',
      person: to,
      to: 'U0BOB',
      words: WORDS.said,
    });
    expect(inTheFiles(WORDS.said)).toBe(true);
    await erase('--person', 'U0ALICE');
    expect(inTheFiles(WORDS.said)).toBe(false);
    expect((await pagesOfItem(desk.world.db, 'waits')).map((one) => one.story)).toContainEqual(
      expect.objectContaining({ because: 'given', by: 'U0ALICE', reason: null }),
    );
    expect(await verify(desk.file)).toMatchObject({ good: true, differences: [] });
  });

  it.each([
    [[], /one of --item ID, --person/],
    [['--item', 'a', '--person', 'U0BOB'], /one of --item ID, --person/],
    [['--person', 'bob'], /Slack user id/],
    [['--item', 'nobody'], /no item "nobody"/],
  ])('%j is said to be wrong, and nothing is erased', async (args, says) => {
    const { code, err } = await erase(...args);
    expect(code).not.toBe(0);
    expect(err).toMatch(says);
    expect(await entries('item.erased')).toEqual([]);
  });
});

describe('retention', () => {
  const keeping = (payloads: number): World => ({
    ...desk.world,
    policy: () => ({ ...desk.world.policy(), retention: { payloads } }),
  });
  const DAY_MS = 86_400_000;

  it('takes the texts of what was decided long ago, never of what is open, once', async () => {
    await talkative('old');
    desk.clock.advance(91 * DAY_MS);
    await talkative('young');
    const before = await verify(desk.file);
    const erased = await eraseWhatIsDue(keeping(90 * DAY_MS));
    expect(erased).toEqual({ items: before.decisions - 1, raw: 1 });
    const bodies = await desk.world.db.selectFrom('item_bodies').select('item_id').execute();
    const open = await desk.world.db
      .selectFrom('items')
      .select('id')
      .where('status', '!=', 'decided')
      .execute();
    expect(bodies.map((row) => row.item_id).toSorted((a, b) => (a < b ? -1 : 1))).toEqual(
      [...open.map((row) => row.id), 'young'].toSorted((a, b) => (a < b ? -1 : 1)),
    );
    expect(await verify(desk.file, before.head.hash)).toMatchObject({
      good: true,
      differences: [],
    });
    expect(await eraseWhatIsDue(keeping(90 * DAY_MS))).toEqual({ items: 0, raw: 0 });
  });

  it('leaves none of the words in the file', async () => {
    await talkative('old');
    desk.clock.advance(91 * DAY_MS);
    await eraseWhatIsDue(keeping(90 * DAY_MS));
    for (const word of Object.values(WORDS))
      expect([word, inTheFiles(word)]).toEqual([word, false]);
  });

  it('without it in the policy everything is kept', async () => {
    desk.clock.advance(1000 * DAY_MS);
    expect(await eraseWhatIsDue(desk.world)).toEqual({ items: 0, raw: 0 });
  });
});
