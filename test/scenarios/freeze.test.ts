/** A freeze: what is like a policy violation is asked until compliance has looked. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, refund, type Desk } from './desk.ts';
import { sure, policy, types, rejects } from './held-back.ts';
import { laneRows } from './lane-rows.ts';

describe('a policy violation freezes what is like it', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk({ policy });
  });
  afterAll(async () => {
    expect(desk.slack.problems).toEqual([]);
    await desk.close();
  });
  const outcome = async (id: string) => (await desk.status(id)).result?.outcome ?? 'asked';

  it('the same action in that domain, or the same title, is asked; anything else is let through', async () => {
    await desk.submit(refund('bad'));
    await rejects(desk, 'alice', 'bad', ['policy_violation'], 'Refunds above 200 need a manager');
    await desk.submit(sure('same-action', { title: 'Something else' }));
    await desk.submit(
      sure('same-title', {
        domain: 'support',
        title: 'refund 99 EUR, to customer 12',
        action: { name: 'pay' },
      }),
    );
    await desk.submit(sure('other', { title: 'Send a letter', action: { name: 'letter' } }));
    await desk.submit(sure('other-domain', { domain: 'support', title: 'Give it back' }));
    expect(await outcome('same-action')).toBe('asked');
    expect(await outcome('same-title')).toBe('asked');
    expect(await outcome('other')).toBe('auto_approved');
    expect(await outcome('other-domain')).toBe('auto_approved');
    expect(desk.textOf(await desk.card('same-action'))).toContain(
      'items like this are frozen since 2026-11-23 09:00 UTC: item bad was called a policy violation',
    );
  });

  it('compliance is asked about it, within its two hours, and told the decision, the item, who and why', async () => {
    const [freeze] = desk.pager.world.holds.freezes();
    const card = await desk.card(freeze?.check_id ?? '');
    expect(card.channel).toBe('C0COMPL');
    const text = desk.textOf(card);
    for (const said of [
      'Keep frozen? Refund 240 EUR to customer 88?',
      'alice (U0ALICE) called this a policy violation in Billing',
      'Refunds above 200 need a manager',
      'bad',
    ])
      expect(text).toContain(said);
    const status = await desk.status(freeze?.check_id ?? '');
    expect(Date.parse(status.due_at ?? '') - Date.parse(status.created_at)).toBe(2 * 3_600_000);
  });

  it('confirmed, it stays; the list says by whom; only compliance sees a button', async () => {
    const [freeze] = desk.pager.world.holds.freezes();
    const check = freeze?.check_id ?? '';
    await desk.slack
      .user('erin')
      .clicks('Confirm, keep frozen')
      .on(await desk.card(check));
    await desk.card(check, 'Answered');
    await desk.submit(sure('still'));
    expect(await outcome('still')).toBe('asked');
    await types(desk, 'alice', '/hitl freezes');
    const seen = await desk.note('alice', 'Frozen after a policy violation');
    expect(seen).toContain('U0ERIN');
    expect(seen).not.toContain('Lift the freeze');
    await types(desk, 'carol', '/hitl freezes');
    await desk.note('carol', 'Nothing is paused or frozen here');
    await types(desk, 'erin', '/hitl freezes');
    expect(await desk.note('erin', 'Frozen after')).toContain('Lift the freeze');
    // No producer waits for what the pager asked for itself.
    expect(await laneRows(desk, 'results', check)).toEqual([]);
  });

  it('it outlives a restart, and compliance lifts it from the list', async () => {
    await desk.restart();
    await desk.submit(sure('after-restart'));
    expect(await outcome('after-restart')).toBe('asked');
    const list = await desk.until('the list', () =>
      desk.slack.ephemerals(undefined, 'erin').find((one) => desk.textOf(one).includes('Frozen')),
    );
    await desk.slack.user('erin').clicks('Lift the freeze').on(list);
    await desk.note('erin', 'Lifted: items like this can be let through again');
    await desk.submit(sure('lifted'));
    expect(await outcome('lifted')).toBe('auto_approved');
    await types(desk, 'alice', '/hitl why bad');
    const why = await desk.note('alice', 'policy violation');
    expect(why).toMatch(/no longer let through[\s\S]*confirmed[\s\S]*lifted the freeze/);
  });

  it('lifting by the question lifts it too, and one that is lifted from the list takes its question back', async () => {
    await desk.submit(refund('bad-2', { title: 'Close the case', action: { name: 'close' } }));
    await rejects(desk, 'bob', 'bad-2', ['policy_violation'], 'Not without the customer');
    const [freeze] = desk.pager.world.holds.freezes();
    await desk.slack
      .user('erin')
      .clicks('Lift the freeze')
      .on(await desk.card(freeze?.check_id ?? ''));
    await desk.card(freeze?.check_id ?? '', 'Answered');
    expect(desk.pager.world.holds.freezes()).toEqual([]);

    await desk.submit(refund('bad-3', { title: 'Open the case', action: { name: 'open' } }));
    await rejects(desk, 'bob', 'bad-3', ['policy_violation'], 'Not that one');
    const check = desk.pager.world.holds.freezes()[0]?.check_id ?? '';
    await desk.card(check);
    await types(desk, 'erin', '/hitl freezes');
    const list = await desk.until('the list', () =>
      desk.slack
        .ephemerals(undefined, 'erin')
        .find((one) => desk.textOf(one).includes('Open the case')),
    );
    await desk.slack.user('erin').clicks('Lift the freeze').on(list);
    await desk.card(check, 'Cancelled');
    await desk.submit(sure('open-again', { title: 'Open the case', action: { name: 'open' } }));
    expect(await outcome('open-again')).toBe('auto_approved');
  });

  it('the policy can name another domain for it: its people are asked, and lift it', async () => {
    writeFileSync(join(desk.data_dir, 'policy.yaml'), `${policy}\ncompliance_domain: support\n`);
    expect(await desk.pager.reload()).toEqual([]);
    await desk.submit(refund('bad-4', { title: 'Sell the case', action: { name: 'sell' } }));
    await rejects(desk, 'bob', 'bad-4', ['policy_violation'], 'Never');
    const check = desk.pager.world.holds.freezes()[0]?.check_id ?? '';
    const card = await desk.card(check);
    expect(card.channel).toBe('C0SUPPORT');
    expect((await desk.status(check)).rule).toBe('policy-violation');
    await types(desk, 'erin', '/hitl freezes');
    await desk.note('erin', 'Nothing is paused or frozen here');
    await desk.slack.user('carol').clicks('Lift the freeze').on(card);
    await desk.card(check, 'Answered');
    expect(desk.pager.world.holds.freezes()).toEqual([]);
  });
});
