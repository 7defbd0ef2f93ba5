import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { View } from '../../simulator/slack/slack.ts';
import { openDesk, question, refund, type Desk } from './desk.ts';

describe('Home: what waits for a person', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk();
  });
  afterAll(async () => {
    expect(desk.slack.problems).toEqual([]);
    await desk.close();
  });
  const home = (user: string): View | undefined => desk.slack.user(user).sees().home;
  const text = (view: View | undefined) => (view ? desk.textOf(view) : '');
  const shows = (user: string, words: string) =>
    desk.until(`the Home of ${user} shows "${words}"`, () => {
      const view = home(user);
      if (text(view).includes(words)) return view;
      // Time goes on while they wait: what is drawn at most once in five seconds may come with the next drawing.
      desk.clock.advance(250);
      return null;
    });
  const opens = async (user: string, words: string) => {
    await desk.slack.user(user).opensHome();
    return shows(user, words);
  };
  const published = (user: string) =>
    desk.slack.calls.filter(
      (call) => call.method === 'views.publish' && call.args['user_id'] === user,
    ).length;
  /** Nothing more is to be drawn at this moment. */
  const quiet = () =>
    desk.until('all is quiet', async () => {
      const waiting = await desk.pager.world.db
        .selectFrom('outbox')
        .select('id')
        .where('state', '=', 'pending')
        .execute();
      return waiting.length === 0;
    });
  /** A button of that item there. */
  const press = (user: string, id: string, action_id: string) => {
    const view = home(user);
    const block = view?.blocks.find(
      (one) =>
        Array.isArray(one['elements']) &&
        one['elements'].some((el) => el.action_id === action_id && el.value === id),
    );
    if (!view || !block) throw new Error(`no ${action_id} of ${id} in the Home of ${user}`);
    return desk.slack.user(user).presses({ block_id: block.block_id, action_id }).in(view);
  };

  it('is drawn when it is opened, and says so where nothing waits', async () => {
    await opens('alice', 'Nothing waits for you');
    expect(text(home('alice'))).toContain('You have decided nothing in the last 7 days');
    await opens('oscar', 'You do not decide anything here');
  });

  it('shows what waits, the next due first, and is kept up while they look', async () => {
    await desk.submit(refund('late', { title: 'The later refund' }));
    await shows('alice', 'The later refund');
    await desk.submit(
      refund('soon', { title: 'The sooner refund', expires_at: '2026-11-23T09:10:00Z' }),
    );
    const view = await shows('alice', 'The sooner refund');
    const words = text(view);
    expect(words).toContain('2 items wait for you');
    expect(words.indexOf('The sooner refund')).toBeLessThan(words.indexOf('The later refund'));
    expect(words).toContain('refund: amount 240, currency EUR');
    expect(words).toContain('Approve');
    expect(text(home('oscar'))).not.toContain('refund');
  });

  it('one click there decides, and what it changed is in their week', async () => {
    const card = await desk.card('soon');
    await press('alice', 'soon', 'item_approve');
    expect(await desk.result('soon')).toMatchObject({
      outcome: 'approved',
      decided_by: { slack_user: 'U0ALICE' },
    });
    await desk.card('soon', 'Approved');
    expect(card.ts).toBeDefined();
    const words = text(await shows('alice', 'You decided'));
    expect(words).toContain('1 item');
    expect(words).toContain('went ahead as the AI had it');
    expect(words).not.toContain('The sooner refund');
  });

  it('a claim there is theirs, and a form opens where a reason is needed', async () => {
    await press('alice', 'late', 'item_claim');
    await desk.card('late', 'Claimed by');
    await shows('alice', 'You have it');
    const alice = desk.slack.user('alice');
    await press('alice', 'late', 'item_reject');
    await desk.modal('alice', 'Reject');
    alice.fills({ rationale: 'Paid twice', tags: ['factual'] });
    await alice.submits();
    expect(await desk.result('late')).toMatchObject({
      outcome: 'rejected',
      rationale: 'Paid twice',
    });
  });

  it('a button of an item that was decided meanwhile is answered in a direct message', async () => {
    await desk.submit(refund('raced', { title: 'A race' }));
    await shows('alice', 'A race');
    await desk.slack
      .user('bob')
      .clicks('Approve')
      .on(await desk.card('raced'));
    await desk.result('raced');
    await press('alice', 'raced', 'item_approve');
    await desk.until('alice is told', () =>
      desk.slack
        .dm('alice')
        .some((message) => /U0BOB/.test(`${message.text}${desk.textOf(message)}`)),
    );
  });

  it('what others decide is not shown to them', async () => {
    await desk.submit(question('support-1', { title: 'Warranty?' }));
    await opens('carol', 'Warranty?');
    const words = text(await opens('bob', 'for you'));
    expect(words).not.toContain('Warranty?');
  });

  it('many changes in five seconds are one drawing a person', async () => {
    await desk.advance('10s');
    await quiet();
    const before = published('U0ALICE');
    for (let at = 0; at < 8; at += 1) await desk.submit(refund(`burst-${at}`));
    await desk.card('burst-7');
    expect(published('U0ALICE') - before).toBeLessThanOrEqual(2);
    await shows('alice', 'burst-0');
    expect(published('U0ALICE') - before).toBeLessThanOrEqual(4);
  });

  it('after a quarter of an hour nobody is drawn for who has not come back', async () => {
    await desk.advance('16m');
    await quiet();
    const before = published('U0ALICE');
    await desk.submit(refund('unseen', { title: 'Not looked at' }));
    await desk.card('unseen');
    await desk.advance('6s');
    expect(published('U0ALICE')).toBe(before);
    await opens('alice', 'wait for you');
  });

  it('goes on after a restart, for those who look', async () => {
    await desk.restart();
    await desk.submit(
      refund('again', {
        title: 'After the restart',
        expires_at: new Date(desk.clock.now() + 120_000).toISOString(),
      }),
    );
    await shows('alice', 'After the restart');
  });

  it('managers see how things stand', async () => {
    const words = text(await opens('mia', 'How things stand'));
    expect(words).toMatch(/Billing[\s\S]*% in time \(\d+ of \d+\) · \d+ open/);
    expect(words).toContain('Who is on call');
    await desk.slack
      .user('mia')
      .types('/hitl pause billing the model was changed', { channel: 'general' });
    const held = text(await shows('mia', 'Held back'));
    expect(held).toContain('the model was changed');
    expect(text(home('alice'))).not.toContain('How things stand');
  });
});
