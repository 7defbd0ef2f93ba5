import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, question, refund, type Desk } from './desk.ts';

describe('an item goes in, an expert decides in Slack, the result comes out', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk();
  });
  afterAll(async () => {
    expect(desk.slack.problems).toEqual([]);
    await desk.close();
  });

  it('one click approves: the card shows who and when, and no live button remains', async () => {
    await desk.submit(refund('approve-1', { run_id: 'run-7', state: { step: 3 } }));
    const card = await desk.card('approve-1');
    const clicked = await desk.slack.user('alice').clicks('Approve').on(card);
    expect(clicked.failed).toBeUndefined();

    const shown = await desk.card('approve-1', 'Approved');
    expect(desk.textOf(shown)).toContain('U0ALICE');
    expect(JSON.stringify(shown.blocks)).not.toContain('item_approve');

    expect(await desk.result('approve-1')).toMatchObject({
      item_id: 'approve-1',
      run_id: 'run-7',
      state: { step: 3 },
      outcome: 'approved',
      action: { name: 'refund', args: { amount: 240, currency: 'EUR' } },
      decided_by: { type: 'human', slack_user: 'U0ALICE', name: 'alice', level: 1 },
      policy: { rule: 'unsure' },
    });
  });

  it('a rejection asks for a reason and a tag, and shows what is missing on the field', async () => {
    await desk.submit(refund('reject-1'));
    const bob = desk.slack.user('bob');
    await bob.clicks('Reject').on(await desk.card('reject-1'));
    await desk.until('the form', () => bob.sees().modals.length === 1);
    bob.fills({ rationale: 'no' });
    const short = await bob.submits().catch((error: Error) => error.message);
    expect(JSON.stringify(short)).toMatch(/rationale|tags/);

    bob.fills({ rationale: 'The invoice was paid twice already', tags: ['factual'] });
    expect(await bob.submits()).toMatchObject({ closed: true });
    expect(await desk.result('reject-1')).toMatchObject({
      outcome: 'rejected',
      rationale: 'The invoice was paid twice already',
      error_tags: ['factual'],
    });
  });

  it('a reply in the thread that mentions the bot answers a question', async () => {
    await desk.submit(question('thread-1'));
    const card = await desk.card('thread-1');
    await desk.slack.user('carol').says('<@bot> Only with the extended plan & a receipt', {
      channel: card.channel,
      thread_ts: card.ts,
    });
    expect(await desk.result('thread-1')).toMatchObject({
      outcome: 'answered',
      answer: 'Only with the extended plan & a receipt',
      decided_by: { slack_user: 'U0CAROL' },
    });
  });

  it('an outsider is told privately whom to ask, and nothing changes', async () => {
    await desk.submit(refund('outsider-1'));
    const card = await desk.card('outsider-1');
    await desk.slack.user('oscar').clicks('Approve').on(card);
    const note = await desk.until('a private note', () =>
      desk.slack.ephemerals(card.channel, 'oscar').at(-1),
    );
    expect(note.text).toContain('U0ALICE');
    expect((await desk.status('outsider-1')).status).toBe('open');
  });
});
