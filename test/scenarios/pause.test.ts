/** The kill switch and the circuit breaker: what stops letting-through, who may, and how it starts again. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyAudit } from '../../src/audit/verify-audit.ts';
import { openDesk, refund, type Desk } from './desk.ts';
import { sure, policy, types, posted, rejects } from './held-back.ts';
import { edited } from '../edited.ts';

describe('the kill switch', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk({
      policy: edited(
        policy,
        ['fallback: reject', 'fallback: approve'],
        [
          'rules:\n',
          `rules:\n  - {id: checked, when: "'check' in item.tags", route: {ask: {after: let_through}}}\n`,
        ],
      ),
    });
  });
  afterAll(async () => {
    expect(desk.slack.problems).toEqual([]);
    await desk.close();
  });

  it('only managers have it, it wants a name and a reason, and says what it knows', async () => {
    await types(desk, 'alice', '/hitl pause all I do not like it');
    await desk.note('alice', 'Only managers can pause');
    await types(desk, 'mia', '/hitl pause');
    expect(await desk.note('mia', 'Pause what')).toContain('billing, support, data-ops');
    await types(desk, 'mia', '/hitl pause billing');
    await desk.note('mia', 'Why? Say it after the name');
    await types(desk, 'mia', '/hitl resume billing');
    await desk.note('mia', 'Nothing is paused in Billing');
    expect(desk.pager.world.holds.pauses()).toEqual([]);
  });

  it('a paused domain asks what it would have let through, and another domain does not', async () => {
    await desk.submit(sure('before'));
    expect((await desk.status('before')).result?.outcome).toBe('auto_approved');

    await types(desk, 'mia', '/hitl pause Billing too many wrong refunds, says `bob`');
    await desk.note('mia', 'from now on nothing is let through in Billing');
    for (const channel of ['C0OPS', 'C0BILLING']) await posted(desk, channel, 'is paused by');

    await desk.submit(sure('paused-1'));
    expect(await desk.status('paused-1')).toMatchObject({ status: 'open', rule: 'sure' });
    expect(desk.textOf(await desk.card('paused-1'))).toContain(
      'letting through is paused in Billing since 2026-11-23 09:00 UTC: too many wrong refunds, says `bob`',
    );
    await desk.submit(sure('elsewhere', { domain: 'support' }));
    expect((await desk.status('elsewhere')).result?.outcome).toBe('auto_approved');
    await types(desk, 'alice', '/hitl why paused-1');
    expect(await desk.note('alice', 'would have let it through')).toContain('was paused');
    await types(desk, 'mia', '/hitl pause billing again');
    await desk.note('mia', 'paused in Billing already, by');
  });

  it('a check that would come after the item was let through comes before it', async () => {
    await desk.submit(sure('to-check', { tags: ['check'] }));
    expect(await desk.status('to-check')).toMatchObject({ status: 'open', rule: 'checked' });
    expect(desk.textOf(await desk.card('to-check'))).toContain('letting through is paused');
  });

  it('what was refused stays refused', async () => {
    await desk.submit(sure('refused', { action: { name: 'delete_account' } }));
    expect((await desk.status('refused')).result?.outcome).toBe('auto_rejected');
  });

  it('`why` tells of what a rule decided alone too: the rule, and the values', async () => {
    await types(desk, 'alice', '/hitl why before');
    const passed = await desk.note('alice', 'let through by itself');
    for (const said of ['sure', 'confidence 0.97, above 0.85', 'impact 2, at or below 6'])
      expect(passed).toContain(said);
    await types(desk, 'bob', '/hitl why refused');
    const refused = await desk.note('bob', 'refused by itself');
    for (const said of ['forbidden', 'action is delete_account', 'never deleted automatically'])
      expect(refused).toContain(said);
    await types(desk, 'oscar', '/hitl why before');
    await desk.note('oscar', 'There is no such item, or it is not yours to see');
  });

  it('an expiry there does not advise to approve; elsewhere it does; both verify', async () => {
    await desk.submit(refund('late-billing'));
    await desk.submit(refund('late-support', { domain: 'support' }));
    await desk.card('late-billing');
    await desk.card('late-support');
    await desk.advance('2h');
    const [billing, support] = [
      await desk.result('late-billing'),
      await desk.result('late-support'),
    ];
    expect(billing).toMatchObject({ outcome: 'expired' });
    expect(billing.fallback).toBeUndefined();
    expect(support).toMatchObject({ outcome: 'expired', fallback: 'approve' });
    expect((await verifyAudit(desk.pager.world.db)).good).toBe(true);
  });

  it('outlives a restart, and a resume ends it', async () => {
    await desk.restart();
    await desk.submit(sure('paused-2'));
    expect((await desk.status('paused-2')).status).toBe('open');
    await types(desk, 'alice', '/hitl freezes');
    expect(await desk.note('alice', 'Paused')).toContain('too many wrong refunds');

    await types(desk, 'alice', '/hitl resume billing');
    await desk.note('alice', 'Only managers');
    await types(desk, 'mia', '/hitl resume billing');
    await desk.note('mia', 'Resumed: items are let through again in Billing');
    await desk.submit(sure('after'));
    expect((await desk.status('after')).result?.outcome).toBe('auto_approved');
    await types(desk, 'mia', '/hitl freezes');
    await desk.note('mia', 'Nothing is paused or frozen here');
  });

  it('all stops all, and ends what was paused one by one', async () => {
    await types(desk, 'mia', '/hitl pause support a bad model went out');
    await desk.note('mia', 'nothing is let through in Support');
    await types(desk, 'mia', '/hitl pause all to be safe');
    await desk.note('mia', 'nothing is let through anywhere');
    await desk.submit(sure('all-1'));
    expect((await desk.status('all-1')).status).toBe('open');
    await types(desk, 'mia', '/hitl resume billing');
    await desk.note('mia', 'Not paused by itself in Billing, but everything is');
    await types(desk, 'mia', '/hitl resume support');
    await desk.note('mia', 'Resumed in Support, but everything is paused as well');
    await types(desk, 'mia', '/hitl resume all');
    await desk.note('mia', 'items are let through again anywhere');
    await desk.submit(sure('all-2', { domain: 'support' }));
    expect((await desk.status('all-2')).result?.outcome).toBe('auto_approved');
  });

  it('who, when and why stand in rows and in the log', async () => {
    const rows = await desk.pager.world.db.selectFrom('pauses').selectAll().execute();
    expect(rows).toHaveLength(3);
    for (const row of rows)
      expect(row).toMatchObject({ paused_by: 'U0BOSS', resumed_by: 'U0BOSS', cause: 'person' });
    const log = await desk.pager.world.db
      .selectFrom('audit_log')
      .select(['event', 'entry_json'])
      .where('event', 'in', ['letting_through.paused', 'letting_through.resumed'])
      .execute();
    expect(log.map((one) => one.event).toSorted()).toEqual([
      ...Array.from({ length: 3 }, () => 'letting_through.paused'),
      ...Array.from({ length: 3 }, () => 'letting_through.resumed'),
    ]);
    expect(JSON.stringify(log)).not.toContain('wrong refunds');
  });
});

describe('the circuit breaker', () => {
  it('pauses a domain that people overrule too often, tells the operators, and starts counting anew after a resume', async () => {
    const desk = await openDesk({
      policy: edited(policy, [
        'version: 1\n',
        'version: 1\ncircuit_breaker: { override_rate: 40%, window: 24h, at_least: 4 }\n',
      ]),
    });
    const approves = async (id: string) => {
      await desk.submit(refund(id));
      await desk.slack
        .user('alice')
        .clicks('Approve')
        .on(await desk.card(id));
      await desk.card(id, 'Approved');
    };
    const overrules = async (id: string) => {
      await desk.submit(refund(id));
      await rejects(desk, 'alice', id, ['factual'], 'That is not what happened');
    };
    try {
      await overrules('b-1');
      await overrules('b-2');
      await approves('b-3');
      expect(desk.pager.world.holds.pauses()).toEqual([]);
      await approves('b-4');
      await posted(
        desk,
        'C0OPS',
        'people went against the AI in 2 of 4 decisions (50%, more than 40%)',
      );
      await desk.submit(sure('b-5'));
      expect((await desk.status('b-5')).status).toBe('open');
      await desk.submit(sure('b-6', { domain: 'support' }));
      expect((await desk.status('b-6')).result?.outcome).toBe('auto_approved');

      await types(desk, 'mia', '/hitl resume billing');
      await desk.note('mia', 'Resumed');
      await desk.advance('1m');
      await overrules('b-7');
      expect(desk.pager.world.holds.pauses()).toEqual([]);
      expect(desk.slack.problems).toEqual([]);
    } finally {
      await desk.close();
    }
  });
});
