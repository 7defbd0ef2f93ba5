import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStagedDesk, staged, type StagedDesk } from './staged.ts';

describe('review, then compliance, one after the other', () => {
  let desk: StagedDesk['desk'];
  let at: StagedDesk;
  beforeAll(async () => {
    at = await openStagedDesk();
    desk = at.desk;
  });
  afterAll(async () => {
    expect(desk.slack.problems).toEqual([]);
    await desk.close();
  });

  it('review, then compliance: other people, other clocks, another channel; each signs', async () => {
    await desk.submit(staged('s-both'));
    const first = await at.billing('s-both', 'Stage 1 of 2');
    expect(Date.parse((await desk.status('s-both')).due_at ?? '')).toBe(
      desk.clock.now() + 20 * 60_000,
    );
    await desk.slack.user('alice').clicks('Claim').on(first);
    await at.billing('s-both', 'Claimed by');
    await at.approves('alice', first, 'The invoice is there');

    const second = await at.compliance('s-both', 'Stage 2 of 2');
    expect(desk.textOf(second)).toContain('The invoice is there');
    expect(desk.textOf(second)).not.toContain('Claimed by');
    expect(await desk.status('s-both')).toMatchObject({
      status: 'open',
      due_at: new Date(desk.clock.now() + 24 * 3_600_000).toISOString(),
    });
    const line = await desk.until('a line calls compliance', () =>
      at.thread('C0COMPL', second.ts).find((one) => desk.textOf(one).includes('you are up next')),
    );
    expect(JSON.stringify(line.blocks)).toContain('S0COMPL');
    await desk.advance('1h');
    expect((await desk.status('s-both')).status).toBe('open');

    await at.approves('erin', second, 'Within the limit');
    expect(await desk.result('s-both')).toMatchObject({
      outcome: 'approved',
      rationale: 'Within the limit',
      decided_by: { slack_user: 'U0ERIN', level: 3 },
      approvals: [
        { slack_user: 'U0ALICE', stage: 'review', verdict: 'approve' },
        { slack_user: 'U0ERIN', stage: 'compliance', verdict: 'approve' },
      ],
    });
    expect(desk.textOf(await at.billing('s-both', 'Signed'))).toContain('U0ERIN');
    await at.compliance('s-both', 'Signed');
  });

  it('the queue, the details and “why” say where it stands, and compliance sees what is theirs', async () => {
    await desk.submit(staged('s-told'));
    await at.approves('alice', await at.billing('s-told', 'Stage 1'), 'The invoice is there');
    const second = await at.compliance('s-told', 'Stage 2');
    const erin = desk.slack.user('erin');
    await erin.types('/hitl queue', { channel: 'compliance' });
    expect(await desk.note('erin', 'waiting')).toMatch(/stage compliance[^]*s-told/);
    await erin.types('/hitl why s-told', { channel: 'compliance' });
    expect(await desk.note('erin', 'Stage 2 of 2')).toContain('The invoice is there');
    await erin.clicks('Details').on(second);
    expect(desk.textOf(await desk.modal('erin', 'Details'))).toContain('The invoice is there');
    await erin.closes();
    await at.approves('erin', second);
    await desk.result('s-told');
  });

  it('what happens at a stage is said in the thread that its people read', async () => {
    await desk.submit(staged('s-thread'));
    const first = await at.billing('s-thread', 'Stage 1');
    await at.approves('alice', first);
    const second = await at.compliance('s-thread', 'Stage 2');
    const erin = desk.slack.user('erin');
    await erin.clicks('Snooze').on(second);
    await desk.modal('erin', 'Snooze');
    await erin.fills({ snooze: '15 minutes' }).submits();
    await desk.until('compliance reads of the snooze', () =>
      at
        .thread('C0COMPL', second.ts)
        .some((one) => desk.textOf(one).includes('snoozed this until')),
    );
    await desk.advance('16m');
    await desk.until('compliance reads that it is back', () =>
      at
        .thread('C0COMPL', second.ts)
        .some((one) => desk.textOf(one).includes('the snooze is over')),
    );
    const billingReads = at.thread('C0BILLING', first.ts).map((one) => desk.textOf(one));
    expect(billingReads.join('\n')).not.toMatch(/snooze/i);
    await at.approves('erin', await at.compliance('s-thread', 'Stage 2'));
    await desk.result('s-thread');
  });

  it('an edit is shown as a diff, and is what the next stage approves', async () => {
    await desk.submit(staged('s-edit'));
    await at.fills('bob', 'Edit', 'Edit and approve', await at.billing('s-edit', 'Stage 1'), {
      'field:1': '200',
      rationale: 'The invoice says 200',
    });
    const second = await at.compliance('s-edit', 'edits and approves');
    const blocks = JSON.stringify(second.blocks);
    expect(blocks).toMatch(/"text":"240","style":\{[^}]*"strike":true/);
    expect(desk.textOf(second)).toContain('The invoice says 200');
    await at.approves('erin', second);
    expect(await desk.result('s-edit')).toMatchObject({
      outcome: 'edited',
      action: { name: 'refund', args: { amount: 200, currency: 'EUR' } },
      approvals: [
        { stage: 'review', verdict: 'edit' },
        { stage: 'compliance', verdict: 'approve' },
      ],
    });
  });

  it('a text is shown word by word; edited back to what it was, it is approved', async () => {
    const item = {
      id: 's-text',
      kind: 'review',
      domain: 'billing',
      title: 'A reply',
      proposal: 'Your parcel comes on Monday.',
      tags: ['staged'],
    };
    await desk.submit(item);
    await at.fills('bob', 'Edit', 'Edit and approve', await at.billing('s-text', 'Stage 1'), {
      answer: 'Your parcel comes on Tuesday.',
      rationale: 'Monday is a holiday',
    });
    const second = await at.compliance('s-text', 'edits and approves');
    const blocks = JSON.stringify(second.blocks);
    expect(blocks).toContain('"text":"Monday","style":{"strike":true}');
    expect(blocks).toContain('"text":"Tuesday","style":{"bold":true}');
    await at.fills('erin', 'Edit', 'Edit and approve', second, {
      answer: 'Your parcel comes on Monday.',
      rationale: 'It was not',
    });
    const result = await desk.result('s-text');
    expect(result).toMatchObject({ outcome: 'approved', rationale: 'It was not' });
    expect(result.answer).toBeUndefined();
  });

  it('sent back once, with a reason; what was signed before is void; the second time is refused', async () => {
    await desk.submit(staged('s-back'));
    await at.approves('alice', await at.billing('s-back', 'Stage 1'), 'Looks right');
    const second = await at.compliance('s-back', 'Stage 2');
    const erin = desk.slack.user('erin');
    await at.fills('erin', 'Send back', 'Send back', second, { rationale: 'Which invoice?' });
    const again = await at.billing('s-back', 'Which invoice?');
    expect(desk.textOf(again)).toContain('Stage 1 of 2');
    expect((await desk.status('s-back')).status).toBe('open');
    await at.approves('bob', again, 'Invoice 1182');
    const last = await at.compliance('s-back', 'Invoice 1182');
    expect(JSON.stringify(last.blocks)).not.toContain('item_send_back');
    expect(desk.textOf(last)).not.toContain('Looks right');
    await at.approves('erin', last);
    expect((await desk.result('s-back')).approvals).toMatchObject([
      { slack_user: 'U0BOB', stage: 'review', verdict: 'approve' },
      { slack_user: 'U0ERIN', stage: 'compliance', verdict: 'approve' },
    ]);
    await erin.types('/hitl why s-back', { channel: 'compliance' });
    expect(await desk.note('erin', 'It went back to the stage before')).toContain('sent it back');
  });

  it('a rejection at a stage ends the item', async () => {
    await desk.submit(staged('s-reject'));
    await at.approves('alice', await at.billing('s-reject', 'Stage 1'));
    await at.fills('erin', 'Reject', 'Reject', await at.compliance('s-reject', 'Stage 2'), {
      rationale: 'Sanctioned country',
      tags: 'policy_violation',
    });
    expect(await desk.result('s-reject')).toMatchObject({
      outcome: 'rejected',
      rationale: 'Sanctioned country',
      error_tags: ['policy_violation'],
      decided_by: { slack_user: 'U0ERIN' },
      approvals: [
        { slack_user: 'U0ALICE', verdict: 'approve' },
        { slack_user: 'U0ERIN', verdict: 'reject' },
      ],
    });
  });

  it('a stage whose time runs out ends as its ladder says', async () => {
    await desk.submit(staged('s-late'));
    await at.approves('alice', await at.billing('s-late', 'Stage 1'));
    await at.compliance('s-late', 'Stage 2');
    await desk.until('its page is out', async () => {
      const pages = await desk.pager.world.db
        .selectFrom('pages')
        .select('state')
        .where('item_id', '=', 's-late')
        .where('target', '=', 'S0COMPL')
        .execute();
      return pages.some((one) => one.state === 'sent');
    });
    await desk.advance('25h');
    expect(await desk.result('s-late')).toMatchObject({ outcome: 'expired', fallback: 'reject' });
  });
});
