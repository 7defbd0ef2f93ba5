import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { rfc3339 } from '../../src/domain/clock.ts';
import { sweepAll } from '../../src/app/sweep-all.ts';
import { duration } from '../manual-clock.ts';
import { openDesk, refund, type Desk } from './desk.ts';
import type { AuditEventName } from '../../src/domain/audit-event.ts';
import { laneRows } from './lane-rows.ts';
import { ONE_RUNG } from './one-rung.ts';

describe('deadlines through trouble', () => {
  let desk: Desk;
  /** What was said before this story. */
  let before: number;
  beforeAll(async () => {
    desk = await openDesk({ policy: ONE_RUNG });
  });
  beforeEach(() => {
    before = desk.slack.messages('C0BILLING').length;
  });
  afterEach(async () => {
    desk.slack.faults.clear();
    const { db } = desk.pager.world;
    const open = await db
      .selectFrom('items')
      .select('id')
      .where('status', '!=', 'decided')
      .execute();
    for (const { id } of open) await desk.api('POST', `/v1/items/${id}/cancel`);
    await nothingWaits();
  });
  const nothingWaits = () =>
    desk.until('nothing waits', async () => {
      desk.clock.advance(1000);
      const rows = await desk.pager.world.db
        .selectFrom('outbox')
        .select('id')
        .where('state', '=', 'pending')
        .execute();
      return rows.length === 0;
    });
  /** So long from now, as it is written on the wire. */
  const inTime = (span: string) => rfc3339(desk.clock.now() + duration(span));
  afterAll(async () => {
    expect(desk.slack.problems).toEqual([]);
    await desk.close();
  });
  const replies = () =>
    desk.slack
      .messages('C0BILLING')
      .slice(before)
      .filter((message) => message.thread_ts !== undefined && message.thread_ts !== message.ts);
  /** The entries of those names about items whose ids begin so. */
  const audit = (ids: string, ...names: AuditEventName[]) =>
    desk.pager.world.db
      .selectFrom('audit_log')
      .select(['item_id', 'event'])
      .where('event', 'in', names)
      .where('item_id', 'like', `${ids}%`)
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
    await sweepAll(desk.pager.world);
  }

  it('after an outage all that came due is caught up on, in order, once; a reminder it overtook is not said', async () => {
    for (const [id, minutes] of [
      ['out-third', 25],
      ['out-first', 5],
      ['out-second', 15],
    ] as const) {
      await desk.submit(
        refund(id, { expires_at: new Date(desk.clock.now() + minutes * 60_000).toISOString() }),
      );
      await desk.card(id);
    }
    await desk.submit(refund('out-ladder'));
    await desk.card('out-ladder');
    await away(3_600_000);
    for (const id of ['out-first', 'out-second', 'out-third', 'out-ladder'])
      expect(await desk.result(id)).toMatchObject({ outcome: 'expired' });
    const order = (await audit('out-', 'item.decided')).map((row) => row.item_id);
    expect(order).toEqual(['out-first', 'out-second', 'out-third', 'out-ladder']);
    expect(await audit('out-', 'item.reminded', 'item.overdue')).toEqual([]);
    expect(await deadlines('out-ladder')).toEqual(['remind missed', 'decide done']);
    await desk.card('out-ladder', 'Expired');
    expect(replies()).toEqual([]);

    await away(3_600_000);
    expect(await audit('out-', 'item.decided')).toHaveLength(4);
  });

  it('hundreds at once are caught up on too, and no reminder slips in between two bites', async () => {
    for (let at = 0; at < 150; at += 1) await desk.api('POST', '/v1/items', refund(`many-${at}`));
    await Promise.all(Array.from({ length: 150 }, (_, at) => desk.card(`many-${at}`)));
    desk.clock.advance(3_600_000);
    await sweepAll(desk.pager.world);
    expect(await audit('many-', 'item.decided')).toHaveLength(150);
    expect(await audit('many-', 'item.reminded')).toEqual([]);
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
    const refused = (times: number) =>
      desk.until(`try ${times} is refused`, async () => {
        const [row] = await laneRows(desk, 'post', 'unseen-1');
        return row?.attempts === times && row.lease === null;
      });
    await desk.submit(refund('unseen-1'));
    await refused(1);
    await desk.advance('30m');
    expect(await desk.status('unseen-1')).toMatchObject({ status: 'open', due_at: inTime('30m') });
    await refused(2);
    await desk.advance('30m');
    expect(await desk.status('unseen-1')).toMatchObject({ status: 'open', due_at: inTime('30m') });
    await refused(3);
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
    await desk.submit(refund('unseen-2', { expires_at: inTime('10m') }));
    await desk.advance('10m');
    expect(await desk.result('unseen-2')).toMatchObject({ outcome: 'expired' });
    desk.slack.faults.clear();
    await desk.advance('10m');
    await nothingWaits();
    expect(desk.slack.messages('C0BILLING').slice(before)).toEqual([]);
  });

  it('the clock jumps back an hour, and forward again: nothing ends early, nothing twice', async () => {
    await desk.submit(refund('jump-1'));
    await desk.card('jump-1');
    desk.clock.jump(-3_600_000);
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
    expect(await audit('jump-', 'item.decided')).toHaveLength(2);
  });
});
