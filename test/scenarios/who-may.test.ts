import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, refund, type Desk } from './desk.ts';

const policy = `
version: 1
default_domain: billing
operators_channel: C0OPS
managers: [usergroup:S0MANAGERS]
groups:
  seniors: [U0CAROL, usergroup:S0COMPL]
ladders:
  standard: {rungs: [{level: 1, notify: [channel]}], at_the_end: wait}
domains:
  billing: {title: Billing, channel: C0BILLING, ladder: standard, deciders: ['usergroup:S0BILLING', U0DAVE]}
rules:
  - {id: seniors-only, when: "'senior' in item.tags", route: {ask: {by: 'group:seniors'}}}
otherwise: {ask: {}}
`;

describe('who may decide', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk({ policy });
    desk.slack.addUser({ id: 'U0GUEST', name: 'guest', team_id: 'T0ELSEWHERE' });
    desk.slack.workspace.channels.get('C0BILLING')?.members.add('U0GUEST');
  });
  afterAll(async () => {
    expect(desk.slack.problems).toEqual([]);
    await desk.close();
  });

  const lookUps = () =>
    desk.slack.calls.filter((call) => call.method === 'usergroups.users.list').length;

  async function approves(user: string, id: string, more: object = {}) {
    await desk.submit(refund(id, more));
    return desk.slack
      .user(user)
      .clicks('Approve')
      .on(await desk.card(id));
  }

  it('people of a user group, which is looked up once and kept for five minutes', async () => {
    await approves('alice', 'group-1');
    expect(await desk.result('group-1')).toMatchObject({ decided_by: { slack_user: 'U0ALICE' } });
    const once = lookUps();
    expect(once).toBe(1);
    await approves('bob', 'group-2');
    expect(await desk.result('group-2')).toMatchObject({ decided_by: { slack_user: 'U0BOB' } });
    expect(lookUps()).toBe(once);
    await desk.advance('5m');
    await approves('bob', 'group-3');
    await desk.result('group-3');
    expect(lookUps()).toBe(once + 1);
  });

  it('a person the policy names, without asking Slack', async () => {
    await desk.advance('6m');
    const before = lookUps();
    await approves('dave', 'named-1');
    expect(await desk.result('named-1')).toMatchObject({ decided_by: { slack_user: 'U0DAVE' } });
    expect(lookUps()).toBe(before);
  });

  it('somebody who joined the group a moment ago: a refusal looks again first', async () => {
    await approves('alice', 'joined-1');
    await desk.result('joined-1');
    desk.slack.setUsergroupUsers('S0BILLING', ['U0ALICE', 'U0BOB', 'U0ERIN']);
    await desk.advance('30s');
    await approves('erin', 'joined-2');
    expect(await desk.result('joined-2')).toMatchObject({ decided_by: { slack_user: 'U0ERIN' } });
  });

  it('somebody who left the group, no longer than the five minutes it is kept', async () => {
    await approves('bob', 'left-1');
    await desk.result('left-1');
    desk.slack.setUsergroupUsers('S0BILLING', ['U0ALICE']);
    await desk.advance('5m');
    await approves('bob', 'left-2');
    const note = await desk.note('bob', 'Only the Billing experts can decide this');
    expect(note).toContain('ask <!subteam^S0BILLING> or <@U0DAVE>');
    expect((await desk.status('left-2')).status).toBe('open');
    desk.slack.setUsergroupUsers('S0BILLING', ['U0ALICE', 'U0BOB']);
  });

  it('an impatient outsider does not have Slack asked at every click', async () => {
    await approves('oscar', 'impatient-1');
    await desk.note('oscar', 'Only the Billing experts can decide this');
    const before = lookUps();
    const card = await desk.card('impatient-1');
    for (let click = 0; click < 5; click += 1)
      await desk.slack.user('oscar').clicks('Approve').on(card);
    expect(lookUps()).toBe(before);
    await desk.until(
      'six notes',
      () => desk.slack.ephemerals('billing-experts', 'oscar').length === 6,
    );
  });

  it('never the person it was asked for, though they are one of the experts', async () => {
    const asked = { requester: { name: 'support-bot', slack_user: 'U0ALICE' } };
    await approves('alice', 'own-1', asked);
    await desk.note('alice', 'You asked for this yourself');
    await desk.slack
      .user('alice')
      .clicks('Reject')
      .on(await desk.card('own-1'));
    expect(desk.slack.user('alice').sees().modals).toEqual([]);
    expect((await desk.status('own-1')).status).toBe('open');
    await desk.slack
      .user('dave')
      .clicks('Approve')
      .on(await desk.card('own-1'));
    expect(await desk.result('own-1')).toMatchObject({ outcome: 'approved' });
  });

  it('nobody of another workspace, whatever group they are in', async () => {
    desk.slack.setUsergroupUsers('S0BILLING', ['U0ALICE', 'U0BOB', 'U0GUEST']);
    await approves('guest', 'guest-1');
    await desk.note('guest', 'Only people of this workspace can decide here');
    expect((await desk.status('guest-1')).status).toBe('open');
    desk.slack.setUsergroupUsers('S0BILLING', ['U0ALICE', 'U0BOB']);
  });

  it('those whom the rule names, instead of the domain’s experts', async () => {
    await approves('alice', 'by-1', { tags: ['senior'] });
    const note = await desk.note('alice', 'ask <!subteam^S0COMPL> or <@U0CAROL>');
    expect(note).toContain('<!subteam^S0COMPL>');
    expect((await desk.status('by-1')).status).toBe('open');
    await desk.slack
      .user('erin')
      .clicks('Approve')
      .on(await desk.card('by-1'));
    expect(await desk.result('by-1')).toMatchObject({ decided_by: { slack_user: 'U0ERIN' } });
  });

  it('a manager sees the queue, and still does not decide', async () => {
    await approves('mia', 'boss-1');
    await desk.note('mia', 'Only the Billing experts can decide this');
    await desk.slack.user('mia').types('/hitl queue', { channel: 'pager-ops' });
    expect(await desk.note('mia', 'waiting')).toContain('boss-1');
  });

  it('an outsider gets no form either, once it is known that they may not', async () => {
    await desk.submit(refund('form-1'));
    const oscar = desk.slack.user('oscar');
    await oscar.clicks('Approve').on(await desk.card('form-1'));
    const told = () => desk.slack.ephemerals('billing-experts', 'oscar').length;
    const before = await desk.until('the note', told);
    await oscar.clicks('Edit').on(await desk.card('form-1'));
    await desk.until('one more note', () => told() > before);
    expect(oscar.sees().modals).toEqual([]);
  });

  it('an outsider who opened a form before that was known is refused when sending it', async () => {
    await desk.advance('5m');
    await desk.submit(refund('form-2'));
    const oscar = desk.slack.user('oscar');
    await oscar.clicks('Reject').on(await desk.card('form-2'));
    await desk.modal('oscar', 'Reject');
    // Whether they may is being looked up while they write; where it is known in time, the form itself says no.
    const sent = await oscar.fills({ rationale: 'I would not do that', tags: ['other'] }).submits();
    if (sent.closed) await desk.note('oscar', 'Only the Billing experts can decide this');
    else expect(desk.textOf(await desk.modal('oscar', 'Not done'))).toContain('Only the Billing');
    expect((await desk.status('form-2')).status).toBe('open');
  });
});
