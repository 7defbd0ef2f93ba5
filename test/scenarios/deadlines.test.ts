import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, question, refund, type Desk } from './desk.ts';
import { ONE_RUNG } from './one-rung.ts';

/** Billing's ladder ends after 30 minutes with advice; compliance waits without end. */
describe('deadlines', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk({ policy: ONE_RUNG });
  });
  afterAll(async () => {
    expect(desk.slack.problems).toEqual([]);
    await desk.close();
  });
  const thread = (card: { channel: string; ts: string }) =>
    desk.slack
      .messages(card.channel)
      .filter((message) => message.thread_ts === card.ts && message.ts !== card.ts);
  const lines = (card: { channel: string; ts: string }) =>
    thread(card).map((message) => desk.textOf(message).replace(/\n/g, ''));
  /** Whatever was to be said by now has been. */
  const quiet = () =>
    desk.until('nothing waits to be carried out', async () => {
      const { count } = await desk.pager.world.db
        .selectFrom('outbox')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('state', '=', 'pending')
        .executeTakeFirstOrThrow();
      return count === 0;
    });
  const events = async (id: string) =>
    (
      await desk.pager.world.db
        .selectFrom('audit_log')
        .select('event')
        .where('item_id', '=', id)
        .orderBy('seq')
        .execute()
    ).map((row) => row.event);

  it('“remind”: one reminder in the thread of the card, at four fifths of the time', async () => {
    await desk.submit(refund('remind-1'));
    const card = await desk.card('remind-1');
    await desk.advance('23m');
    await quiet();
    expect(thread(card)).toEqual([]);
    await desk.advance('1m');
    const [reminder] = await desk.until(
      'the reminder',
      () => thread(card).length > 0 && thread(card),
    );
    expect(desk.textOf(reminder ?? card)).toContain('6 min');
    await desk.advance('3m');
    await quiet();
    expect(thread(card)).toHaveLength(1);
    await desk.slack
      .user('alice')
      .clicks('Approve')
      .on(await desk.card('remind-1'));
    await desk.card('remind-1', 'Approved');
  });

  it('none where it is decided before', async () => {
    await desk.submit(refund('remind-2'));
    const card = await desk.card('remind-2');
    await desk.slack.user('bob').clicks('Approve').on(card);
    await desk.card('remind-2', 'Approved');
    await desk.advance('29m');
    await quiet();
    expect(thread(card)).toEqual([]);
  });

  it('at the end of the ladder the item expires, with the policy’s advice; it is nobody’s no', async () => {
    await desk.submit(refund('expire-1'));
    await desk.card('expire-1');
    await desk.advance('29m');
    expect((await desk.status('expire-1')).status).toBe('open');
    await desk.advance('1m');
    const result = await desk.result('expire-1');
    expect(result).toMatchObject({
      outcome: 'expired',
      fallback: 'reject',
      decided_by: { type: 'ladder' },
      policy: { rule: 'unsure' },
    });
    for (const absent of ['action', 'answer', 'rationale', 'approvals'])
      expect(result).not.toHaveProperty(absent);
    const card = await desk.card('expire-1', 'Expired');
    expect(JSON.stringify(card.blocks)).not.toContain('item_approve');
  });

  it('a click that comes too late is told so, and changes nothing', async () => {
    await desk.submit(refund('late-1'));
    const card = await desk.card('late-1');
    await desk.advance('30m');
    const result = await desk.result('late-1');
    await desk.card('late-1', 'Expired');
    await desk.slack.user('alice').clicks('Approve').on(card, { as_seen: true });
    expect(await desk.note('alice', 'xpired')).toMatch(/nothing|late|already|expired/i);
    expect((await desk.status('late-1')).result).toEqual(result);
  });

  it('a decision that is stored before the sweep wins, however late it is', async () => {
    await desk.submit(refund('race-1'));
    const card = await desk.card('race-1');
    const { world } = desk.pager;
    // Time passes, and nobody has swept yet: the timer's turn comes after the click's.
    const clicking = desk.slack.user('alice').clicks('Approve').on(card);
    await clicking;
    await desk.advance('31m');
    expect(await desk.result('race-1')).toMatchObject({ outcome: 'approved' });
    const ends = await world.db
      .selectFrom('decisions')
      .select('outcome')
      .where('item_id', '=', 'race-1')
      .execute();
    expect(ends).toEqual([{ outcome: 'approved' }]);
  });

  it('where the policy waits without end the item stays open, overdue, and can be decided', async () => {
    await desk.submit({ ...question('wait-1'), domain: 'compliance' });
    const card = await desk.card('wait-1');
    await desk.slack.user('erin').clicks('Claim').on(card);
    await desk.card('wait-1', 'Release');
    await desk.advance('24m');
    await desk.advance('6m');
    await quiet();
    expect((await desk.status('wait-1')).status).toBe('open');
    expect(await events('wait-1')).toEqual([
      'item.accepted',
      'item.claimed',
      'item.reminded',
      'item.overdue',
      'item.released',
    ]);
    await desk.card('wait-1', 'Overdue since');
    expect(lines(card).at(-1)).toContain(
      'U0ERIN ran out of time, so the claim is released. There is nobody above to page, so it stays open here',
    );
    await desk.advance('30d');
    await desk.slack
      .user('erin')
      .says('<@bot> Only with consent', { channel: card.channel, thread_ts: card.ts });
    expect(await desk.result('wait-1')).toMatchObject({ outcome: 'answered' });
  });

  it('the item’s own end comes before the ladder’s', async () => {
    await desk.submit(
      refund('own-1', { expires_at: new Date(desk.clock.now() + 10 * 60_000).toISOString() }),
    );
    const card = await desk.card('own-1');
    await desk.slack.user('alice').clicks('Claim').on(card);
    await desk.card('own-1', 'Release');
    expect((await desk.status('own-1')).due_at).toBe(
      new Date(desk.clock.now() + 10 * 60_000).toISOString(),
    );
    await desk.advance('10m');
    expect(await desk.result('own-1')).toMatchObject({ outcome: 'expired' });
    expect(await events('own-1')).toEqual(['item.accepted', 'item.claimed', 'item.decided']);
    await quiet();
    expect(lines(card)).toEqual([
      '⌛ U0ALICE, you had this one, and its time is over: it has expired. Re-open on the card asks again.',
    ]);
  });

  it('and is the last word where the policy would wait, claimed or not', async () => {
    const expires_at = new Date(desk.clock.now() + 3 * 3_600_000).toISOString();
    await desk.submit({ ...question('own-2'), domain: 'compliance', expires_at });
    await desk.slack
      .user('erin')
      .clicks('Claim')
      .on(await desk.card('own-2'));
    await desk.card('own-2', 'Release');
    await desk.advance('3h');
    const result = await desk.result('own-2');
    expect(result).toMatchObject({ outcome: 'expired', claimed_at: expect.any(String) });
    expect(result).not.toHaveProperty('fallback');
  });

  it('two that are due at the same moment both end, each once', async () => {
    await desk.submit(refund('both-1'));
    await desk.submit(refund('both-2'));
    await Promise.all(['both-1', 'both-2'].map((id) => desk.card(id)));
    await Promise.all([desk.advance('30m'), desk.advance('0s')]);
    for (const id of ['both-1', 'both-2']) {
      expect(await desk.result(id)).toMatchObject({ outcome: 'expired' });
      expect((await events(id)).filter((event) => event === 'item.decided')).toHaveLength(1);
    }
  });
});
