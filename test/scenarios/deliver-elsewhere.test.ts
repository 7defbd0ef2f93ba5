import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { claimItem } from '../../src/items/claim-item.ts';
import { openDesk, refund, type Card, type Desk } from './desk.ts';

describe('when a message cannot go where it should', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk();
  });
  afterEach(() => {
    desk.slack.faults.clear();
    billing({});
    operators({});
  });
  afterAll(async () => {
    expect(desk.slack.problems).toEqual([]);
    await desk.close();
  });
  const cardsIn = (channel: string, id: string) =>
    desk.slack.messages(channel).filter((message) => JSON.stringify(message.blocks).includes(id));
  const reports = () =>
    desk.slack.messages('C0OPS').filter((message) => message.text.includes('hitl doctor'));
  const billing = (more: object) =>
    desk.slack.addChannel({
      id: 'C0BILLING',
      name: 'billing-experts',
      members: ['U0ALICE', 'U0BOB'],
      ...more,
    });
  const operators = (more: object) =>
    desk.slack.addChannel({
      id: 'C0OPS',
      name: 'pager-ops',
      members: ['U0ALICE', 'U0DAVE'],
      ...more,
    });
  const nothingWaits = async () => {
    const rows = await desk.pager.world.db
      .selectFrom('outbox')
      .select('id')
      .where('state', '=', 'pending')
      .execute();
    return rows.length === 0;
  };
  /** As the app would, with its own token. */
  async function deletes(card: Card): Promise<void> {
    const answer = await fetch(`${desk.slack.apiUrl}chat.delete`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${desk.slack.botToken}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams({ channel: card.channel, ts: card.ts }),
    });
    expect(await answer.json()).toMatchObject({ ok: true });
  }

  it.each([
    ['is archived', 'moved-1', { is_archived: true }],
    ['does not have the app in it', 'moved-2', { bot_is_member: false }],
  ])(
    'a channel that %s: the card (%s) goes to the fallback, the operators are told, and it can be decided there',
    async (_story, id, more) => {
      operators({});
      const before = reports().length;
      billing(more);
      await desk.submit(refund(id));
      const card = await desk.card(id);
      expect(card.channel).toBe('C0OPS');
      const told = await desk.until('the operators are told', () => reports().at(before));
      expect(told.text).toContain('C0BILLING');
      await desk.slack.user('alice').clicks('Approve').on(card);
      expect(await desk.result(id)).toMatchObject({ outcome: 'approved' });
      await desk.card(id, 'Approved');
      expect(
        cardsIn('C0OPS', id).filter((message) => !message.text.includes('hitl doctor')),
      ).toHaveLength(1);
      expect(cardsIn('C0BILLING', id)).toHaveLength(0);
    },
  );

  it('many cards for a closed channel are one message to the operators, and another an hour on', async () => {
    operators({});
    billing({ is_archived: true });
    const told = () => reports().filter((message) => message.text.includes('is_archived'));
    const before = told().length;
    await desk.advance('1h');
    for (const id of ['noise-1', 'noise-2', 'noise-3']) await desk.submit(refund(id));
    for (const id of ['noise-1', 'noise-2', 'noise-3'])
      expect((await desk.card(id)).channel).toBe('C0OPS');
    expect(told()).toHaveLength(before + 1);
    await desk.advance('1h');
    await desk.submit(refund('noise-4'));
    await desk.card('noise-4');
    expect(told()).toHaveLength(before + 2);
    for (const at of [1, 2, 3, 4]) await desk.api('POST', `/v1/items/noise-${at}/cancel`);
  });

  it('archived while the card is open: its next change moves it', async () => {
    await desk.submit(refund('moved-3'));
    const card = await desk.card('moved-3');
    desk.slack.faults.every(
      'chat.update',
      { error: 'is_archived' },
      (args) => args['channel'] === 'C0BILLING',
    );
    await desk.slack.user('alice').clicks('Claim').on(card);
    const moved = await desk.until('the card is elsewhere', () =>
      cardsIn('C0OPS', 'moved-3').find((message) => message.blocks.length > 2),
    );
    expect(desk.textOf(moved)).toContain('U0ALICE');
    await desk.api('POST', '/v1/items/moved-3/cancel');
  });

  it('the operators’ own channel closed as well: the card waits, and is posted when the channel is mended', async () => {
    billing({ is_archived: true });
    operators({ is_archived: true });
    await desk.submit(refund('nowhere-1'));
    await desk.until('it waits', async () => {
      const rows = await desk.pager.world.db
        .selectFrom('outbox')
        .selectAll()
        .where('item_id', '=', 'nowhere-1')
        .where('state', '=', 'pending')
        .execute();
      return rows.some((row) => row.lease === null && row.last_error?.includes('C0OPS'));
    });
    operators({});
    desk.clock.advance(300_000);
    expect((await desk.card('nowhere-1')).channel).toBe('C0OPS');
    await desk.api('POST', '/v1/items/nowhere-1/cancel');
  });

  it('a card that somebody deleted is posted anew with its next change', async () => {
    await desk.submit(refund('deleted-1'));
    const card = await desk.card('deleted-1');
    await deletes(card);
    await claimItem(desk.pager.world, {
      item_id: 'deleted-1',
      person: { user: 'U0BOB', team: desk.slack.teamId, name: 'bob' },
      take: true,
    });
    const anew = await desk.card('deleted-1', 'U0BOB');
    expect(anew.ts).not.toBe(card.ts);
    expect(cardsIn('C0BILLING', 'deleted-1')).toHaveLength(1);
    await desk.slack.user('alice').clicks('Approve').on(anew);
    expect(await desk.result('deleted-1')).toMatchObject({ outcome: 'approved' });
  });

  it('one whose item is decided is not: the channel need not see it again', async () => {
    await desk.submit(refund('deleted-2'));
    await deletes(await desk.card('deleted-2'));
    await desk.api('POST', '/v1/items/deleted-2/cancel');
    await desk.result('deleted-2');
    await desk.until('the edit has failed', () =>
      desk.slack.calls.some((call) => call.error === 'message_not_found'),
    );
    await desk.until('nothing waits', nothingWaits);
    expect(cardsIn('C0BILLING', 'deleted-2')).toEqual([]);
  });

  it('a reminder for a card that is gone by then is let go, and nothing waits for ever', async () => {
    await desk.submit(refund('deleted-3'));
    await desk.card('deleted-3');
    desk.slack.faults.every('chat.postMessage', { error: 'internal_error' });
    await desk.advance('24m');
    await desk.api('POST', '/v1/items/deleted-3/cancel');
    desk.slack.faults.clear();
    await desk.until('nothing waits', async () => {
      desk.clock.advance(1000);
      return nothingWaits();
    });
    expect(
      desk.slack.messages('C0BILLING').filter((message) => message.thread_ts !== undefined),
    ).toEqual([]);
  });

  it('a private note for somebody who is not in the channel comes by direct message', async () => {
    await desk.submit(refund('note-1'));
    const card = await desk.card('note-1');
    desk.slack.faults.next('chat.postEphemeral', { error: 'user_not_in_channel' });
    await desk.slack.user('oscar').clicks('Approve').on(card);
    const note = await desk.until('the direct message', () => desk.slack.dm('oscar').at(0));
    expect(note.text).toContain('U0ALICE');
    expect((await desk.status('note-1')).status).toBe('open');
  });

  it('the socket cut: it connects again, and clicks count as before', async () => {
    await desk.submit(refund('socket-1'));
    const card = await desk.card('socket-1');
    desk.slack.cutSockets();
    await desk.until('it is gone', () => desk.slack.connections() === 0);
    // Slack's client waits five seconds before it connects again.
    await desk.until('it is back', () => desk.slack.connections() > 0);
    const clicked = await desk.slack.user('alice').clicks('Approve').on(card);
    expect(clicked.failed).toBeUndefined();
    expect(await desk.result('socket-1')).toMatchObject({ outcome: 'approved' });
  });
});
