import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { question, refund } from './desk.ts';
import { openStagedDesk, type StagedDesk } from './staged.ts';

describe('stages whose people read the same channel', () => {
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

  it('never the same person at two stages, never the requester, never the other stage’s people', async () => {
    await desk.submit(refund('s-same', { tags: ['room'], requester: { slack_user: 'U0OSCAR' } }));
    const bob = desk.slack.user('bob');
    const alice = desk.slack.user('alice');
    const first = await at.billing('s-same', 'Stage 1');
    await bob.clicks('Approve').on(first);
    await desk.note('bob', 'can decide this');
    await alice.clicks('Approve').on(first);
    const second = await at.billing('s-same', 'Stage 2');
    await alice.clicks('Approve').on(second);
    await desk.note('alice', 'this one needs someone else');
    expect(
      (
        await desk.pager.world.db
          .selectFrom('cards')
          .select('id')
          .where('item_id', '=', 's-same')
          .execute()
      ).length,
    ).toBe(1);
    await bob.clicks('Approve').on(second);
    expect((await desk.result('s-same')).outcome).toBe('approved');

    await desk.submit(refund('s-own', { tags: ['room'], requester: { slack_user: 'U0BOB' } }));
    await alice.clicks('Approve').on(await at.billing('s-own', 'Stage 1'));
    await bob.clicks('Approve').on(await at.billing('s-own', 'Stage 2'));
    await desk.note('bob', 'You asked for this yourself');
  });

  it('the click of one stage does not count at the next: the card has changed', async () => {
    await desk.submit(refund('s-stale', { tags: ['room'] }));
    const first = await at.billing('s-stale', 'Stage 1');
    // Slack is slow: everybody goes on looking at the first stage.
    desk.slack.faults.every('chat.update', { status: 500 });
    await desk.slack.user('alice').clicks('Approve').on(first);
    await desk.slack.user('bob').clicks('Approve').on(first);
    await desk.note('bob', 'This card has changed');
    desk.slack.faults.clear();
    await desk.advance('1m');
    await desk.slack
      .user('bob')
      .clicks('Approve')
      .on(await at.billing('s-stale', 'Stage 2'));
    expect((await desk.result('s-stale')).approvals).toHaveLength(2);
  });

  it('a question: what the first answered is confirmed by one click, or answered otherwise', async () => {
    await desk.submit(question('s-question', { tags: ['room'], domain: 'billing' }));
    const alice = desk.slack.user('alice');
    await alice.clicks('Answer').on(await at.billing('s-question', 'Stage 1'));
    await desk.modal('alice', 'Answer');
    alice.fills({ answer: 'Only rain.' });
    await alice.submits();
    const second = await at.billing('s-question', 'Stage 2');
    await desk.slack.user('bob').clicks('Same as “Only rain.”').on(second);
    expect(await desk.result('s-question')).toMatchObject({
      outcome: 'answered',
      answer: 'Only rain.',
      approvals: [
        { slack_user: 'U0ALICE', stage: 'first', verdict: 'answer' },
        { slack_user: 'U0BOB', stage: 'second', verdict: 'answer' },
      ],
    });
  });

  it('any chain: each of three signs, and each later one may send it back', async () => {
    await desk.submit(refund('s-three', { tags: ['three'] }));
    const card = (stage: number) => at.billing('s-three', `Stage ${stage} of 3`);
    await desk.slack
      .user('alice')
      .clicks('Approve')
      .on(await card(1));
    await desk.slack
      .user('bob')
      .clicks('Approve')
      .on(await card(2));
    await at.fills('mia', 'Send back', 'Send back', await card(3), {
      rationale: 'Look at the tax',
    });
    await at.fills(
      'bob',
      'Send back',
      'Send back',
      await at.billing('s-three', 'Look at the tax'),
      {
        rationale: 'The tax, please',
      },
    );
    await desk.slack
      .user('alice')
      .clicks('Approve')
      .on(await at.billing('s-three', 'The tax, please'));
    await desk.slack
      .user('bob')
      .clicks('Approve')
      .on(await card(2));
    await desk.slack
      .user('mia')
      .clicks('Approve')
      .on(await card(3));
    expect((await desk.result('s-three')).approvals?.map((one) => one.stage)).toEqual([
      'one',
      'two',
      'three',
    ]);
  });
});
