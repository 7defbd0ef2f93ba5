/** A domain's `open_limit`: the channel shows so many open cards, and one digest card for all that wait behind. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { messageAsText } from '../../simulator/slack/text.ts';
import { verifyAudit } from '../../src/audit/verify-audit.ts';
import { madeId } from '../../src/domain/made-id.ts';
import { openDesk, refund, type Card, type Desk } from './desk.ts';
import { TWO_AT_A_TIME as policy } from './two-at-a-time.ts';

describe('a domain with an open limit', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk({ policy });
  });
  afterEach(async () => {
    desk.slack.faults.clear();
    for (const id of await openIds()) await desk.api('POST', `/v1/items/${id}/cancel`);
    await desk.advance('20m');
    await settled();
  });
  afterAll(async () => {
    expect(desk.slack.problems).toEqual([]);
    await desk.close();
  });

  const openIds = async () =>
    (
      await desk.pager.world.db
        .selectFrom('items')
        .select('id')
        .where('status', '!=', 'decided')
        .execute()
    ).map((row) => row.id);
  /** Nothing is left to do in Slack. */
  const settled = () =>
    desk.until('the outbox is empty', async () => {
      const rows = await desk.pager.world.db
        .selectFrom('outbox')
        .select(['id', 'not_before'])
        .where('state', '=', 'pending')
        .execute();
      const [first] = rows;
      if (first && first.not_before > desk.clock.now()) desk.clock.advance(1000);
      return first === undefined;
    });
  const read = (message: Card): string =>
    messageAsText(message, { now: desk.clock.now(), timezone: 'UTC', width: 1000 })
      .split('\n')
      .map((line) => line.replace(/^[╭╮╰╯─│┌┐└┘ ]+|[╭╮╰╯─│┌┐└┘ ]+$/g, ''))
      .filter((line) => line !== '')
      .join('\n');
  const digests = () =>
    desk.slack
      .messages('C0BILLING')
      .filter((one) => /waiting/.test(one.text) && one.thread_ts === undefined);
  const digest = (saying: string) =>
    desk.until(`the digest card says "${saying}"`, async () => {
      const last = digests().at(-1);
      if (last && read(last).includes(saying)) return last;
      desk.clock.advance(100);
      return null;
    });
  const shown = async () =>
    (
      await desk.pager.world.db
        .selectFrom('cards')
        .innerJoin('items', 'items.id', 'cards.item_id')
        .select('cards.item_id')
        .where('purpose', '=', 'decide')
        .where('status', '!=', 'decided')
        .orderBy('cards.item_id')
        .execute()
    ).map((row) => row.item_id);
  const approves = async (user: string, id: string) => {
    await desk.slack
      .user(user)
      .clicks('Approve')
      .on(await desk.card(id));
    await desk.result(id);
  };
  const asks = async (prefix: string, impacts: number[]) => {
    for (const [at, impact] of impacts.entries())
      await desk.submit(
        refund(`${prefix}-${at + 1}`, { impact, title: `Refund ${prefix} ${at + 1}?` }),
      );
  };

  it('shows that many cards, and one digest card for the rest, with whose turn is next', async () => {
    await asks('show', [5, 5, 3, 7, 5]);
    await settled();
    expect(await shown()).toEqual(['show-1', 'show-2']);
    expect(digests()).toHaveLength(1);
    await desk.advance('10m');
    expect(read(await digest('oldest 10 min'))).toBe(
      [
        '📥 3 more waiting, oldest 10 min',
        'Billing · ⏳ Oldest since today 9:00 AM · ⏰ First due today 9:30 AM',
        'Next in line',
        '• Refund show 4? · impact 7 · due today 9:30 AM',
        '• Refund show 5? · impact 5 · due today 9:30 AM',
        '• Refund show 3? · impact 3 · due today 9:30 AM',
        '📟 @U0BOB: these are for you, as they come.',
        '2 open cards at a time here: as one is decided, the next comes. What is urgent comes at once, and all clocks run on.',
        '[ Show me the next ]',
      ].join('\n'),
    );
    const calls = desk.slack.dm('bob').map((one) => JSON.stringify(one.blocks));
    for (const id of ['show-3', 'show-4', 'show-5'])
      expect(calls.some((one) => one.includes(id))).toBe(false);
    expect(await desk.status('show-4')).toMatchObject({ status: 'open' });
  });

  it('as one is decided the next comes, highest impact first, with its page; the emptied digest card says so', async () => {
    await asks('turn', [5, 5, 3, 7]);
    await settled();
    const card = await digest('2 more waiting');
    await approves('alice', 'turn-1');
    await settled();
    expect(await shown()).toEqual(['turn-2', 'turn-4']);
    expect(read(await digest('1 more waiting'))).toContain('• Refund turn 3?');
    await desk.until('bob is paged for it', () =>
      desk.slack.dm('bob').find((one) => JSON.stringify(one.blocks).includes('turn-4')),
    );
    await desk.card('turn-4', 'U0BOB');
    expect((await desk.api('POST', '/v1/items/turn-2/cancel')).status).toBe(200);
    await settled();
    expect(await shown()).toEqual(['turn-3', 'turn-4']);
    const empty = await digest('Nothing more is waiting');
    expect(empty.ts).toBe(card.ts);
    expect(JSON.stringify(empty.blocks)).not.toContain('"button"');

    // A moment later it is used again; half an hour later a new one stands where people look.
    await asks('again', [4]);
    await settled();
    expect((await digest('1 more waiting')).ts).toBe(card.ts);
    await approves('alice', 'turn-3');
    await settled();
    await desk.advance('19m');
    await asks('later', [4]);
    await settled();
    expect((await digest('1 more waiting')).ts).not.toBe(card.ts);
    expect(JSON.stringify(desk.slack.message(card.channel, card.ts)?.blocks)).not.toContain(
      '"button"',
    );
  });

  it('what is urgent never waits behind; what says nothing of its impact is first in line', async () => {
    await asks('full', [5, 5, 5]);
    await desk.submit(refund('urgent', { impact: 8 }));
    await settled();
    expect(await shown()).toEqual(['full-1', 'full-2', 'urgent']);
    await digest('1 more waiting');
    const { impact: _, ...unsaid } = refund('unsaid', { title: 'How bad? Nobody said' });
    await desk.submit(unsaid);
    await settled();
    expect(read(await digest('2 more waiting'))).toMatch(
      /Next in line\n• How bad\? Nobody said · due[^\n]*\n• Refund full 3/,
    );
  });

  it('“Show me the next” puts it into the channel above the limit, for whoever may decide it', async () => {
    await asks('next', [5, 5, 3, 6]);
    await settled();
    const card = await digest('2 more waiting');
    await desk.slack.user('oscar').clicks('Show me the next').on(card);
    await desk.note('oscar', 'Only the Billing experts can decide this');
    expect(await shown()).toHaveLength(2);
    await desk.slack.user('alice').clicks('Show me the next').on(card);
    await settled();
    expect(await shown()).toEqual(['next-1', 'next-2', 'next-4']);
    const last = await digest('1 more waiting');
    await desk.slack.user('bob').clicks('Show me the next').on(last);
    // The card still says what was so a moment ago.
    await desk.slack.user('alice').clicks('Show me the next').on(last);
    await desk.note('alice', 'Nothing more is waiting here');
    await settled();
    expect(await shown()).toEqual(['next-1', 'next-2', 'next-3', 'next-4']);
    // Who asked for it sees it: their name is in its thread, and nothing in their DM.
    expect(desk.slack.dm('bob').some((one) => JSON.stringify(one.blocks).includes('next-3'))).toBe(
      false,
    );
    const thread = desk.slack
      .messages('C0BILLING')
      .filter((one) => one.thread_ts !== undefined)
      .map(read);
    expect(thread.some((line) => line.includes('@U0BOB, this one is for you'))).toBe(true);
    expect(
      await desk.pager.world.db
        .selectFrom('audit_log')
        .select('entry_json')
        .where('event', '=', 'item.came_forward')
        .where('item_id', '=', 'next-4')
        .execute(),
    ).toEqual([
      { entry_json: expect.stringContaining('"because":"wanted","slack_user":"U0ALICE"') },
    ]);
  });

  it('escalation is never swallowed: what climbs its ladder comes forward and is paged as ever', async () => {
    await asks('up', [5, 5, 5]);
    await settled();
    for (const id of ['up-1', 'up-2'])
      await desk.slack
        .user('alice')
        .clicks('Claim')
        .on(await desk.card(id));
    await desk.advance('20m');
    await settled();
    const card = await desk.card('up-3', 'level 2');
    const lines = desk.slack
      .messages('C0BILLING')
      .filter((one) => one.thread_ts === card.ts && one.ts !== card.ts)
      .map(read);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('Nobody claimed this in time.');
    await digest('Nothing more is waiting');
    await desk.advance('4h');
    expect((await desk.result('up-3')).rungs).toMatchObject([
      { level: 1, state: 'paged' },
      { level: 2, state: 'paged' },
    ]);

    // A person who asks again wants to see it.
    await asks('busy', [5, 5, 5]);
    await desk.slack
      .user('alice')
      .clicks('Re-open')
      .on(await desk.card('up-3', 'Expired'));
    await desk.card(madeId('reopen', 'up-3'));
    expect(await shown()).toEqual([madeId('reopen', 'up-3'), 'up-1', 'up-2']);
  });

  it('on Home it can be decided where it waits; claiming it shows its card', async () => {
    await asks('home', [5, 5, 5, 5]);
    await settled();
    await desk.slack.user('alice').opensHome();
    const home = await desk.until('it is on the Home', () => {
      const view = desk.slack.user('alice').sees().home;
      return view && desk.textOf(view).includes('Waits behind others') ? view : null;
    });
    const press = (id: string, action_id: string) => {
      const block = home.blocks.find(
        (one) =>
          Array.isArray(one['elements']) &&
          one['elements'].some((el) => el.action_id === action_id && el.value === id),
      );
      return desk.slack
        .user('alice')
        .presses({ block_id: block?.block_id ?? '', action_id })
        .in(home);
    };
    await press('home-3', 'item_approve');
    expect((await desk.result('home-3')).outcome).toBe('approved');
    await settled();
    await digest('1 more waiting');
    await press('home-4', 'item_claim');
    await desk.card('home-4', 'Claimed by');
    await digest('Nothing more is waiting');
    expect(
      desk.slack.messages('C0BILLING').some((one) => JSON.stringify(one.blocks).includes('home-3')),
    ).toBe(false);
  });

  it('one digest card through lost answers and a restart; one that was deleted is posted again', async () => {
    await asks('lost', [5, 5]);
    await settled();
    desk.slack.faults.next('chat.postMessage', 'lost_answer');
    const before = digests().length;
    await asks('more', [5, 5]);
    await desk.restart();
    await desk.until('it is found', async () => {
      desk.clock.advance(1000);
      return digests().length > before && (await digest('2 more waiting'));
    });
    await settled();
    expect(digests()).toHaveLength(before + 1);
    const card = await digest('2 more waiting');
    desk.slack.faults.next('chat.update', { error: 'message_not_found' });
    await asks('third', [5]);
    await settled();
    expect((await digest('3 more waiting')).ts).not.toBe(card.ts);
    await desk.advance('1m');
    expect(await shown()).toEqual(['lost-1', 'lost-2']);
  });

  it('whoever is on call and has quiet hours is not called by it', async () => {
    const quiet = (hours: string) =>
      desk.slack.user('bob').types(`/hitl quiet ${hours}`, { channel: 'general' });
    await quiet('00:00-23:59');
    await desk.note('bob', 'quiet');
    await asks('hush', [5, 5, 5]);
    await settled();
    const card = await digest('1 person has quiet hours');
    expect(JSON.stringify(card.blocks)).not.toContain('U0BOB');
    await quiet('off');
  });

  it('nobody to page at first: they wait all the same, and the first page comes with their card', async () => {
    await desk.slack
      .user('mia')
      .types('/hitl override billing-primary @alice for 1h', { channel: 'general' });
    await desk.note('mia', 'is on call for');
    const hers = { requester: { slack_user: 'U0ALICE' } };
    await asks('own', [5, 5]);
    await desk.submit(refund('own-3', hers));
    await settled();
    expect(await shown()).toEqual(['own-1', 'own-2']);
    await approves('bob', 'own-1');
    await settled();
    const card = await desk.card('own-3', 'level 2');
    const lines = desk.slack
      .messages('C0BILLING')
      .filter((one) => one.thread_ts === card.ts && one.ts !== card.ts)
      .map(read);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('Level 1 was skipped: nobody on call.');
  });

  it('what happened is told by the log, and the log is whole', async () => {
    for (const id of ['v-1', 'v-2', 'v-3', 'v-4']) await desk.submit(refund(id));
    await settled();
    expect(await verifyAudit(desk.pager.world.db)).toMatchObject({ good: true, differences: [] });
    await desk.slack.user('alice').types('/hitl why next-4', { channel: 'general' });
    expect(await desk.note('alice', 'asked for the next')).toContain('waits behind the cards');
    const metrics = await desk.api('GET', '/metrics');
    expect(String(metrics.body)).toContain('# TYPE hitl_items_behind gauge');
  });
});
