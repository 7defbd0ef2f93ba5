import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { claimItem } from '../../src/items/claim-item.ts';
import { openDesk, refund, type Desk } from './desk.ts';
import { laneName, type LaneName } from '../../src/domain/lane.ts';

const POSTS = laneName({ kind: 'post', of: 'C0BILLING' });
const EDITS = laneName({ kind: 'edit', of: 'C0BILLING' });

describe('as fast as Slack takes it', () => {
  let desk: Desk;
  /** The calls before this story. */
  let before: number;
  beforeAll(async () => {
    desk = await openDesk();
  });
  beforeEach(() => {
    before = desk.slack.calls.length;
  });
  afterEach(async () => {
    desk.slack.faults.clear();
    desk.slack.pace(null);
    await desk.until('nothing waits', async () => {
      desk.clock.advance(1000);
      return (await waiting(POSTS)).length + (await waiting(EDITS)).length === 0;
    });
    // A lane whose backlog is gone forgets its pace a gap later.
    for (const _ of [1, 2]) {
      await desk.advance('5s');
      await desk.api('GET', '/v1/items/none');
    }
  });
  afterAll(async () => {
    // The simulator calls it a problem where a second 429 follows the first.
    expect(desk.slack.problems).toEqual([]);
    await desk.close();
  });
  const calls = (method: string) =>
    desk.slack.calls.slice(before).filter((call) => call.method === method);
  const posts = (channel = 'C0BILLING') =>
    calls('chat.postMessage').filter((call) => call.channel === channel);
  const waiting = async (lane: LaneName) =>
    desk.pager.world.db
      .selectFrom('outbox')
      .selectAll()
      .where('state', '=', 'pending')
      .where('lane', '=', lane)
      .execute();
  /** Nothing is in a hand, and something waits for its time: the lane rests. */
  const settled = (lane: LaneName) =>
    desk.until('the lane rests', async () => {
      const rows = await waiting(lane);
      return rows.every((row) => row.lease === null) && rows.some((row) => row.last_error !== null);
    });
  const outcomes = () => posts().map((call) => (call.status === 429 ? '429' : 'ok'));

  it('“own throttle posts 16 minutes late” (goalert#4188): all at once where Slack takes all at once', async () => {
    const start = desk.clock.now();
    for (let at = 0; at < 20; at += 1) await desk.api('POST', '/v1/items', refund(`free-${at}`));
    await Promise.all(Array.from({ length: 20 }, (_, at) => desk.card(`free-${at}`)));
    expect(desk.clock.now()).toBe(start);
  });

  it('told to slow down it keeps the pace it was told: never two refusals in a row, the highest impact first', async () => {
    desk.slack.pace({ per_channel_ms: 1000, burst: 1 });
    await desk.api('POST', '/v1/items', refund('first', { impact: 5 }));
    await desk.card('first');
    for (const [at, impact] of [3, 8, 1, 5.5, 8.5].entries())
      await desk.api('POST', '/v1/items', refund(`p${at}-${impact}`, { impact }));
    await settled(POSTS);
    await desk.until('all are posted', () => {
      const posted = outcomes().filter((one) => one === 'ok').length;
      if (posted < 6) desk.clock.advance(100);
      return posted === 6;
    });
    expect(outcomes().join(' ')).not.toContain('429 429');
    const order = posts()
      .filter((call) => call.status === 200)
      .map((call) => /p\d-([\d.]+)/.exec(JSON.stringify(call.args))?.[1] ?? 'first');
    // The first of the row met the refusal before the rest came in; what waited then went by impact.
    expect(order[0]).toBe('first');
    expect(order.slice(1).toSorted((a, b) => Number(b) - Number(a))).toEqual(order.slice(1));
    expect(posts().filter((call) => call.status === 200)).toHaveLength(6);
  });

  it('one channel’s pace is no other’s', async () => {
    desk.slack.faults.next(
      'chat.postMessage',
      { ratelimited: 60 },
      (args) => args['channel'] === 'C0BILLING',
    );
    await desk.submit(refund('slow-1'));
    await desk.until('Slack said to slow down', () => outcomes().includes('429'));
    await desk.submit(refund('other-1', { domain: 'support' }));
    await desk.card('other-1');
    await settled(POSTS);
    desk.clock.advance(59_000);
    await settled(POSTS);
    expect(posts()).toHaveLength(1);
    desk.clock.advance(1100);
    await desk.card('slow-1');
  });

  it('being turned away counts as no try: no history is read for it', async () => {
    desk.slack.faults.next('chat.postMessage', { ratelimited: 5 });
    await desk.submit(refund('turned-1'));
    await desk.until('Slack said to slow down', () => outcomes().includes('429'));
    await settled(POSTS);
    desk.clock.advance(5100);
    await desk.card('turned-1');
    expect(calls('conversations.history')).toEqual([]);
  });

  it('edits rest when they are told to, and what people wait for goes on', async () => {
    await desk.submit(refund('edit-1'));
    const card = await desk.card('edit-1');
    desk.slack.faults.next('chat.update', { ratelimited: 20 });
    await desk.slack.user('alice').clicks('Claim').on(card);
    await desk.until('the edit is turned away', () =>
      calls('chat.update').some((call) => call.status === 429),
    );
    await desk.slack.user('alice').clicks('Approve').on(card);
    expect(await desk.result('edit-1')).toMatchObject({ outcome: 'approved' });
    await settled(EDITS);
    desk.clock.advance(20_100);
    await desk.card('edit-1', 'Approved');
    expect(calls('chat.update').filter((call) => call.status === 200)).toHaveLength(1);
  });

  it('many changes while Slack is away make one edit, of how things then stand', async () => {
    await desk.submit(refund('many-1'));
    const card = await desk.card('many-1');
    desk.slack.faults.every('chat.update', { status: 503 });
    const alice = desk.slack.user('alice');
    await alice.clicks('Claim').on(card);
    const failures = () => calls('chat.update').length;
    await desk.until('an edit failed', () => failures() > 0);
    await settled(EDITS);
    const { world } = desk.pager;
    const person = { user: 'U0ALICE', team: desk.slack.teamId, name: 'alice' };
    for (const take of [false, true, false, true])
      expect((await claimItem(world, { item_id: 'many-1', person, take })).done).toBe(true);
    await alice.clicks('Approve').on(card);
    desk.slack.faults.clear();
    desk.clock.advance(10_000);
    await desk.card('many-1', 'Approved');
    expect(calls('chat.update').filter((call) => call.ok)).toHaveLength(1);
  });
});
