import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { candidateOrder } from '../../blocks/cards/candidate-order.ts';
import { actionIds } from '../blocks/seen.ts';
import { openDesk, question, refund, type Desk } from './desk.ts';

const review = (id: string, more: object = {}) => ({
  id,
  kind: 'review',
  domain: 'support',
  title: 'Is this reply right?',
  proposal: 'Your parcel arrives on Tuesday.',
  confidence: 0.4,
  impact: 4,
  ...more,
});

const comparison = (id: string, more: object = {}) => ({
  id,
  kind: 'comparison',
  domain: 'support',
  title: 'Which reply is better?',
  candidates: [
    { id: 'short', text: 'Yes.' },
    { id: 'long', text: 'Yes, as long as you have the receipt.' },
    { id: 'rude', text: 'Read the manual.' },
  ],
  confidence: 0.4,
  impact: 4,
  ...more,
});

const OPTIONS = [
  { id: 'dup', label: 'Duplicate charge', prefill: 'You were charged twice; we refund one.' },
  { id: 'fraud', label: 'Fraud' },
];

describe('the table of kinds, buttons and outcomes', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk();
  });
  afterAll(async () => {
    expect(desk.slack.problems).toEqual([]);
    await desk.close();
  });

  /** Puts an item in and opens the form behind that button of its card. */
  async function opens(user: string, button: string, item: { id: string }, title: string) {
    await desk.submit(item);
    await desk.slack
      .user(user)
      .clicks(button)
      .on(await desk.card(item.id));
    await desk.modal(user, title);
    return desk.slack.user(user);
  }

  it('approval: the arguments are edited, and what runs is the edited action', async () => {
    const bob = await opens('bob', 'Edit', refund('a-edit'), 'Edit and approve');
    const args = { Amount: '120', rationale: 'half was used' };
    expect(await bob.fills(args).submits()).toMatchObject({
      closed: true,
    });
    expect(await desk.result('a-edit')).toMatchObject({
      outcome: 'edited',
      action: { name: 'refund', args: { amount: 120, currency: 'EUR' } },
      rationale: 'half was used',
    });
    const shown = desk.textOf(await desk.card('a-edit', 'Edited and approved'));
    expect(shown).toContain('240');
    expect(shown).toContain('120');
  });

  it('an edit that changes nothing stays open, with what is wrong on the field', async () => {
    const alice = await opens('alice', 'Edit', refund('a-same'), 'Edit and approve');
    const sent = await alice.submits();
    expect(sent.errors).toEqual({ 'field:1': 'Nothing was changed: approve instead.' });
    await alice.closes();
  });

  it.each([
    ['no JSON', '{amount: 120', 'This is not JSON'],
    ['a text where a number was', '{"amount": "120", "to": {"bic": "X"}}', 'must be a number'],
    ['an argument left out', '{"amount": 120}', 'to is missing'],
    ['an argument of their own', '{"amount": 1, "to": {"bic": "X"}, "iban": 1}', 'was not there'],
    ['a list', '[120, "EUR"]', 'must stay an object'],
    ['nothing changed', '{"to": {"bic": "X"}, "amount": 240}', 'Nothing was changed'],
  ])(
    'an edit of nested arguments with %s stays open with what is wrong on the field',
    async (what, typed, problem) => {
      const id = `a-edit-${what.replaceAll(' ', '-')}`;
      const action = { name: 'transfer', args: { amount: 240, to: { bic: 'X' } } };
      const alice = await opens('alice', 'Edit', refund(id, { action }), 'Edit and approve');
      const sent = await alice.fills({ answer: typed }).submits();
      expect(sent.closed).toBe(false);
      expect(sent.errors?.answer).toContain(problem);
      expect((await desk.status(id)).status).toBe('open');
      await alice.closes();
    },
  );

  it('approval: a rejection without a tag stays in the form', async () => {
    const alice = await opens('alice', 'Reject', refund('a-reject'), 'Reject');
    alice.fills({ rationale: 'The bank decides this one' });
    await expect(alice.submits()).rejects.toThrow(/tags/);
    expect(await alice.fills({ rationale: '.', tags: ['other'] }).submits()).toMatchObject({
      errors: { rationale: 'Say why, in a few words.' },
    });
    alice.fills({ rationale: 'The bank decides this one', tags: ['policy_violation', 'tone'] });
    expect(await alice.submits()).toMatchObject({ closed: true });
    const result = await desk.result('a-reject');
    expect(result).toMatchObject({
      outcome: 'rejected',
      rationale: 'The bank decides this one',
      error_tags: ['policy_violation', 'tone'],
    });
    expect(result.action).toBeUndefined();
  });

  it('review: right as it is', async () => {
    await desk.submit(review('r-approve'));
    await desk.slack
      .user('carol')
      .clicks('Approve')
      .on(await desk.card('r-approve'));
    const result = await desk.result('r-approve');
    expect(result).toMatchObject({ outcome: 'approved' });
    expect(result.action).toBeUndefined();
  });

  it('review: an edited proposal comes back as the answer', async () => {
    const carol = await opens('carol', 'Edit', review('r-edit'), 'Edit and approve');
    expect(await carol.submits()).toMatchObject({
      errors: { answer: 'Nothing was changed: approve instead.' },
    });
    await carol.fills({ answer: 'Your parcel arrives on Wednesday.' }).submits();
    expect(await desk.result('r-edit')).toMatchObject({
      outcome: 'edited',
      answer: 'Your parcel arrives on Wednesday.',
    });
  });

  it('review: wrong, with the reason', async () => {
    const carol = await opens('carol', 'Reject', review('r-reject'), 'Reject');
    await carol.fills({ rationale: 'We have no such date', tags: ['factual'] }).submits();
    expect(await desk.result('r-reject')).toMatchObject({
      outcome: 'rejected',
      error_tags: ['factual'],
    });
  });

  it.each([
    ['Duplicate charge', { answer: 'You were charged twice; we refund one.', choice: 'dup' }],
    ['Fraud', { answer: 'Fraud', choice: 'fraud' }],
  ])('question: one click on "%s" answers with its prefill or label', async (label, expected) => {
    const id = `q-${label}`;
    await desk.submit(question(id, { options: OPTIONS }));
    await desk.slack
      .user('carol')
      .clicks(label)
      .on(await desk.card(id));
    expect(await desk.result(id)).toMatchObject({ outcome: 'answered', ...expected });
  });

  it('question: more than four options are a menu', async () => {
    const options = [1, 2, 3, 4, 5].map((at) => ({ id: `o${at}`, label: `Reason ${at}` }));
    await desk.submit(question('q-menu', { options }));
    const card = await desk.card('q-menu');
    expect(actionIds(card).filter((id) => id.startsWith('item_answer:'))).toEqual([]);
    await desk.slack.user('carol').chooses('Reason 4').from('Choose an answer').on(card);
    expect(await desk.result('q-menu')).toMatchObject({ answer: 'Reason 4', choice: 'o4' });
  });

  it('question: a typed answer, on its own or in place of an option’s text', async () => {
    const free = await opens('carol', 'Answer', question('q-free'), 'Answer');
    await free.fills({ answer: 'Only in Norway', rationale: 'Contract, page 3' }).submits();
    const result = await desk.result('q-free');
    expect(result).toMatchObject({ answer: 'Only in Norway', rationale: 'Contract, page 3' });
    expect(result.choice).toBeUndefined();

    const carol = await opens(
      'carol',
      'Write an answer',
      question('q-own', { options: OPTIONS }),
      'Answer',
    );
    expect(await carol.submits()).toMatchObject({ closed: false });
    await carol.fills({ choice: 'Fraud', answer: 'Fraud, we think' }).submits();
    expect(await desk.result('q-own')).toMatchObject({
      answer: 'Fraud, we think',
      choice: 'fraud',
    });
  });

  it('comparison: the candidate in that place wins, whatever order they came in', async () => {
    for (const id of ['c-1', 'c-2', 'c-3', 'c-4']) {
      const item = comparison(id);
      await desk.submit(item);
      const card = await desk.card(id);
      const order = candidateOrder(item);
      const text = desk.textOf(card);
      const places = order.map((one) => text.indexOf(one.text));
      expect(places).toEqual(places.toSorted((a, b) => a - b));
      await desk.slack.user('carol').clicks('B').on(card);
      expect(await desk.result(id)).toMatchObject({ outcome: 'preferred', choice: order[1]?.id });
    }
  });

  it('comparison: a tie', async () => {
    await desk.submit(comparison('c-tie'));
    await desk.slack
      .user('alice')
      .clicks('Tie')
      .on(await desk.card('c-tie'));
    expect(await desk.result('c-tie')).toMatchObject({ outcome: 'preferred', choice: 'tie' });
  });

  it.each([
    ['approval', refund('n-1', { allowed: ['approve', 'reject'] }), ['item_edit']],
    ['review', review('n-2', { allowed: ['reject'] }), ['item_approve', 'item_edit']],
    ['approval', refund('n-3', { action: { name: 'ping' } }), ['item_edit']],
  ])('`allowed` narrows the buttons of an %s (%#)', async (_kind, item, absent) => {
    await desk.submit(item);
    const buttons = actionIds(await desk.card(item.id));
    for (const one of absent) expect(buttons).not.toContain(one);
    expect(buttons).toContain('item_reject');
  });

  it('where the policy wants a reason with every approval, Approve asks for it', async () => {
    const alice = await opens('alice', 'Approve', refund('a-high', { impact: 9.5 }), 'Approve');
    expect(await alice.fills({ rationale: 'ok' }).submits()).toMatchObject({
      errors: { rationale: 'Say why, in a few words.' },
    });
    await alice.fills({ rationale: 'Checked with the contract' }).submits();
    expect(await desk.result('a-high')).toMatchObject({
      outcome: 'approved',
      rationale: 'Checked with the contract',
    });
  });
});
