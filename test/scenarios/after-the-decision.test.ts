import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actionIds } from '../blocks/seen.ts';
import { openDesk, question, refund, type Desk } from './desk.ts';
import { ONE_RUNG } from './one-rung.ts';

describe('after the decision, the card says how it ended', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk({ policy: ONE_RUNG });
  });
  afterAll(async () => {
    expect(desk.slack.problems).toEqual([]);
    await desk.close();
  });

  /** The words of the card once it shows that, and nothing on it that could still decide. */
  async function ended(id: string, showing: string, left = ['item_details']): Promise<string> {
    const card = await desk.card(id, showing);
    expect(actionIds(card)).toEqual(left);
    return desk.textOf(card);
  }

  it('approved: by whom, when, after how long', async () => {
    await desk.submit(refund('end-1'));
    const card = await desk.card('end-1');
    await desk.advance('4m');
    await desk.slack.user('alice').clicks('Approve').on(card);
    const shown = await ended('end-1', 'Approved');
    expect(shown).toContain('U0ALICE');
    expect(shown).toContain('after 4 min');
    const at = new Date(desk.clock.now()).toISOString().slice(0, 16).replace('T', ' ');
    expect(shown).toContain(`${at} UTC`);
    expect(shown).not.toContain('Due');
  });

  it('rejected: with the reason and what was wrong', async () => {
    await desk.submit(refund('end-2'));
    const bob = desk.slack.user('bob');
    await bob.clicks('Reject').on(await desk.card('end-2'));
    await desk.modal('bob', 'Reject');
    const rationale = 'The invoice was paid twice';
    await bob.fills({ rationale, tags: ['factual', 'incomplete'] }).submits();
    const shown = await ended('end-2', 'Rejected');
    expect(shown).toContain('U0BOB');
    expect(shown).toContain(rationale);
    expect(shown).toContain('Factually wrong, Incomplete');
  });

  it('answered: with the answer', async () => {
    await desk.submit(question('end-3'));
    const card = await desk.card('end-3');
    await desk.slack
      .user('carol')
      .says('<@bot> Only in Norway', { channel: card.channel, thread_ts: card.ts });
    expect(await ended('end-3', 'Answered')).toMatch(/U0CAROL[\s\S]*Only in Norway/);
  });

  it('expired: nobody decided, which is not a rejection', async () => {
    await desk.submit(refund('end-4'));
    await desk.card('end-4');
    await desk.advance('31m');
    const shown = await ended('end-4', 'Expired', ['item_reopen', 'item_details']);
    expect(shown).toContain('not a rejection');
    expect(shown).toContain('after 3');
  });

  it('cancelled: by the producer', async () => {
    await desk.submit(refund('end-5'));
    await desk.card('end-5');
    await desk.api('POST', '/v1/items/end-5/cancel');
    expect(await ended('end-5', 'Cancelled')).toContain('nobody decided');
  });

  it('Details of a decided item still tell all of it', async () => {
    await desk.submit(refund('end-6', { justification: 'Charged twice on Monday' }));
    const alice = desk.slack.user('alice');
    await alice.clicks('Claim').on(await desk.card('end-6'));
    await alice.clicks('Approve').on(await desk.card('end-6', 'Claimed by'));
    await alice.clicks('Details').on(await desk.card('end-6', 'Approved'));
    const text = desk.textOf(await desk.modal('alice', 'Details'));
    expect(text).toContain('Charged twice on Monday');
    expect(text).toMatch(/Claimed by[\s\S]*Approved by/);
    await alice.closes();
  });
});
