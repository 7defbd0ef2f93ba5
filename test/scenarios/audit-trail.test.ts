import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import { verifyAudit } from '../../src/audit/verify-audit.ts';
import { openDesk, question, refund, type Desk } from './desk.ts';
import { ONE_RUNG } from './one-rung.ts';

describe('what is recorded of everything that happens', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk({ policy: ONE_RUNG });
  });
  afterAll(async () => {
    await desk.close();
  });
  const log = () =>
    desk.pager.world.db.selectFrom('audit_log').selectAll().orderBy('seq').execute();
  const told = async (id: string) =>
    (await log())
      .filter((entry) => entry.item_id === id)
      .map((entry) => ({ event: entry.event, facts: JSON.parse(entry.entry_json).facts }));
  async function verified() {
    const db = openDatabase(join(desk.data_dir, 'hitl.db'), { readonly: true });
    const found = await verifyAudit(db);
    await db.destroy();
    return found;
  }

  it('an item that a person decides: who, when, under which rule and policy, and digests of what they saw and said', async () => {
    await desk.submit(refund('told-1', { requester: { slack_user: 'U0CAROL' } }));
    const card = await desk.card('told-1');
    await desk.slack.user('alice').clicks('Claim').on(card);
    await desk.card('told-1', 'Release');
    const bob = desk.slack.user('bob');
    await bob.clicks('Reject').on(card);
    await desk.until('the form', () => bob.sees().modals.length === 1);
    bob.fills({ rationale: 'The invoice was paid twice', tags: ['factual'] });
    await bob.submits();
    const result = await desk.result('told-1');
    expect(await told('told-1')).toEqual([
      {
        event: 'item.accepted',
        facts: expect.objectContaining({
          rule: 'unsure',
          route: 'ask',
          policy_version: result.policy.version,
          source: 'queue',
          item_digest: result.item_digest,
          version: 1,
        }),
      },
      { event: 'item.claimed', facts: { slack_user: 'U0ALICE', version: 2, view_rev: 1 } },
      {
        event: 'item.decided',
        facts: {
          decision_id: result.decision_id,
          outcome: 'rejected',
          by: 'human',
          slack_user: 'U0BOB',
          level: 1,
          error_tags: ['factual'],
          text_digest: expect.stringMatching(/^sha256:/),
          card_digest: result.card_digest,
          decided_at: desk.clock.now(),
          version: 3,
          view_rev: 2,
        },
      },
    ]);
  });

  it('what policy, the ladder and the producer end is told as theirs', async () => {
    await desk.submit(refund('told-2', { confidence: 0.99, impact: 1 }));
    await desk.submit(refund('told-3'));
    await desk.card('told-3');
    await desk.advance('24m');
    await desk.advance('6m');
    await desk.submit(question('told-4'));
    await desk.api('POST', '/v1/items/told-4/cancel');
    const ends = await Promise.all(
      ['told-2', 'told-3', 'told-4'].map(async (id) => (await told(id)).at(-1)?.facts),
    );
    expect(ends).toMatchObject([
      { outcome: 'auto_approved', by: 'policy' },
      { outcome: 'expired', by: 'ladder' },
      { outcome: 'cancelled', by: 'producer' },
    ]);
    expect((await told('told-3')).map((entry) => entry.event)).toEqual([
      'item.accepted',
      'item.reminded',
      'item.decided',
    ]);
  });

  it('what nobody was shown in time, and what could not be read', async () => {
    desk.slack.faults.every('chat.postMessage', { status: 500 });
    await desk.submit(refund('told-5'));
    await desk.advance('30m');
    desk.slack.faults.clear();
    expect((await told('told-5')).map((entry) => entry.event)).toEqual([
      'item.accepted',
      'item.deadline_moved',
    ]);
    await desk.submit({ ...refund('told-6'), title: '' });
    expect((await log()).at(-1)).toMatchObject({ event: 'raw.kept', item_id: null });
  });

  it('a refusal changes nothing and is no entry', async () => {
    await desk.submit(refund('told-7'));
    const before = (await log()).length;
    desk.clock.advance(60_000);
    await desk.slack
      .user('oscar')
      .clicks('Approve')
      .on(await desk.card('told-7'));
    await desk.note('oscar', 'U0ALICE');
    expect(await log()).toHaveLength(before);
  });

  it('holds ids, enums, times and digests, and no text that anybody wrote', async () => {
    const all = JSON.stringify(await log());
    for (const text of ['Refund 240', 'paid twice', 'warranty', 'customer 88', '"amount"', 'alice'])
      expect(all).not.toContain(text);
  });

  it('the chain verifies, and covers every item and decision there is', async () => {
    const found = await verified();
    expect(found).toMatchObject({
      good: true,
      differences: [],
      items: 6,
      decisions: 4,
      entries: (await log()).length,
    });
  });

  it('and goes on from where it was when the process starts again', async () => {
    const before = await verified();
    await desk.restart();
    await desk.submit(refund('told-8', { confidence: 0.99, impact: 1 }));
    await desk.result('told-8');
    const after = await verified();
    expect(after).toMatchObject({
      good: true,
      items: before.items + 1,
      entries: before.entries + 2,
    });
  });
});
