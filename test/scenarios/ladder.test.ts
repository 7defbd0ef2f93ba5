import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { messageAsText } from '../../simulator/slack/text.ts';
import { openDesk, refund, type Card, type Desk } from './desk.ts';
import { withRungs } from './one-rung.ts';

/** The shipped policy with a ladder of three rungs for billing: alice, then the experts, then oscar. */
const policy =
  withRungs(`      - { level: 1, notify: [U0ALICE], claim_within: 10m, decide_within: 30m, remind_at: [80%] }
      - { level: 2, notify: ["usergroup:S0BILLING", U0BOB], decide_within: 4h }
      - { level: 3, notify: [U0OSCAR, channel], decide_within: 24h }
`);

describe('the ladder', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk({ policy });
  });
  afterAll(async () => {
    expect(desk.slack.problems).toEqual([]);
    await desk.close();
  });
  /** One line, as a person reads it. */
  const readAloud = (message: Card): string =>
    messageAsText(message, { now: desk.clock.now(), timezone: 'UTC', width: 1000 })
      .split('\n')
      .slice(1, -1)
      .map((line) => line.replace(/^[│ ]+|[│ ]+$/g, ''))
      .join(' ');
  const thread = async (id: string) => {
    const card = await desk.card(id);
    return desk.slack
      .messages(card.channel)
      .filter((message) => message.thread_ts === card.ts && message.ts !== card.ts)
      .map(readAloud);
  };
  const threadHas = (id: string, count: number) =>
    desk.until(`${count} lines in the thread of ${id}`, async () => {
      const lines = await thread(id);
      return lines.length >= count && (await nothingWaits()) && lines;
    });
  const nothingWaits = async () =>
    (
      await desk.pager.world.db
        .selectFrom('outbox')
        .select('id')
        .where('state', '=', 'pending')
        .execute()
    ).length === 0;

  it('“thread noise”: it climbs rung by rung, one edit and one line each, and ends with every rung told', async () => {
    await desk.submit(refund('climb-1'));
    await desk.card('climb-1', 'U0ALICE');
    expect((await threadHas('climb-1', 1))[0]).toContain('this one is for you');
    await desk.advance('10m');
    const [, second] = await threadHas('climb-1', 2);
    expect(second).toContain('Nobody claimed this in time.');
    await desk.card('climb-1', 'level 2');
    expect(await desk.status('climb-1')).toMatchObject({ status: 'open' });
    await desk.advance('4h');
    const [, , third] = await threadHas('climb-1', 3);
    expect(third).toContain('Nobody decided in time.');
    await desk.advance('24h');
    const result = await desk.result('climb-1');
    expect(result).toMatchObject({
      outcome: 'expired',
      fallback: 'reject',
      rungs: [
        { level: 1, state: 'paged', paged: ['U0ALICE'], paged_at: '2026-11-23T09:00:00.000Z' },
        { level: 2, state: 'paged', paged: ['U0BOB', 'S0BILLING'] },
        { level: 3, state: 'paged', paged: ['U0OSCAR', 'C0BILLING'] },
      ],
    });
    await desk.card('climb-1', 'Tried: level 1, level 2 and level 3.');
    expect(await thread('climb-1')).toHaveLength(3);
  });

  it('whoever a rung paged may decide; before that they may not', async () => {
    await desk.submit(refund('paged-1'));
    const card = await desk.card('paged-1');
    await desk.slack.user('oscar').clicks('Approve').on(card);
    await desk.note('oscar', 'Only the Billing experts');
    await desk.advance('10m');
    await threadHas('paged-1', 2);
    await desk.advance('4h');
    await threadHas('paged-1', 3);
    await desk.slack
      .user('oscar')
      .clicks('Approve')
      .on(await desk.card('paged-1', 'level 3'));
    expect(await desk.result('paged-1')).toMatchObject({
      outcome: 'approved',
      decided_by: { slack_user: 'U0OSCAR', level: 3 },
    });
  });

  it('a claim stops the claim clock; one that runs out of time is released, and the item climbs', async () => {
    await desk.submit(refund('claim-1'));
    await desk.slack
      .user('alice')
      .clicks('Claim')
      .on(await desk.card('claim-1'));
    await desk.card('claim-1', 'Release');
    await desk.advance('29m');
    expect(await desk.status('claim-1')).toMatchObject({ status: 'claimed' });
    await desk.advance('1m');
    const card = await desk.card('claim-1', 'level 2');
    expect(desk.textOf(card)).toContain('Claim');
    expect(await desk.status('claim-1')).toMatchObject({ status: 'open' });
    const lines = await desk.until('the line', async () => {
      const all = await thread('claim-1');
      return all.some((line) => line.includes('ran out of time')) && all;
    });
    expect(lines).toHaveLength(3);
  });

  it('letting go of it starts the claim clock anew', async () => {
    await desk.submit(refund('release-1'));
    const alice = desk.slack.user('alice');
    await alice.clicks('Claim').on(await desk.card('release-1'));
    const claimed = await desk.card('release-1', 'Release');
    await desk.advance('15m');
    await alice.clicks('Release').on(claimed);
    await desk.card('release-1', 'Claim by');
    await desk.advance('9m');
    expect(await thread('release-1')).toHaveLength(1);
    await desk.advance('1m');
    await desk.card('release-1', 'level 2');
  });

  it('“escalation paused by a time window never resumes” (oncall#1206, #895), were it an outage: after an outage the highest due rung is paged once, and its clocks start then', async () => {
    await desk.submit(refund('away-1'));
    await threadHas('away-1', 1);
    await desk.pager.stop();
    desk.clock.advance(6 * 3_600_000);
    await desk.restart();
    await desk.advance('0s');
    const lines = await threadHas('away-1', 2);
    expect(lines[1]).toContain('Level 2 timed out while I was offline.');
    expect(lines).toHaveLength(2);
    await desk.advance('23h');
    expect((await desk.status('away-1')).status).toBe('open');
    await desk.advance('1h');
    expect(await desk.result('away-1')).toMatchObject({
      outcome: 'expired',
      rungs: [{ state: 'paged' }, { level: 2, state: 'missed' }, { level: 3, state: 'paged' }],
    });
  });

  it('“a step with nobody on call still waits” (goalert#4548): here it is passed by at once, and the thread says so', async () => {
    await desk.submit(refund('alone-1', { requester: { slack_user: 'U0ALICE' } }));
    const [line] = await threadHas('alone-1', 1);
    expect(line).toContain('Level 1 was skipped: nobody on call.');
    await desk.card('alone-1', 'level 2');
  });

  it('what happened is told by the log, and the log is whole', async () => {
    const { verifyAudit } = await import('../../src/audit/verify-audit.ts');
    expect(await verifyAudit(desk.pager.world.db)).toMatchObject({ good: true, differences: [] });
  });
});
