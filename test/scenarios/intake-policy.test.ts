import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, refund, type Desk } from './desk.ts';
import { edited } from '../edited.ts';

describe('the policy in force', () => {
  let desk: Desk;
  let shipped: string;
  beforeAll(async () => {
    shipped = await readFile('policies/default.yaml', 'utf8');
    desk = await openDesk({ policy: shipped });
  });
  afterAll(async () => {
    expect(desk.slack.problems).toEqual([]);
    await desk.close();
  });
  const write = (policy: string) => writeFile(join(desk.data_dir, 'policy.yaml'), policy);
  const sure = (id: string) => refund(id, { confidence: 0.99, impact: 1 });
  /** The next report to the operators that holds those words. */
  const report = (words: string) =>
    desk.until(`the operators are told "${words}"`, () =>
      desk.slack
        .messages('C0OPS')
        .find((message) => `${message.text}\n${desk.textOf(message)}`.includes(words)),
    );
  const version = () => desk.pager.world.policy().version;

  it('lets through what it is sure of: no card, and the producer hears which rule it was', async () => {
    await desk.submit(sure('through-1'));
    expect(await desk.result('through-1')).toEqual({
      decision_id: expect.any(String),
      item_id: 'through-1',
      outcome: 'auto_approved',
      action: { name: 'refund', args: { amount: 240, currency: 'EUR' } },
      decided_by: { type: 'policy' },
      policy: { rule: 'sure', version: version() },
      requested_at: '2026-11-23T09:00:00.000Z',
      decided_at: '2026-11-23T09:00:00.000Z',
      item_digest: expect.stringMatching(/^sha256:/),
    });
    expect(desk.slack.messages('C0BILLING')).toEqual([]);
  });

  it('refuses what is never automatic, whoever is confident of it, with the reason', async () => {
    await desk.submit(
      refund('refused-1', { confidence: 1, impact: 0, action: { name: 'delete_account' } }),
    );
    const result = await desk.result('refused-1');
    expect(result).toMatchObject({
      outcome: 'auto_rejected',
      rationale: 'An account is never deleted automatically',
      decided_by: { type: 'policy' },
      policy: { rule: 'forbidden' },
    });
    expect(result).not.toHaveProperty('action');
  });

  it('says why it asks, on the card and to the producer', async () => {
    await desk.submit(refund('why-1'));
    expect(desk.textOf(await desk.card('why-1'))).toMatch(/confidence 0.42, below 0.60?/);
    expect(await desk.status('why-1')).toMatchObject({ rule: 'unsure', policy_version: version() });
  });

  it('a good file is in force from its reload on; items keep the version that routed them', async () => {
    const before = version();
    await write(
      edited(shipped, [
        'item.confidence > 0.85 && item.impact <= 6.0',
        'item.confidence > 0.995 && item.impact <= 6.0',
      ]),
    );
    expect(await desk.pager.reload()).toEqual([]);
    expect(version()).not.toBe(before);

    await desk.submit(sure('reload-1'));
    expect(await desk.status('reload-1')).toMatchObject({
      status: 'open',
      rule: 'otherwise',
      policy_version: version(),
    });
    expect(await desk.status('why-1')).toMatchObject({ policy_version: before });
    await desk.slack
      .user('alice')
      .clicks('Approve')
      .on(await desk.card('why-1'));
    expect((await desk.result('why-1')).policy).toEqual({ rule: 'unsure', version: before });
  });

  it('a bad file is not: the one in force stays, and the operators hear the first thing that is wrong', async () => {
    const before = version();
    await write(
      edited(
        shipped,
        ['channel: C0BILLING', 'chanel: C0BILLING'],
        ['fallback: reject', 'fallback: maybe'],
      ),
    );
    const problems = await desk.pager.reload();
    expect(problems.length).toBeGreaterThanOrEqual(2);
    expect(version()).toBe(before);
    const told = await report('was not reloaded');
    const words = `${told.text}\n${desk.textOf(told)}`;
    expect(words).toContain('The one in force stays');
    expect(words).toContain(problems[0]?.split(' ').slice(1, 4).join(' '));
    await desk.submit(sure('reload-2'));
    expect((await desk.status('reload-2')).policy_version).toBe(before);
  });

  it.each([
    ['not YAML', '\t:{'],
    ['nothing', ''],
  ])('nor is one that is %s', async (_story, text) => {
    const before = version();
    await write(text);
    expect((await desk.pager.reload()).length).toBeGreaterThan(0);
    expect(version()).toBe(before);
  });

  it('a domain that has left the policy: its open cards can still be decided by whom the default asks, and go nowhere else', async () => {
    await write(shipped);
    await desk.pager.reload();
    await desk.submit({
      id: 'left-1',
      kind: 'question',
      domain: 'support',
      title: 'Which plan?',
      confidence: 0.1,
      impact: 1,
    });
    const card = await desk.card('left-1');
    expect(card.channel).toBe('C0SUPPORT');
    const support = /^ {2}support:\n(?: {4}.*\n)+/m;
    expect(shipped).toMatch(support);
    await write(edited(shipped, [support, '']));
    expect(await desk.pager.reload()).toEqual([]);
    await desk.slack.user('oscar').clicks('Claim').on(card);
    await desk.note('oscar', '');
    expect((await desk.status('left-1')).status).toBe('open');
    await desk.api('POST', '/v1/items/left-1/cancel');
    await desk.card('left-1', 'Cancelled');
  });
});
