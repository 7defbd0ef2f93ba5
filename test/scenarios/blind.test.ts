import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, question, refund, type Desk } from './desk.ts';
import { POLICY, sure, checkOf } from './checked.ts';

describe('a blind item: the expert answers first', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk({ policy: POLICY });
  });
  afterAll(async () => {
    expect(desk.slack.problems).toEqual([]);
    await desk.close();
  });

  const secret = {
    tags: ['blind'],
    confidence: 0.431,
    proposal: 'PROPOSED-BY-AI',
    justification: 'REASONS-OF-AI',
    ensemble: [{ source: 'other-model', answer: 'ENSEMBLE-OF-AI', confidence: 0.517 }],
    source_reliability: 0.723,
  };
  const GIVEN_AWAY = /PROPOSED-BY-AI|REASONS-OF-AI|ENSEMBLE-OF-AI|0\.43|43 %|52 %|72 %|confidence/i;
  const said = (id: string, compared: string | null) =>
    desk.until(`${id} was compared`, async () => {
      const row = await desk.pager.world.db
        .selectFrom('decisions')
        .select(['compared'])
        .where('item_id', '=', id)
        .executeTakeFirst();
      return row && row.compared === compared ? [row] : null;
    });

  it('nothing on the card, in Details, in a form or in “why” gives the AI away, until it is answered', async () => {
    await desk.submit(question('b-question', { ...secret, options: [{ id: 'y', label: 'Yes' }] }));
    const card = await desk.card('b-question');
    expect(desk.textOf(card)).toContain('*Blind*: answer first');
    expect(desk.textOf(card)).not.toMatch(GIVEN_AWAY);
    const carol = desk.slack.user('carol');
    await carol.clicks('Details').on(card);
    expect(desk.textOf(await desk.modal('carol', 'Details'))).not.toMatch(GIVEN_AWAY);
    await carol.closes();
    await carol.types('/hitl why b-question', { channel: 'support-experts' });
    expect(await desk.note('carol', 'Why is shown once it is decided')).not.toMatch(GIVEN_AWAY);
    await carol.clicks('Write an answer').on(card);
    expect(desk.textOf(await desk.modal('carol', 'Answer'))).not.toMatch(GIVEN_AWAY);
    carol.fills({ answer: 'Only rain.' });
    await carol.submits();
    const compare = desk.textOf(await desk.modal('carol', 'You and the AI'));
    expect(compare).toContain('PROPOSED-BY-AI');
    expect(compare).toContain('Only rain.');
    expect(compare).toContain('43 %');
    carol.fills({ compared: 'No, it is different' });
    expect(await carol.submits()).toMatchObject({ closed: true });
    await said('b-question', 'different');
    expect(await desk.result('b-question')).toMatchObject({
      outcome: 'answered',
      answer: 'Only rain.',
    });
    expect(desk.textOf(await desk.card('b-question', 'something different'))).toContain(
      'PROPOSED-BY-AI',
    );
  });

  it('one click answers too; who closes the window says it later, and only they do', async () => {
    await desk.submit(refund('b-approval', secret));
    const card = await desk.card('b-approval');
    expect(desk.textOf(card)).not.toMatch(GIVEN_AWAY);
    const alice = desk.slack.user('alice');
    await alice.clicks('Approve').on(card);
    expect(desk.textOf(await desk.modal('alice', 'You and the AI'))).toContain('REASONS-OF-AI');
    await alice.closes();
    await said('b-approval', null);
    const decided = await desk.card('b-approval', 'Answered blind.');
    await desk.slack.user('bob').clicks('Same or different?').on(decided);
    await desk.note('bob', 'decided this, so it is theirs to say');
    await alice.clicks('Same or different?').on(decided);
    await desk.modal('alice', 'You and the AI');
    alice.fills({ compared: 'Yes, the same in substance' });
    await alice.submits();
    await said('b-approval', 'same');
    const shown = await desk.card('b-approval', 'the AI said the same');
    expect(JSON.stringify(shown.blocks)).not.toContain('item_compare');
  });

  const review = (id: string, more: object = {}) => ({
    id,
    kind: 'review',
    domain: 'support',
    title: 'A reply to a customer',
    body: 'Where is my parcel?',
    impact: 3,
    ...secret,
    ...more,
  });

  it('a review is judged by one’s own words, kept before the AI’s are shown', async () => {
    await desk.submit(review('b-review'));
    const card = await desk.card('b-review');
    expect(desk.textOf(card)).not.toMatch(GIVEN_AWAY);
    expect(JSON.stringify(card.blocks)).not.toMatch(/item_approve|item_edit|item_reject/);
    const carol = desk.slack.user('carol');
    await carol.clicks('Answer').on(card);
    expect(desk.textOf(await desk.modal('carol', 'Your own answer'))).not.toMatch(GIVEN_AWAY);
    carol.fills({ answer: 'It is on its way.' });
    await carol.submits();
    expect(desk.textOf(await desk.modal('carol', 'You and the AI'))).toContain('PROPOSED-BY-AI');
    await carol.closes();
    expect((await desk.status('b-review')).status).toBe('open');
    // What she has seen she cannot unsee: her own words stay as they were.
    await carol.clicks('Answer').on(card);
    expect(desk.textOf(await desk.modal('carol', 'You and the AI'))).toContain('It is on its way.');
    carol.fills({ compared: 'No, it is different' });
    await carol.submits();
    expect(await desk.result('b-review')).toMatchObject({
      outcome: 'edited',
      answer: 'It is on its way.',
    });
    await said('b-review', 'different');
  });

  it('the same words approve it; what cannot be edited is rejected with them', async () => {
    await desk.submit(review('b-same'));
    await desk.submit(review('b-reject', { allowed: ['approve', 'reject'] }));
    const carol = desk.slack.user('carol');
    for (const [id, choice] of [
      ['b-same', 'Yes, the same in substance'],
      ['b-reject', 'No, it is different'],
    ] as const) {
      await carol.clicks('Answer').on(await desk.card(id));
      await desk.modal('carol', 'Your own answer');
      carol.fills({ answer: 'It is on its way.' });
      await carol.submits();
      await desk.modal('carol', 'You and the AI');
      carol.fills({ compared: choice });
      await carol.submits();
    }
    expect((await desk.result('b-same')).outcome).toBe('approved');
    expect(await desk.result('b-reject')).toMatchObject({
      outcome: 'rejected',
      rationale: 'It is on its way.',
    });
  });

  it('a blind check does not say that the AI was let through, and its outcome goes nowhere', async () => {
    const item = { ...review('b-check', sure), tags: ['blind-check'] };
    await desk.submit(item);
    expect((await desk.result('b-check')).outcome).toBe('auto_approved');
    const id = checkOf(item);
    const card = await desk.card(id);
    expect(desk.textOf(card)).not.toMatch(/let through|check|97/i);
    const carol = desk.slack.user('carol');
    await carol.types(`/hitl why ${id}`, { channel: 'support-experts' });
    expect(await desk.note('carol', 'A reply to a customer')).not.toMatch(/let .*through|0\.97/);
    await carol.clicks('Answer').on(card);
    await desk.modal('carol', 'Your own answer');
    carol.fills({ answer: 'It is on its way.' });
    await carol.submits();
    await desk.modal('carol', 'You and the AI');
    carol.fills({ compared: 'Yes, the same in substance' });
    await carol.submits();
    await said(id, 'same');
    expect(desk.textOf(await desk.card(id, 'Approved'))).toContain('*A check*');
  });
});
