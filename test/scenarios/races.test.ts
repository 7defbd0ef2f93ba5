import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, question, refund, type Card, type Desk } from './desk.ts';

const CROWD = Array.from({ length: 20 }, (_, at) => ({ id: `U0CROWD${at}`, name: `crowd${at}` }));

describe('many at once, twice, too late', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk();
    for (const one of CROWD) desk.slack.addUser(one);
    const members = desk.slack.workspace.channels.get('C0BILLING')?.members;
    for (const { id } of CROWD) members?.add(id);
    desk.slack.setUsergroupUsers('S0BILLING', ['U0ALICE', 'U0BOB', ...CROWD.map(({ id }) => id)]);
  });
  afterAll(async () => {
    expect(desk.slack.problems).toEqual([]);
    await desk.close();
  });

  const decisionsOf = (id: string) =>
    desk.pager.world.db.selectFrom('decisions').selectAll().where('item_id', '=', id).execute();

  it('twenty people click at once: one wins, and all others hear who', async () => {
    await desk.submit(refund('crowd-1'));
    const card = await desk.card('crowd-1');
    const clicks = await Promise.all(
      CROWD.map(({ name }) => desk.slack.user(name).clicks('Approve').on(card)),
    );
    expect(clicks.filter((click) => click.failed)).toEqual([]);
    const { decided_by } = await desk.result('crowd-1');
    const winner = decided_by.type === 'human' ? decided_by.slack_user : '';
    expect(await decisionsOf('crowd-1')).toHaveLength(1);
    for (const { id } of CROWD.filter((one) => one.id !== winner))
      await desk.note(id, `<@${winner}> approved this`);
    expect(desk.slack.ephemerals('billing-experts', winner)).toEqual([]);
  });

  it('two say different things at once: one word counts, the other is told which', async () => {
    await desk.submit(
      question('crowd-2', {
        options: [
          { id: 'y', label: 'Yes' },
          { id: 'n', label: 'No' },
        ],
      }),
    );
    const card = await desk.card('crowd-2');
    const [alice, carol] = [desk.slack.user('alice'), desk.slack.user('carol')];
    await Promise.all([alice.clicks('Yes').on(card), carol.clicks('No').on(card)]);
    const { answer, decided_by } = await desk.result('crowd-2');
    const first = decided_by.type === 'human' ? decided_by.slack_user : '';
    expect([
      ['U0ALICE', 'Yes'],
      ['U0CAROL', 'No'],
    ]).toContainEqual([first, answer]);
    await desk.note(first === 'U0ALICE' ? 'carol' : 'alice', `<@${first}> answered this`);
  });

  it('a double click decides once, and is told kindly', async () => {
    await desk.submit(refund('double-1'));
    const card = await desk.card('double-1');
    const alice = desk.slack.user('alice');
    await Promise.all([alice.clicks('Approve').on(card), alice.clicks('Approve').on(card)]);
    expect(await desk.result('double-1')).toMatchObject({ outcome: 'approved' });
    await desk.note('alice', 'You approved this');
    expect(await decisionsOf('double-1')).toHaveLength(1);
  });

  it('an out-of-date card: told who decided, and it is drawn again', async () => {
    await desk.submit(refund('late-1'));
    const seen = await desk.card('late-1');
    await desk.slack.user('alice').clicks('Approve').on(seen);
    await desk.card('late-1', 'Approved');
    await desk.advance('2m');
    const bob = desk.slack.user('bob');
    await bob.clicks('Reject').on(seen, { as_seen: true });
    await desk.note('bob', '<@U0ALICE> approved this 2 min ago');
    expect(bob.sees().modals).toEqual([]);
    expect(await decisionsOf('late-1')).toHaveLength(1);
  });

  it('a form sent after somebody else decided says so itself, whatever is in it', async () => {
    for (const [id, rationale] of [
      ['late-2', 'The bank decides this one'],
      ['late-3', '.'],
    ] as const) {
      await desk.submit(refund(id));
      const bob = desk.slack.user('bob');
      await bob.clicks('Reject').on(await desk.card(id));
      await desk.modal('bob', 'Reject');
      await desk.slack
        .user('alice')
        .clicks('Approve')
        .on(await desk.card(id));
      await desk.result(id);
      const sent = await bob.fills({ rationale, tags: ['other'] }).submits();
      expect(sent).toMatchObject({ closed: false });
      expect(sent.failed).toBeUndefined();
      const modal = await desk.modal('bob', 'Not done');
      expect(desk.textOf(modal)).toContain('<@U0ALICE> approved this');
      expect(modal.submit).toBeUndefined();
      await bob.closes();
      expect(await decisionsOf(id)).toHaveLength(1);
    }
  });

  it('an item that was cancelled under an open form', async () => {
    await desk.submit(refund('late-4'));
    const bob = desk.slack.user('bob');
    await bob.clicks('Reject').on(await desk.card('late-4'));
    await desk.modal('bob', 'Reject');
    expect((await desk.api('POST', '/v1/items/late-4/cancel')).status).toBe(200);
    await bob.fills({ rationale: 'Too late for this', tags: ['other'] }).submits();
    expect(desk.textOf(await desk.modal('bob', 'Not done'))).toContain('This was cancelled');
    await bob.closes();
  });

  /** The card as Slack shows it while the product has not heard yet that it was posted. */
  async function unconfirmed(item: { id: string }): Promise<Card> {
    desk.slack.faults.next('chat.postMessage', 'lost_answer');
    await desk.submit(item);
    return desk.until('the card is in the channel', () =>
      desk.slack
        .messages('support-experts')
        .find((one) => JSON.stringify(one.blocks).includes(`"${item.id}"`)),
    );
  }

  it('a card whose post was never confirmed can be decided all the same', async () => {
    const card = await unconfirmed(question('lost-1', { options: [{ id: 'y', label: 'Yes' }] }));
    await desk.slack.user('carol').clicks('Yes').on(card);
    expect(await desk.result('lost-1')).toMatchObject({ answer: 'Yes' });
  });

  it('…by its menu too, which carries no item of its own', async () => {
    const options = [1, 2, 3, 4, 5].map((at) => ({ id: `o${at}`, label: `Reason ${at}` }));
    const card = await unconfirmed(question('lost-2', { options }));
    await desk.slack.user('carol').chooses('Reason 2').from('Choose an answer').on(card);
    expect(await desk.result('lost-2')).toMatchObject({ choice: 'o2' });
  });

  it('a button that names another item does nothing to either', async () => {
    await desk.submit(refund('forged-1'));
    await desk.submit(refund('forged-2'));
    const card = await desk.card('forged-1');
    const forged = JSON.parse(
      JSON.stringify(card).replaceAll('"value":"forged-1"', '"value":"forged-2"'),
    ) as Card;
    await desk.slack.user('alice').clicks('Approve').on(forged, { as_seen: true });
    await desk.note('alice', 'This item is not here any more');
    for (const id of ['forged-1', 'forged-2']) expect((await desk.status(id)).status).toBe('open');
  });

  it('an envelope that Slack delivers twice decides once and opens one form', async () => {
    await desk.submit(refund('twice-1'));
    desk.slack.deliverTwice();
    await desk.slack
      .user('alice')
      .clicks('Approve')
      .on(await desk.card('twice-1'));
    expect(await desk.result('twice-1')).toMatchObject({ outcome: 'approved' });
    await desk.note('alice', 'You approved this');
    expect(await decisionsOf('twice-1')).toHaveLength(1);

    await desk.submit(refund('twice-2'));
    desk.slack.deliverTwice();
    const bob = desk.slack.user('bob');
    await bob.clicks('Reject').on(await desk.card('twice-2'));
    await desk.until(
      'both were handled',
      () => desk.slack.calls.filter((call) => call.error === 'exchanged_trigger_id').length === 1,
    );
    expect(bob.sees().modals).toHaveLength(1);
    await bob.fills({ rationale: 'Paid twice already', tags: ['other'] }).submits();
    await desk.result('twice-2');
    const told = desk.slack.ephemerals('billing-experts', 'bob').map((note) => note.text);
    expect(told.filter((words) => words.includes('too slow'))).toEqual([]);
  });

  it('a click that can be decided here asks Slack nothing, and counts though Slack answers nobody', async () => {
    await desk.submit(refund('alone-1'));
    const card = await desk.card('alone-1');
    const before = desk.slack.calls.length;
    desk.slack.faults.every('*', { status: 503 });
    const clicked = await desk.slack.user('alice').clicks('Approve').on(card);
    expect(clicked.failed).toBeUndefined();
    expect(await desk.result('alone-1')).toMatchObject({ outcome: 'approved' });
    const asked = desk.slack.calls.slice(before).map((call) => call.method);
    expect(asked.filter((method) => method !== 'chat.update')).toEqual([]);
    desk.slack.faults.clear();
    await desk.advance('1m');
    await desk.card('alone-1', 'Approved');
  });

  it('a trigger that ran out before the form opened: told to try once more', async () => {
    await desk.submit(refund('slow-form'));
    desk.slack.faults.next('views.open', { error: 'expired_trigger_id' });
    const bob = desk.slack.user('bob');
    await bob.clicks('Edit').on(await desk.card('slow-form'));
    await desk.note('bob', 'Slack was too slow to open that. Please try once more.');
    await bob.clicks('Edit').on(await desk.card('slow-form'));
    await desk.modal('bob', 'Edit and approve');
  });
});
