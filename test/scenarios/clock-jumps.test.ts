/**
 * The clock of the machine is wrong, or put right, by an hour. Deadlines are instants: a clock that is set back delays,
 * and repeats nothing; one that is set on is as an outage, with one page for all that came due.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyAudit } from '../../src/audit/verify-audit.ts';
import { openDesk, refund, type Desk } from './desk.ts';

const HOUR = 3_600_000;

/** Monday 23 November 2026, 09:00 UTC: Alice has the first hours, Dave those from 13:00 on. */
const policy = `version: 1
default_domain: billing
timezone: UTC
operators_channel: C0OPS
managers: [U0BOSS]
rotations:
  first: {timezone: UTC, start: "2026-11-23T05:00", shift: 8h, people: [U0ALICE, U0DAVE], usergroup: S0ONCALL}
ladders:
  steps:
    rungs:
      - {level: 1, notify: ["oncall:first"], claim_within: 10m, decide_within: 40m, remind_at: [80%]}
      - {level: 2, notify: [U0BOB], decide_within: 4h}
      - {level: 3, notify: [U0OSCAR], decide_within: 24h}
    at_the_end: expired
  call: {rungs: [{level: 1, notify: [U0CAROL], decide_within: 6h}], at_the_end: expired}
domains:
  billing: {title: Billing, channel: C0BILLING, ladder: steps, deciders: [U0ALICE, U0BOB]}
  support: {title: Support, channel: C0SUPPORT, ladder: call, deciders: [U0CAROL]}
rules: []
otherwise: {ask: {}}
`;

