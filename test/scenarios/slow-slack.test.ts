import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openDesk, question, refund, type Desk } from './desk.ts';

const policy = `
version: 1
default_domain: billing
operators_channel: C0OPS
ladders:
  standard: {rungs: [{level: 1, notify: [channel]}], at_the_end: wait}
domains:
  billing: {title: Billing, channel: C0BILLING, ladder: standard, deciders: ['usergroup:S0BILLING']}
  support: {title: Support, channel: C0SUPPORT, ladder: standard, deciders: ['usergroup:S0SUPPORT']}
rules: []
otherwise: {ask: {}}
`;

describe('Slack is slow or fails when it must say who is in a group', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk({ policy });
  });
  beforeEach(async () => {
    // Nothing is remembered of who is in which group.
    await desk.advance('10m');
  });
  afterAll(async () => {
    expect(desk.slack.problems).toEqual([]);
    await desk.close();
  });

  const kept = async () =>
    (await desk.pager.world.db.selectFrom('clicks').selectAll().execute()).length;
  const noGroups = () => desk.slack.faults.every('usergroups.users.list', { status: 503 });

  it('the click is acked at once, kept, and settled when Slack answers', async () => {
    noGroups();
    await desk.submit(refund('slow-1'));
    const clicked = await desk.slack
      .user('alice')
      .clicks('Approve')
      .on(await desk.card('slow-1'));
    expect(clicked.acked_in_ms).not.toBeNull();
    await desk.note('alice', 'Your click is kept');
    expect((await desk.status('slow-1')).status).toBe('open');
    expect(await kept()).toBe(1);

    desk.slack.faults.clear();
    await desk.advance('10s');
    expect(await desk.result('slow-1')).toMatchObject({
      outcome: 'approved',
      decided_by: { slack_user: 'U0ALICE' },
    });
    await desk.until('nothing is kept', async () => (await kept()) === 0);
  });

  it('killed and started again in between, the click still counts, once', async () => {
    noGroups();
    await desk.submit(refund('slow-2'));
    await desk.slack
      .user('bob')
      .clicks('Approve')
      .on(await desk.card('slow-2'));
    await desk.note('bob', 'Your click is kept');
    await desk.restart();
    expect((await desk.status('slow-2')).status).toBe('open');
    expect(await kept()).toBe(1);

    desk.slack.faults.clear();
    await desk.restart();
    expect(await desk.result('slow-2')).toMatchObject({ decided_by: { slack_user: 'U0BOB' } });
    await desk.until('nothing is kept', async () => (await kept()) === 0);
    const decisions = await desk.pager.world.db.selectFrom('decisions').selectAll().execute();
    expect(decisions.filter((one) => one.item_id === 'slow-2')).toHaveLength(1);
  });

  it('a kept click that turns out not to be allowed is refused privately', async () => {
    noGroups();
    await desk.submit(refund('slow-3'));
    await desk.slack
      .user('oscar')
      .clicks('Claim')
      .on(await desk.card('slow-3'));
    await desk.note('oscar', 'Your click is kept');
    desk.slack.faults.clear();
    await desk.advance('10s');
    await desk.note('oscar', 'ask <!subteam^S0BILLING>');
    expect((await desk.status('slow-3')).status).toBe('open');
  });

  it('somebody else decides meanwhile: the kept click is told so', async () => {
    await desk.submit(refund('slow-4'));
    const card = await desk.card('slow-4');
    desk.slack.faults.next('usergroups.users.list', { status: 503 });
    desk.slack.faults.next('usergroups.users.list', { status: 503 });
    await desk.slack.user('alice').clicks('Approve').on(card);
    await desk.note('alice', 'Slack is slow to say');
    await desk.slack.user('bob').clicks('Approve').on(card);
    expect(await desk.result('slow-4')).toMatchObject({ decided_by: { slack_user: 'U0BOB' } });
    await desk.advance('10s');
    await desk.note('alice', '<@U0BOB> approved this');
  });

  it('a form that is sent, and an answer in a thread, are kept with their words', async () => {
    await desk.submit(refund('slow-5'));
    await desk.submit(question('slow-6'));
    const { channel, ts } = await desk.card('slow-6');
    noGroups();
    const alice = desk.slack.user('alice');
    await alice.clicks('Reject').on(await desk.card('slow-5'));
    await desk.modal('alice', 'Reject');
    alice.fills({ rationale: 'Paid twice already', tags: ['factual'] });
    expect(await alice.submits()).toMatchObject({ closed: true });
    await desk.slack.user('carol').says('<@bot> No, never', { channel, thread_ts: ts });
    await desk.note('carol', 'Your click is kept');

    await desk.restart();
    desk.slack.faults.clear();
    await desk.advance('5m');
    expect(await desk.result('slow-5')).toMatchObject({
      outcome: 'rejected',
      rationale: 'Paid twice already',
    });
    expect(await desk.result('slow-6')).toMatchObject({ answer: 'No, never' });
  });
});
