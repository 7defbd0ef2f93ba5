import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sweepDeadlines } from '../../src/sweep-deadlines.ts';
import { openDesk, refund, type Desk } from './desk.ts';

describe('deadlines through trouble', () => {
  let desk: Desk;
  beforeEach(async () => {
    desk = await openDesk();
  });
  afterEach(async () => {
    desk.slack.faults.clear();
    expect(desk.slack.problems).toEqual([]);
    await desk.close();
  });
  const replies = () =>
    desk.slack
      .messages('C0BILLING')
      .filter((message) => message.thread_ts !== undefined && message.thread_ts !== message.ts);
  const audit = async (...names: string[]) =>
    await desk.pager.world.db
      .selectFrom('audit_log')
      .select(['item_id', 'event'])
      .where('event', 'in', names)
      .orderBy('seq')
      .execute();
  const deadlines = async (id: string) =>
    (
      await desk.pager.world.db
        .selectFrom('deadlines')
        .select(['kind', 'state'])
        .where('item_id', '=', id)
        .orderBy('id')
        .execute()
    ).map((row) => `${row.kind} ${row.state}`);
  /** The process is away while time passes. */
  async function away(ms: number): Promise<void> {
    await desk.pager.stop();
    desk.clock.advance(ms);
    await desk.restart();
    await sweepDeadlines(desk.pager.world);
  }

  it('after an outage all that came due is caught up on, in order, once; a reminder it overtook is not said', async () => {
    for (const [id, minutes] of [
      ['third', 25],
      ['first', 5],
      ['second', 15],
    ] as const) {
      await desk.submit(
        refund(id, { expires_at: new Date(desk.clock.now() + minutes * 60_000).toISOString() }),
      );
      await desk.card(id);
    }
    await desk.submit(refund('ladder'));
    await desk.card('ladder');
    await away(3_600_000);
    for (const id of ['first', 'second', 'third', 'ladder'])
      expect(await desk.result(id)).toMatchObject({ outcome: 'expired' });
    const order = (await audit('item.decided')).map((row) => row.item_id);
    expect(order).toEqual(['first', 'second', 'third', 'ladder']);
    expect(await audit('item.reminded', 'item.overdue')).toEqual([]);
    expect(await deadlines('ladder')).toEqual(['remind missed', 'decide done']);
    await desk.card('ladder', 'Expired');
    expect(replies()).toEqual([]);

    await away(3_600_000);
    expect(await audit('item.decided')).toHaveLength(4);
  });

  it('hundreds at once are caught up on too, and no reminder slips in between two bites', async () => {
    for (let at = 0; at < 150; at += 1) await desk.api('POST', '/v1/items', refund(`many-${at}`));
    await Promise.all(Array.from({ length: 150 }, (_, at) => desk.card(`many-${at}`)));
    desk.clock.advance(3_600_000);
    await sweepDeadlines(desk.pager.world);
    expect(await audit('item.decided')).toHaveLength(150);
    expect(await audit('item.reminded')).toEqual([]);
    await desk.result('many-149');
  });

  it('an outage between the reminder and the end: the reminder is said, late, and the item goes on', async () => {
    await desk.submit(refund('between-1'));
    await desk.card('between-1');
    await away(25 * 60_000);
    const [reminder] = await desk.until('the reminder', () => replies().length > 0 && replies());
    expect(desk.textOf(reminder ?? { blocks: [] })).toContain('5 min');
    expect((await desk.status('between-1')).status).toBe('open');
  });

  it('nothing expires for want of a card that was never posted: its clock starts again, reminder and all', async () => {
    desk.slack.faults.every('chat.postMessage', { error: 'internal_error' });
    await desk.submit(refund('unseen-1'));
    await desk.advance('30m');
    expect(await desk.status('unseen-1')).toMatchObject({
      status: 'open',
      due_at: '2026-11-23T10:00:00.000Z',
    });
    await desk.advance('30m');
    expect(await desk.status('unseen-1')).toMatchObject({
      status: 'open',
      due_at: '2026-11-23T10:30:00.000Z',
    });
    desk.slack.faults.clear();
    await desk.advance('6m');
    await desk.card('unseen-1');
    await desk.advance('18m');
    await desk.until('the reminder', () => replies().length === 1);
    await desk.advance('6m');
    expect(await desk.result('unseen-1')).toMatchObject({ outcome: 'expired' });
  });

  it('its own end aside: that is the last word, seen or not, and then no card is posted', async () => {
    desk.slack.faults.every('chat.postMessage', { error: 'internal_error' });
    await desk.submit(refund('unseen-2', { expires_at: '2026-11-23T09:10:00Z' }));
    await desk.advance('10m');
    expect(await desk.result('unseen-2')).toMatchObject({ outcome: 'expired' });
    desk.slack.faults.clear();
    await desk.advance('10m');
    await desk.until(
      'the outbox is empty',
      async () =>
        (
          await desk.pager.world.db
            .selectFrom('outbox')
            .select('id')
            .where('state', '=', 'pending')
            .execute()
        ).length === 0,
    );
    expect(desk.slack.messages('C0BILLING')).toEqual([]);
  });

  it('the clock jumps back an hour, and forward again: nothing ends early, nothing twice', async () => {
    await desk.submit(refund('jump-1'));
    await desk.card('jump-1');
    desk.clock.advance(-3_600_000);
    await desk.submit(refund('jump-2'));
    await desk.card('jump-2');
    await desk.advance('31m');
    expect(await desk.result('jump-2')).toMatchObject({ outcome: 'expired' });
    expect((await desk.status('jump-1')).status).toBe('open');
    await desk.slack
      .user('alice')
      .clicks('Claim')
      .on(await desk.card('jump-1'));
    await desk.card('jump-1', 'Release');
    await desk.advance('1h');
    expect(await desk.result('jump-1')).toMatchObject({ outcome: 'expired' });
    expect(await audit('item.decided')).toHaveLength(2);
  });
});