describe('the clock jumps by an hour', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk({ policy });
  });
  afterAll(async () => {
    expect(desk.slack.problems).toEqual([]);
    await desk.close();
  });

  /** The clock shows another hour; then a few seconds pass, and all they brought is sent. */
  async function jumps(ms: number): Promise<void> {
    desk.clock.jump(ms);
    for (let seconds = 0; seconds < 3; seconds += 1) await desk.advance('1s');
    await settled();
  }
  const settled = () =>
    desk.until('all is sent', async () => {
      const { db } = desk.pager.world;
      const waiting = await db
        .selectFrom('outbox')
        .select('id')
        .where('state', '=', 'pending')
        .execute();
      return waiting.length === 0;
    });
  const passes = async (...spans: string[]) => {
    for (const span of spans) await desk.advance(span);
    await settled();
  };
  const put = async (id: string, more: object = {}) => {
    await desk.submit(refund(id, { title: `Refund of ${id}.`, ...more }));
    const card = await desk.card(id);
    await settled();
    return card;
  };
  const words = (message: { blocks: readonly unknown[] }) =>
    desk.textOf(message).replace(/\n/g, '');
  const thread = async (id: string) => {
    const card = await desk.card(id);
    return desk.slack
      .messages(card.channel)
      .filter((message) => message.thread_ts === card.ts && message.ts !== card.ts)
      .map(words);
  };
  const pages = (user: string, id: string) =>
    desk.slack
      .dm(user)
      .map(words)
      .filter((text) => text.includes(`Refund of ${id}.`) && !/on call|off call/.test(text)).length;
  const ends = async (id: string) => {
    await desk.slack
      .user('bob')
      .clicks('Approve')
      .on(await desk.card(id));
    expect((await desk.result(id)).outcome).toBe('approved');
  };

  it('back: a claim clock runs an hour longer, the next rung is paged then, and once', async () => {
    await put('back');
    await passes('9m');
    await jumps(-HOUR);
    await passes('30m', '30m');
    expect([(await thread('back')).length, pages('bob', 'back')]).toEqual([1, 0]);
    await passes('1m');
    expect((await thread('back'))[1]).toContain('Nobody claimed this in time.');
    // Again, right after the page: nobody is called twice.
    await jumps(-HOUR);
    await passes('1h', '10m');
    expect(await thread('back')).toHaveLength(2);
    expect([pages('alice', 'back'), pages('bob', 'back')]).toEqual([1, 1]);
    await ends('back');
  });

  it('on: one page for all that came due, and no reminder of what is over', async () => {
    await put('on');
    await jumps(HOUR);
    const lines = await thread('on');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain('Nobody claimed this in time.');
    expect([pages('alice', 'on'), pages('bob', 'on'), pages('oscar', 'on')]).toEqual([1, 1, 0]);
    // Put right: what was paged is not paged again, and the rung has its whole time.
    await jumps(-HOUR);
    await passes('1h', '10m', '2h');
    expect(await thread('on')).toHaveLength(2);
    await passes('2h');
    expect((await thread('on'))[2]).toContain('Nobody decided in time.');
    expect(pages('oscar', 'on')).toBe(1);
    await ends('on');
  });

  it('a claim that an hour’s jump runs out of time is released once, and its holder told', async () => {
    const card = await put('held');
    const alice = desk.slack.user('alice');
    const holder =
      desk.pager.world.onCall('first')[0] === 'U0ALICE' ? alice : desk.slack.user('bob');
    await holder.clicks('Claim').on(card);
    await desk.card('held', 'Claimed by');
    await jumps(HOUR);
    await jumps(-HOUR);
    await passes('1h');
    const released = (await thread('held')).filter((line) => line.includes('claim is released'));
    expect(released).toHaveLength(1);
    expect((await desk.status('held')).status).toBe('open');
    await ends('held');
  });

  it.each([
    ['back', -HOUR],
    ['on', HOUR],
  ])('%s: a snooze ends once, and the clocks go on with what was left', async (way, ms) => {
    const id = `snooze-${way}`;
    const bob = desk.slack.user('bob');
    await bob.clicks('Snooze').on(await put(id));
    await desk.modal('bob', 'Snooze');
    await bob.fills({ snooze: '15 minutes' }).submits();
    await desk.card(id, 'Snoozed by');
    await jumps(ms);
    const over = async () =>
      (await thread(id)).filter((line) => line.includes('the snooze is over')).length;
    if (ms < 0) {
      await passes('1h');
      expect(await over()).toBe(0);
      await passes('15m');
    }
    expect(await over()).toBe(1);
    // Nobody had claimed it, and it was snoozed at once: ten minutes to claim it, forty in all.
    const left = Date.parse((await desk.status(id)).due_at ?? '') - desk.clock.now();
    expect(Math.round(left / 60_000)).toBe(40);
    await jumps(-ms);
    await passes('1m');
    expect(await over()).toBe(1);
    await ends(id);
  });

  it('quiet hours that hold a page: it comes when they end by the clock, once', async () => {
    const carol = desk.slack.user('carol');
    const hour = new Date(desk.clock.now()).getUTCHours();
    // Lisbon has UTC in winter.
    await carol.types(`/hitl quiet ${hour}-${(hour + 2) % 24}`, { channel: 'C0SUPPORT' });
    await desk.note('carol', 'Your quiet hours');
    await put('quiet', { domain: 'support' });
    await passes('1h');
    await jumps(-HOUR);
    await passes('1h');
    expect(pages('carol', 'quiet')).toBe(0);
    await jumps(HOUR);
    expect(pages('carol', 'quiet')).toBe(1);
    await jumps(-HOUR);
    await passes('1h', '1h');
    expect(pages('carol', 'quiet')).toBe(1);
    await carol.types('/hitl quiet off', { channel: 'C0SUPPORT' });
    await carol.clicks('Approve').on(await desk.card('quiet'));
    await desk.result('quiet');
  });

  it('a handoff is told once to each side, whichever way the clock goes over it', async () => {
    const told = (user: string, saying: string) =>
      desk.slack.dm(user).filter((one) => words(one).includes(saying)).length;
    const toHandoff = () => {
      const shift = 8 * HOUR;
      const next = Math.ceil((desk.clock.now() - 5 * HOUR) / shift) * shift + 5 * HOUR;
      return next - desk.clock.now();
    };
    await passes(`${Math.floor(toHandoff() / 60_000) - 30}m`);
    const [now] = desk.pager.world.onCall('first');
    const [goes, comes] = now === 'U0ALICE' ? ['alice', 'dave'] : ['dave', 'alice'];
    const before = [told(comes, 'You are on call'), told(goes, 'You are off call')];
    const once = before.map((times) => times + 1);
    const after = () => [told(comes, 'You are on call'), told(goes, 'You are off call')];
    await jumps(HOUR);
    expect(after()).toEqual(once);
    await jumps(-HOUR);
    await passes('10m', '30m', '30m');
    expect(after()).toEqual(once);
    expect(desk.slack.workspace.usergroups.get('S0ONCALL')?.users).toEqual(
      desk.pager.world.onCall('first'),
    );
  });

  it('nobody is told that the pager is behind: what a jump brought due is not late', async () => {
    await put('calm');
    await put('calm-too');
    for (const ms of [HOUR, -HOUR, HOUR]) {
      // Whoever looks first, the watcher or the sweep.
      desk.clock.jump(ms);
      desk.clock.advance(60_000);
      await passes('1s', '1m', '1m');
    }
    expect(desk.slack.messages('C0OPS').filter((one) => words(one).includes('behind'))).toEqual([]);
    await ends('calm');
    await ends('calm-too');
  });

  it('whatever happened, the log is whole, and nobody was paged twice by a rung', async () => {
    const { db } = desk.pager.world;
    expect(await verifyAudit(db)).toMatchObject({ good: true, differences: [] });
    const sent = await db
      .selectFrom('pages')
      .select(['item_id', 'rung', 'target', 'way'])
      .where('way', '=', 'dm')
      .execute();
    expect(new Set(sent.map((page) => JSON.stringify(page))).size).toBe(sent.length);
  });
});
