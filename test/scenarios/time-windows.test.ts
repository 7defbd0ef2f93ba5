import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, refund, type Desk } from './desk.ts';

/** Friday 20 November 2026, 17:30 in Berlin: half an hour before the office closes. */
const FRIDAY = Date.parse('2026-11-20T16:30:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const policy = `version: 1
default_domain: billing
timezone: Europe/Berlin
operators_channel: C0OPS
managers: [U0BOSS]
hours:
  office: {days: [mon, tue, wed, thu, fri], from: "09:00", to: "18:00", holidays: ["2026-11-25"]}
ladders:
  office:
    hours: office
    rungs:
      - {level: 1, notify: [U0ALICE], claim_within: 1h, decide_within: 4h, remind_at: [50%]}
      - {level: 2, notify: [U0BOB], decide_within: 2h}
    at_the_end: expired
  always:
    rungs:
      - {level: 1, notify: [U0CAROL], decide_within: 12h}
      - {level: 2, notify: [U0DAVE], decide_within: 12h}
    at_the_end: expired
domains:
  billing: {title: Billing, channel: C0BILLING, ladder: office, deciders: [U0ALICE, U0BOB]}
  support: {title: Support, channel: C0SUPPORT, ladder: always, deciders: [U0CAROL, U0DAVE]}
rules: []
otherwise: {ask: {}}
`;

describe('“escalation paused by a time window never resumes” (oncall#1206, #895)', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk({ policy, now: FRIDAY });
  });
  afterAll(async () => {
    expect(desk.slack.problems).toEqual([]);
    await desk.close();
  });

  /** Minute by minute would be the truth; a quarter of an hour is as good where nothing is due between. */
  const until = async (time: string) => {
    const end = Date.parse(time);
    while (desk.clock.now() < end) {
      const step = Math.min(15 * MINUTE, end - desk.clock.now());
      await desk.advance(`${step / 1000}s`);
    }
    await desk.until('all is sent', async () => {
      const { db } = desk.pager.world;
      const waiting = await db
        .selectFrom('outbox')
        .select('id')
        .where('state', '=', 'pending')
        .execute();
      return waiting.length === 0;
    });
  };
  const thread = async (id: string) => {
    const card = await desk.card(id);
    return desk.slack
      .messages(card.channel)
      .filter((message) => message.thread_ts === card.ts && message.ts !== card.ts)
      .map((message) => desk.textOf(message).replace(/\n/g, ''));
  };
  const pages = (user: string, id: string) =>
    desk.slack.dm(user).filter((one) => JSON.stringify(one.blocks).includes(id)).length;
  /** As the card writes an instant. */
  const shown = (time: string) => `<!date^${Date.parse(time) / 1000}^`;

  it('over a weekend: the clock stands still at 18:00 on Friday and goes on at 9:00 on Monday', async () => {
    await desk.submit(refund('weekend'));
    const card = await desk.card('weekend');
    // The card says what comes of it by the clock on the wall.
    expect(desk.textOf(card)).toContain(shown('2026-11-23T08:30:00Z'));
    expect(desk.textOf(card)).toContain(shown('2026-11-23T11:30:00Z'));
    await until('2026-11-23T08:29:00Z');
    expect([(await thread('weekend')).length, pages('bob', 'weekend')]).toEqual([1, 0]);
    await until('2026-11-23T08:30:00Z');
    expect((await thread('weekend'))[1]).toContain('Nobody claimed this in time.');
    expect(pages('bob', 'weekend')).toBe(1);
    expect(await desk.status('weekend')).toMatchObject({ due_at: '2026-11-23T10:30:00.000Z' });
    await until('2026-11-23T10:30:00Z');
    expect((await desk.result('weekend')).outcome).toBe('expired');
  });

  it('over a night, a claim in between, and the process away: it is reminded of and climbs the next day, once', async () => {
    await until('2026-11-23T16:00:00Z');
    await desk.submit(refund('night'));
    await desk.slack
      .user('alice')
      .clicks('Claim')
      .on(await desk.card('night'));
    await desk.card('night', 'Claimed by');
    await until('2026-11-24T02:00:00Z');
    await desk.restart();
    // Two of four hours are over at ten: an hour on Monday, one on Tuesday.
    await until('2026-11-24T08:59:00Z');
    expect(await thread('night')).toHaveLength(1);
    await until('2026-11-24T09:00:00Z');
    expect((await thread('night'))[1]).toContain('left');
    await until('2026-11-24T11:00:00Z');
    expect((await thread('night'))[2]).toContain('the claim is released');
    expect(pages('bob', 'night')).toBe(1);
    await until('2026-11-24T13:00:00Z');
    expect((await desk.result('night')).outcome).toBe('expired');
  });

  it('over a holiday: Wednesday counts for nothing', async () => {
    await until('2026-11-24T16:30:00Z');
    await desk.submit(refund('holiday'));
    expect(desk.textOf(await desk.card('holiday'))).toContain(shown('2026-11-26T08:30:00Z'));
    await until('2026-11-26T08:29:00Z');
    expect(pages('bob', 'holiday')).toBe(0);
    await until('2026-11-26T08:30:00Z');
    expect(pages('bob', 'holiday')).toBe(1);
    expect(await thread('holiday')).toHaveLength(2);
    await until('2026-11-26T10:30:00Z');
    expect((await desk.result('holiday')).outcome).toBe('expired');
  });

  it('a snooze and an outage within the closed hours change nothing of it', async () => {
    await until('2026-11-26T16:45:00Z');
    await desk.submit(refund('snoozed'));
    const alice = desk.slack.user('alice');
    await alice.clicks('Snooze').on(await desk.card('snoozed'));
    await desk.modal('alice', 'Snooze');
    await alice.fills({ snooze: 'An hour' }).submits();
    await desk.card('snoozed', 'Snoozed by');
    await until('2026-11-26T17:45:00Z');
    expect((await thread('snoozed')).at(-1)).toContain('the snooze is over');
    await desk.pager.stop();
    desk.clock.advance(9 * HOUR);
    await desk.restart();
    // An hour of the office was left to claim it.
    await until('2026-11-27T08:59:00Z');
    expect(pages('bob', 'snoozed')).toBe(0);
    await until('2026-11-27T09:00:00Z');
    expect(pages('bob', 'snoozed')).toBe(1);
    await desk.slack
      .user('bob')
      .clicks('Approve')
      .on(await desk.card('snoozed', 'level 2'));
    expect((await desk.result('snoozed')).outcome).toBe('approved');
  });

  it('“a 03:00 card dies silently”: quiet hours hold the page until they end; the ladder goes on, and everyone hears', async () => {
    const carol = desk.slack.user('carol');
    await carol.types('/hitl quiet 22-7', { channel: 'C0SUPPORT' });
    await desk.note('carol', 'Your quiet hours');
    await until('2026-11-28T03:00:00Z');
    await desk.submit(refund('three', { domain: 'support', requester: { slack_user: 'U0OSCAR' } }));
    await desk.card('three');
    await until('2026-11-28T06:59:00Z');
    expect(pages('carol', 'three')).toBe(0);
    // Lisbon has UTC in winter.
    await until('2026-11-28T07:00:00Z');
    expect(pages('carol', 'three')).toBe(1);
    await until('2026-11-28T15:00:00Z');
    expect(pages('dave', 'three')).toBe(1);
    await until('2026-11-29T03:00:00Z');
    expect(await desk.result('three')).toMatchObject({
      outcome: 'expired',
      decided_by: { type: 'ladder' },
    });
    await desk.card('three', 'Tried: level 1 and level 2.');
    await desk.until('the requester is told', () => desk.slack.dm('oscar').length === 1);
  });
});
