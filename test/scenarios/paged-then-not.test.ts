/** Whoever was paged may decide for as long as the policy in force still calls them, and no longer. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openDesk, refund, type Desk } from './desk.ts';

const policy = (calls: string, more: { seniors?: string; by?: string } = {}) => `
version: 1
default_domain: billing
operators_channel: C0OPS
managers: [U0BOSS]
groups: {seniors: [${more.seniors ?? 'U0CAROL, U0DAVE'}]}
ladders:
  standard: {rungs: [{level: 1, notify: [channel, ${calls}]}], at_the_end: wait}
domains:
  billing: {title: Billing, channel: C0BILLING, ladder: standard, deciders: [U0ALICE]}
rules:
  - {id: theirs, when: "'theirs' in item.tags", route: {ask: {by: ${more.by ?? 'U0ERIN'}}}}
otherwise: {ask: {}}
`;

describe('whoever was paged, and then', () => {
  let desk: Desk;
  const inForce = async (text: string) => {
    await writeFile(join(desk.data_dir, 'policy.yaml'), text);
    expect(await desk.pager.reload()).toEqual([]);
  };
  beforeAll(async () => {
    desk = await openDesk({ policy: policy('U0CAROL') });
    for (const user of ['U0CAROL', 'U0DAVE', 'U0ERIN'])
      desk.slack.workspace.channels.get('C0BILLING')?.members.add(user);
  });
  beforeEach(() => inForce(policy('U0CAROL')));
  afterAll(async () => {
    expect(desk.slack.problems).toEqual([]);
    await desk.close();
  });

  const paged = (id: string, target: string) =>
    desk.until(`${target} is paged for ${id}`, () =>
      desk.pager.world.db
        .selectFrom('pages')
        .select('target')
        .where('item_id', '=', id)
        .where('target', '=', target)
        .executeTakeFirst(),
    );
  const approves = async (user: string, id: string) =>
    desk.slack
      .user(user)
      .clicks('Approve')
      .on(await desk.card(id));
  const refused = async (user: string, id: string) => {
    await desk.note(user, 'Only the Billing experts can decide this');
    expect((await desk.status(id)).status).toBe('open');
  };

  it('is still named: decides', async () => {
    await desk.submit(refund('still'));
    await paged('still', 'U0CAROL');
    await approves('carol', 'still');
    expect(await desk.result('still')).toMatchObject({ decided_by: { slack_user: 'U0CAROL' } });
  });

  it('is no longer named by a policy that was loaded since: does not, by card, form, Home or command', async () => {
    await desk.submit(refund('removed'));
    await paged('removed', 'U0CAROL');
    const carol = desk.slack.user('carol');
    const card = await desk.card('removed');
    await carol.clicks('Reject').on(card);
    await desk.modal('carol', 'Reject');
    await inForce(policy('U0DAVE'));
    const sent = await carol.fills({ rationale: 'I would not', tags: ['other'] }).submits();
    expect(sent.closed).toBe(false);
    expect(desk.textOf(await desk.modal('carol', 'Not done'))).toContain('Only the Billing');
    await carol.closes();
    await approves('carol', 'removed');
    await refused('carol', 'removed');
    await carol.clicks('Claim').on(card);
    await refused('carol', 'removed');
    await carol.types('/hitl why removed', { channel: 'billing-experts' });
    await desk.note('carol', 'not yours to see');
    await carol.opensHome();
    const home = await desk.until('her Home', () => carol.sees().home);
    expect(desk.textOf(home)).not.toContain('Refund 240 EUR');
    // Whom it names now has not been paged for this one.
    await approves('dave', 'removed');
    await refused('dave', 'removed');
    await approves('alice', 'removed');
    expect(await desk.result('removed')).toMatchObject({ outcome: 'approved' });
  });

  it('has left the group of the policy that was called', async () => {
    await inForce(policy('"group:seniors"'));
    await desk.submit(refund('group'));
    await paged('group', 'U0CAROL');
    await inForce(policy('"group:seniors"', { seniors: 'U0DAVE' }));
    await approves('carol', 'group');
    await refused('carol', 'group');
    await approves('dave', 'group');
    expect(await desk.result('group')).toMatchObject({ decided_by: { slack_user: 'U0DAVE' } });
  });

  it('has left Slack’s user group that was called', async () => {
    await inForce(policy('"usergroup:S0SUPPORT"'));
    for (const id of ['in-group', 'out-of-group']) {
      await desk.submit(refund(id));
      await paged(id, 'S0SUPPORT');
    }
    await approves('carol', 'in-group');
    expect(await desk.result('in-group')).toMatchObject({ decided_by: { slack_user: 'U0CAROL' } });
    desk.slack.setUsergroupUsers('S0SUPPORT', ['U0DAVE']);
    await desk.advance('5m');
    await approves('carol', 'out-of-group');
    await refused('carol', 'out-of-group');
    desk.slack.setUsergroupUsers('S0SUPPORT', ['U0CAROL', 'U0ALICE']);
  });

  it('was named by a rule that names somebody else now', async () => {
    await desk.submit(refund('rule', { tags: ['theirs'] }));
    const card = await desk.card('rule');
    await inForce(policy('U0CAROL', { by: 'U0OSCAR' }));
    await desk.slack.user('erin').clicks('Approve').on(card);
    await refused('erin', 'rule');
    await approves('oscar', 'rule');
    expect(await desk.result('rule')).toMatchObject({ decided_by: { slack_user: 'U0OSCAR' } });
  });

  it('has left Slack: does not, from the moment that Slack says so', async () => {
    await desk.submit(refund('left'));
    await paged('left', 'U0CAROL');
    const card = await desk.card('left');
    desk.slack.changeUser('U0CAROL', { deleted: true });
    await desk.until(
      'the pager has heard',
      () => desk.pager.world.accountOf('U0CAROL') === 'deactivated',
    );
    await desk.slack.user('carol').clicks('Approve').on(card);
    await desk.until('she is told, if she can still read it', async () =>
      (await desk.pager.world.db.selectFrom('outbox').select('effect_json').execute()).some((one) =>
        one.effect_json.includes('this account is deactivated'),
      ),
    );
    expect((await desk.status('left')).status).toBe('open');
    desk.slack.changeUser('U0CAROL', { deleted: false });
  });

  it('is a guest now: decides, for the policy names them by id', async () => {
    desk.slack.changeUser('U0CAROL', { is_restricted: true });
    await desk.until(
      'the pager has heard',
      () => desk.pager.world.accountOf('U0CAROL') === 'guest',
    );
    await desk.submit(refund('guest'));
    await paged('guest', 'U0CAROL');
    await approves('carol', 'guest');
    expect(await desk.result('guest')).toMatchObject({ decided_by: { slack_user: 'U0CAROL' } });
    desk.slack.changeUser('U0CAROL', { is_restricted: false });
  });

  it('is a guest whom only a user group names: does not', async () => {
    await inForce(policy('"usergroup:S0SUPPORT"'));
    desk.slack.changeUser('U0OSCAR', { is_ultra_restricted: true });
    desk.slack.setUsergroupUsers('S0SUPPORT', ['U0OSCAR']);
    await desk.advance('5m');
    await desk.submit(refund('guest-in-group'));
    await paged('guest-in-group', 'S0SUPPORT');
    await approves('oscar', 'guest-in-group');
    await desk.note('oscar', 'Guests can do this only where the policy names them');
    expect((await desk.status('guest-in-group')).status).toBe('open');
  });
});
