/** What becomes of items while no rung of their ladder reaches anybody. */
import { describe, expect, it } from 'vitest';
import { openDesk, refund } from './desk.ts';
import { withRungs } from './one-rung.ts';
import { edited } from '../edited.ts';

describe('where there is nobody to page at all', () => {
  /** Alice alone is called, and what she asks for herself calls nobody. */
  const alone = withRungs('      - { level: 1, notify: [U0ALICE], decide_within: 1h }\n');
  const hers = { requester: { slack_user: 'U0ALICE' } };

  it('the digest card says so, and what comes forward says it of itself', async () => {
    const desk = await openDesk({
      policy: edited(alone, [
        '    ladder: billing-desk\n',
        '    ladder: billing-desk\n    open_limit: 1\n',
      ]),
    });
    await desk.submit(refund('alone-1', hers));
    await desk.submit(refund('alone-2', hers));
    await desk.until('the digest card says so', () =>
      desk.slack
        .messages('C0BILLING')
        .find((one) => desk.textOf(one).includes('There is nobody to page right now. I keep')),
    );
    expect((await desk.status('alone-2')).due_at).toBe(null);
    await desk.advance('5m');
    await desk.slack
      .user('bob')
      .clicks('Approve')
      .on(await desk.card('alone-1'));
    const card = await desk.card('alone-2');
    await desk.until('its thread says so', () =>
      desk.slack
        .messages('C0BILLING')
        .find(
          (one) =>
            one.thread_ts === card.ts && desk.textOf(one).includes('There is nobody to page'),
        ),
    );
    expect(desk.slack.problems).toEqual([]);
    await desk.close();
  });

  it('a snooze is kept: it is tried again when that is over, not in the middle of it', async () => {
    const desk = await openDesk({ policy: alone });
    await desk.submit(refund('alone-3', hers));
    await desk.until('its thread says so', () =>
      desk.slack
        .messages('C0BILLING')
        .some((one) => desk.textOf(one).includes('There is nobody to page')),
    );
    const bob = desk.slack.user('bob');
    await bob.clicks('Snooze').on(await desk.card('alone-3'));
    await desk.modal('bob', 'Snooze');
    await bob.fills({ snooze: 'An hour' }).submits();
    await desk.card('alone-3', 'Snoozed by');
    await desk.advance('40m');
    const { world } = desk.pager;
    const due = async () =>
      (
        await world.db
          .selectFrom('deadlines')
          .select(['kind', 'due_at'])
          .where('item_id', '=', 'alone-3')
          .where('state', '=', 'pending')
          .execute()
      ).map((one) => [one.kind, Math.round((one.due_at - desk.clock.now()) / 60_000)]);
    expect(await due()).toEqual([['resume', 20]]);
    await desk.advance('20m');
    expect(await due()).toEqual([['notify', 5]]);
    expect(desk.slack.problems).toEqual([]);
    await desk.close();
  });
});
