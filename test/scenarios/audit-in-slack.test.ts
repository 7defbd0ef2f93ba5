import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, refund, type Desk } from './desk.ts';

describe('`/hitl audit ITEM`', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk();
    await desk.submit(
      refund('told-1', { sensitive: ['$.action.args.currency'], title: '<!channel> Refund?' }),
    );
    const card = await desk.card('told-1');
    await desk.slack.user('alice').clicks('Claim').on(card);
    await desk.card('told-1', 'Release');
    await desk.slack.user('alice').clicks('Approve').on(card);
    await desk.result('told-1');
    await desk.api('POST', '/v1/items/told-1/feedback', {
      verdict: 'reversed',
      truth: { currency: 'CHF' },
    });
  });
  afterAll(async () => {
    expect(desk.slack.problems).toEqual([]);
    await desk.close();
  });
  const asks = (user: string, id: string) =>
    desk.slack.user(user).types(`/hitl audit ${id}`, { channel: 'general' });

  it('tells its whole life to those concerned, and that the record stands', async () => {
    await asks('mia', 'told-1');
    const said = await desk.note('mia', 'What happened');
    for (const words of [
      'asked a person',
      'Claimed by',
      'What was decided',
      'Approved',
      'U0ALICE',
      'reversed',
      'told by',
      '✅ All of this is as the log recorded it',
      'told-1',
    ])
      expect(said).toContain(words);
    expect(said).not.toContain('CHF');
    expect(said).not.toMatch(/EUR"/);
  });

  it('says plainly when somebody changed the database', async () => {
    const { db } = desk.pager.world;
    const set = (outcome: 'rejected' | 'approved') =>
      db.updateTable('decisions').set({ outcome }).where('item_id', '=', 'told-1').execute();
    await set('rejected');
    await asks('bob', 'told-1');
    const said = await desk.note('bob', 'Somebody changed the database');
    expect(said).toContain('decisions.outcome is "rejected", the log says "approved"');
    await set('approved');
  });

  it.each([
    ['oscar', 'told-1'],
    ['mia', 'nothing-such'],
  ])('%s hears of %s that there is no such item, or that it is not theirs', async (user, id) => {
    await asks(user, id);
    await desk.note(user, 'not yours to see');
  });

  it('without an id says how to ask', async () => {
    await asks('mia', '');
    await desk.note('mia', 'Which item?');
  });
});
