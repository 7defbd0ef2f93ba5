import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, refund, type Desk } from './desk.ts';

describe('when Slack does not answer as it should', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk();
  });
  afterEach(() => desk.slack.faults.clear());
  afterAll(async () => {
    expect(desk.slack.problems).toEqual([]);
    await desk.close();
  });
  const cardsOf = (id: string) =>
    ['C0BILLING', 'C0OPS']
      .flatMap((channel) => desk.slack.messages(channel))
      .filter((message) => JSON.stringify(message.blocks).includes(id));
  /** Waits, with time going on half a second at each look. */
  const inTime = <T>(what: string, look: () => T | Promise<T>) =>
    desk.until(what, async () => {
      const found = await look();
      if (!found) desk.clock.advance(500);
      return found;
    });
  const calls = (method: string, id: string) =>
    desk.slack.calls.filter(
      (call) => call.method === method && JSON.stringify(call.args).includes(id),
    );
  const failed = (method: string, id: string) =>
    desk.until(`${method} of ${id} failed`, () =>
      calls(method, id).some((call) => !call.ok || call.status === 0),
    );
  const rowOf = (id: string) =>
    desk.pager.world.db
      .selectFrom('outbox')
      .selectAll()
      .where('item_id', '=', id)
      .where('effect_json', 'like', '%draw_card%')
      .executeTakeFirst();
  /** The try is over and recorded; the next waits for its time. */
  const rests = (id: string) =>
    desk.until('the next try waits', async () => {
      const row = await rowOf(id);
      return row?.state === 'pending' && row.lease === null && row.attempts > 0;
    });
  async function laterItIsPosted(id: string): Promise<void> {
    await rests(id);
    desk.slack.faults.clear();
    // The first retry comes within two seconds.
    desk.clock.advance(2000);
    await desk.card(id);
    expect(cardsOf(id)).toHaveLength(1);
  }

  it.each([
    ['a 500', { status: 500 }],
    ['a 503', { status: 503 }],
    ['an internal error told by name', { error: 'internal_error' }],
    ['a fatal error told by name', { error: 'fatal_error' }],
  ] as const)('%s: the card is posted with the next try', async (story, fault) => {
    const id = `posted after ${story.replaceAll(' ', '-')}`;
    desk.slack.faults.next('chat.postMessage', fault);
    await desk.submit(refund(id));
    await failed('chat.postMessage', id);
    await laterItIsPosted(id);
  });

  it('no answer at all, and the line cut', async () => {
    desk.slack.faults.next('chat.postMessage', { hang: true });
    await desk.submit(refund('hang-1'));
    await desk.until('it hangs', () =>
      calls('chat.postMessage', 'hang-1').some((call) => call.error === 'hang'),
    );
    desk.slack.faults.clear();
    await laterItIsPosted('hang-1');
  });

  it('the answer lost after the post was applied: the history is read, and there is one card, which can be decided', async () => {
    desk.slack.faults.next('chat.postMessage', 'lost_answer');
    await desk.submit(refund('lost-1'));
    await rests('lost-1');
    expect(cardsOf('lost-1')).toHaveLength(1);
    desk.clock.advance(2000);
    const card = await desk.card('lost-1');
    expect(cardsOf('lost-1')).toHaveLength(1);
    expect(
      calls('chat.postMessage', '"lost-1"').length + calls('chat.postMessage', 'lost-1').length,
    ).toBeGreaterThan(0);
    await desk.slack.user('alice').clicks('Approve').on(card);
    await desk.card('lost-1', 'Approved');
  });

  it('lost twice, and the history not to be had at first: still one card', async () => {
    desk.slack.faults.next('chat.postMessage', 'lost_answer');
    desk.slack.faults.next('conversations.history', { status: 500 });
    desk.slack.faults.next('conversations.history', { error: 'internal_error' });
    await desk.submit(refund('lost-2'));
    await inTime('the card is known', async () => (await rowOf('lost-2'))?.state === 'done');
    await desk.card('lost-2');
    expect(cardsOf('lost-2')).toHaveLength(1);
  });

  it('somebody decides from a card whose answer was lost: it counts, and the card is drawn', async () => {
    desk.slack.faults.next('chat.postMessage', 'lost_answer');
    await desk.submit(refund('lost-3'));
    await rests('lost-3');
    const [card] = cardsOf('lost-3');
    if (!card) throw new Error('no card');
    await desk.slack.user('alice').clicks('Approve').on(card);
    expect(await desk.result('lost-3')).toMatchObject({ outcome: 'approved' });
    desk.clock.advance(2000);
    await desk.until('the card shows it', () =>
      cardsOf('lost-3').some((message) => desk.textOf(message).includes('Approved')),
    );
    expect(cardsOf('lost-3')).toHaveLength(1);
  });

  it('what changed since a post whose answer was lost is drawn once it is found', async () => {
    desk.slack.faults.next('chat.postMessage', 'lost_answer');
    await desk.submit(refund('lost-4'));
    await rests('lost-4');
    const [card] = cardsOf('lost-4');
    if (!card) throw new Error('no card');
    await desk.slack.user('bob').clicks('Claim').on(card);
    desk.clock.advance(2000);
    await desk.card('lost-4', 'U0BOB');
    await desk.slack
      .user('bob')
      .clicks('Release')
      .on(await desk.card('lost-4'));
    expect(cardsOf('lost-4')).toHaveLength(1);
  });

  it.each([['lost_answer'], [{ status: 500 }], [{ error: 'service_unavailable' }]] as const)(
    'an edit that meets %j is made again',
    async (fault) => {
      const id = `edit-after-${typeof fault === 'string' ? fault : Object.values(fault)[0]}`;
      await desk.submit(refund(id));
      const card = await desk.card(id);
      desk.slack.faults.next('chat.update', fault);
      await desk.slack.user('alice').clicks('Approve').on(card);
      await desk.result(id);
      await desk.until('the edit failed', () =>
        desk.slack.calls.some(
          (call) => call.method === 'chat.update' && call.args['ts'] === card.ts,
        ),
      );
      await desk.until('the next try waits', async () => {
        const rows = await desk.pager.world.db
          .selectFrom('outbox')
          .selectAll()
          .where('item_id', '=', id)
          .where('state', '=', 'pending')
          .execute();
        return rows.length === 1 && rows.every((row) => row.lease === null && row.attempts > 0);
      });
      desk.clock.advance(2000);
      await desk.card(id, 'Approved');
      expect(cardsOf(id)).toHaveLength(1);
    },
  );

  it('blocks that Slack does not take are sent in their plain form, with the buttons', async () => {
    desk.slack.faults.next('chat.postMessage', { error: 'invalid_blocks' });
    await desk.submit(refund('plain-1'));
    const card = await desk.card('plain-1');
    expect(card.blocks.map((block) => block.type)).toEqual(
      expect.arrayContaining(['section', 'actions']),
    );
    expect(card.blocks.every((block) => ['section', 'actions'].includes(block.type))).toBe(true);
    await desk.slack.user('alice').clicks('Approve').on(card);
    expect(await desk.result('plain-1')).toMatchObject({ outcome: 'approved' });
  });

  it('the token refused: nothing is lost, the log says what to do, and all goes out once it is mended', async () => {
    desk.slack.faults.every('chat.postMessage', { error: 'token_revoked' });
    await desk.submit(refund('token-1'));
    await failed('chat.postMessage', 'token-1');
    await rests('token-1');
    expect(desk.logs.map((line) => line['msg'])).toContainEqual(
      expect.stringContaining('Slack refuses SLACK_BOT_TOKEN'),
    );
    desk.slack.faults.clear();
    desk.clock.advance(300_000);
    await desk.card('token-1');
  });

  it('decided before its card could be posted: no card comes after that', async () => {
    desk.slack.faults.every('chat.postMessage', { status: 500 });
    await desk.submit(refund('never-1'));
    await rests('never-1');
    await desk.api('POST', '/v1/items/never-1/cancel');
    desk.slack.faults.clear();
    desk.clock.advance(2000);
    await desk.until('its row is done', async () => (await rowOf('never-1'))?.state === 'done');
    expect(cardsOf('never-1')).toEqual([]);
  });
});
