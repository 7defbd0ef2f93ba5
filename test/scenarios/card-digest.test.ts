import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { saltedDigest } from '../../src/domain/hash.ts';
import { openDesk, question, refund, type Card, type Desk } from './desk.ts';

describe('a decision carries the digest of what was shown', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk();
  });
  afterEach(() => desk.slack.faults.clear());
  afterAll(async () => {
    expect(desk.slack.problems).toEqual([]);
    await desk.close();
  });

  /** Its card stands in Slack, and Slack's answer has not come. */
  async function unconfirmed(item: { id: string }): Promise<Card> {
    desk.slack.faults.next('chat.postMessage', 'held_answer');
    await desk.submit(item);
    const card = await desk.until('it is posted', () =>
      ['C0BILLING', 'support-experts']
        .flatMap((channel) => desk.slack.messages(channel))
        .find((message) => JSON.stringify(message.blocks).includes(item.id)),
    );
    const row = await desk.pager.world.db
      .selectFrom('cards')
      .select('ts')
      .where('item_id', '=', item.id)
      .executeTakeFirstOrThrow();
    expect(row.ts).toBeNull();
    return card;
  }
  /** What the digest of the result is made of. */
  async function shownAt(id: string): Promise<string> {
    const { card_digest, decision_id } = await desk.until(
      `${id} is decided`,
      async () => (await desk.status(id)).result,
    );
    const { card_json } = await desk.pager.world.db
      .selectFrom('decision_texts')
      .select('card_json')
      .where('decision_id', '=', decision_id)
      .executeTakeFirstOrThrow();
    const { salt, shown } = JSON.parse(card_json ?? '{}') as { salt: string; shown: string };
    expect(card_digest).toBe(saltedDigest(salt, shown));
    return shown;
  }

  it('by a click that comes before the post is confirmed', async () => {
    const card = await unconfirmed(refund('early-1'));
    await desk.slack.user('alice').clicks('Approve').on(card);
    expect(JSON.parse(await shownAt('early-1'))).toMatchObject({ text: card.text });
  });

  it('by a form that is opened and sent before that', async () => {
    const card = await unconfirmed(refund('early-2'));
    const alice = desk.slack.user('alice');
    await alice.clicks('Reject').on(card);
    await desk.modal('alice', 'Reject');
    await alice.fills({ rationale: 'Paid twice', tags: ['factual'] }).submits();
    expect(JSON.parse(await shownAt('early-2'))).toMatchObject({ text: card.text });
  });

  it('by an answer in the thread before that', async () => {
    const card = await unconfirmed(question('early-3'));
    const { channel, ts } = card;
    await desk.slack.user('carol').says('<@bot> Yes', { channel, thread_ts: ts });
    expect(JSON.parse(await shownAt('early-3'))).toMatchObject({ text: card.text });
  });

  it('by a click on one’s Home, of what the Home said', async () => {
    await desk.submit(refund('home-1', { title: 'The first refund' }));
    await desk.submit(refund('home-2', { title: 'The second refund' }));
    const alice = desk.slack.user('alice');
    await alice.opensHome();
    const home = await desk.until('both are there', () => {
      const view = alice.sees().home;
      const words = view ? desk.textOf(view) : '';
      return words.includes('The first refund') && words.includes('The second refund')
        ? view
        : (desk.clock.advance(250), null);
    });
    const block = home.blocks.find((one) =>
      (one['elements'] as { action_id?: string; value?: string }[] | undefined)?.some(
        (el) => el.action_id === 'item_approve' && el.value === 'home-2',
      ),
    );
    await alice.presses({ block_id: block?.block_id ?? '', action_id: 'item_approve' }).in(home);
    const shown = await shownAt('home-2');
    expect(shown).toContain('The second refund');
    expect(shown).not.toContain('The first refund');
  });
});
