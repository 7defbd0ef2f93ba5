import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, refund, type Desk } from './desk.ts';
import { startReceiver } from './webhook-receiver.ts';
import { POLICY, sure, checkOf } from './checked.ts';

describe('what is let through and checked behind that', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk({ policy: POLICY });
  });
  afterAll(async () => {
    expect(desk.slack.problems).toEqual([]);
    await desk.close();
  });
  /** Everything the world was told of an item, its card aside. */
  const told = async (id: string) =>
    (
      await desk.pager.world.db
        .selectFrom('outbox')
        .select('effect_json')
        .where('item_id', '=', id)
        .execute()
    )
      .map((row) => (JSON.parse(row.effect_json) as { effect: string }).effect)
      .filter((effect) => effect !== 'draw_card');

  it('the producer hears at once, exactly once; the check is decided like any other and tells nobody', async () => {
    const item = refund('behind-1', {
      ...sure,
      tags: ['behind'],
      requester: { slack_user: 'U0OSCAR' },
      expires_at: new Date(desk.clock.now() + 60_000).toISOString(),
    });
    await desk.submit(item);
    expect(await desk.result('behind-1')).toMatchObject({
      outcome: 'auto_approved',
      decided_by: { type: 'policy' },
      policy: { rule: 'behind' },
    });
    const id = checkOf(item);
    const card = await desk.card(id);
    expect(desk.textOf(card)).toContain('*A check*: the AI was let through already');
    await desk.advance('5m');
    expect((await desk.status(id)).status).toBe('open');

    await desk.slack.user('alice').clicks('Approve').on(card);
    await desk.card(id, 'Approved');
    expect(await desk.status(id)).toMatchObject({
      status: 'decided',
      rule: 'behind',
      result: { item_id: id, outcome: 'approved', decided_by: { slack_user: 'U0ALICE' } },
    });
    expect([await told('behind-1'), await told(id)]).toEqual([['result'], []]);
  });

  it('the same item again asks no second check; who asked for it may not decide its check; its producer cannot cancel it', async () => {
    const item = refund('behind-2', {
      ...sure,
      tags: ['behind'],
      requester: { slack_user: 'U0BOB' },
    });
    expect((await desk.api('POST', '/v1/items', item)).status).toBe(202);
    expect((await desk.api('POST', '/v1/items', item)).status).toBe(200);
    const id = checkOf(item);
    const cards = await desk.pager.world.db
      .selectFrom('cards')
      .select('id')
      .where('item_id', '=', id)
      .execute();
    expect(cards).toHaveLength(1);
    await desk.slack
      .user('bob')
      .clicks('Approve')
      .on(await desk.card(id));
    await desk.note('bob', 'You asked for this yourself');
    const cancelled = await desk.api('POST', `/v1/items/${id}/cancel`);
    expect(cancelled).toMatchObject({ status: 200, body: { status: 'open' } });
  });

  it('no producer can take the id of a check before', async () => {
    const item = refund('behind-3', { ...sure, tags: ['behind'] });
    const taken = refund(checkOf(item), { ...sure, title: 'Mine' });
    expect(await desk.api('POST', '/v1/items', taken)).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'id' }] },
    });
    expect((await desk.api('POST', '/v1/items', item)).status).toBe(202);
    const checks = await desk.pager.world.db
      .selectFrom('items')
      .select(['id', 'status'])
      .where('check_of', '=', 'behind-3')
      .execute();
    expect(checks).toEqual([{ id: taken.id, status: 'open' }]);
  });

  it('no webhook goes out for a check', async () => {
    const receiver = await startReceiver();
    const open = await openDesk({
      policy: POLICY,
      env: { HITL_CALLBACK_ALLOW: receiver.host },
    });
    try {
      const item = refund('behind-4', {
        ...sure,
        tags: ['behind'],
        callback: { url: `http://${receiver.host}/results` },
      });
      await open.submit(item);
      await open.result('behind-4');
      const id = checkOf(item);
      await open.slack
        .user('bob')
        .clicks('Approve')
        .on(await open.card(id));
      await open.card(id, 'Approved');
      await open.until('the webhook', () => receiver.received.length > 0);
      expect(receiver.received).toHaveLength(1);
    } finally {
      await open.close();
      await receiver.close();
    }
  });

  it('“why” tells it on both sides', async () => {
    const item = refund('behind-5', { ...sure, tags: ['behind'] });
    await desk.submit(item);
    const alice = desk.slack.user('alice');
    await alice.types('/hitl why behind-5', { channel: 'billing-experts' });
    await desk.note('alice', 'let it through and asked a person to check it');
    await alice.types(`/hitl why ${checkOf(item)}`, { channel: 'billing-experts' });
    await desk.note('alice', 'Asked as a check of');
  });
});
