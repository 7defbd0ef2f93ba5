import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { messageAsText } from '../../simulator/slack/text.ts';
import { openDesk, refund, type Card, type Desk } from './desk.ts';
import { withRungs } from './one-rung.ts';

/** Billing calls alice, then bob and oscar beside each other, then mia. */
const policy =
  withRungs(`      - { level: 1, notify: [U0ALICE], claim_within: 10m, decide_within: 30m }
      - { level: 2, notify: [U0BOB, U0OSCAR], decide_within: 4h }
      - { level: 3, notify: [U0BOSS], decide_within: 24h }
`);

describe('a page', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk({ policy });
  });
  afterEach(() => desk.slack.faults.clear());
  afterAll(async () => {
    expect(desk.slack.problems).toEqual([]);
    await desk.close();
  });
  const read = (message: Card): string =>
    messageAsText(message, { now: desk.clock.now(), timezone: 'UTC', width: 1000 })
      .split('\n')
      .map((line) => line.replace(/^[╭╮╰╯─│┌┐└┘ ]+|[╭╮╰╯─│┌┐└┘ ]+$/g, ''))
      .filter((line) => line !== '')
      .join('\n');
  /** The DM about that item, once it says so. */
  const page = (user: string, id: string, saying: string) =>
    desk.until(`${user} reads "${saying}" of ${id}`, () =>
      desk.slack
        .dm(user)
        .find((one) => JSON.stringify(one.blocks).includes(id) && read(one).includes(saying)),
    );
  const thread = async (id: string) => {
    const card = await desk.card(id);
    return desk.slack
      .messages(card.channel)
      .filter((message) => message.thread_ts === card.ts && message.ts !== card.ts)
      .map(read);
  };
  const threadSays = (id: string, words: string) =>
    desk.until(`the thread of ${id} says "${words}"`, async () =>
      (await thread(id)).find((line) => line.includes(words)),
    );

  it('is a short card in a DM: what, why, until when, and a way to it', async () => {
    await desk.submit(refund('dm-1'));
    const card = await desk.card('dm-1');
    const shown = await page('alice', 'dm-1', 'Open');
    expect(read(shown)).toBe(
      [
        '📟 Billing needs you:',
        'Refund 240 EUR to customer 88?',
        '• confidence 0.42, below 0.60',
        '🙋 Claim by today 9:10 AM · ⏰ Due today 9:30 AM · Billing · dm-1',
        '[ Open ]  [ Claim ]  [ I can’t ]',
      ].join('\n'),
    );
    expect(JSON.stringify(shown.blocks)).toContain(
      `/archives/C0BILLING/p${card.ts.replace('.', '')}`,
    );
    expect(shown.text).toBe('📟 Approval · Billing needs you: Refund 240 EUR to customer 88?');
    await desk.slack.user('alice').clicks('Open').on(shown);
  });

  it('can be claimed where it is; once decided it says by whom, and has nothing left to press but Open', async () => {
    await desk.submit(refund('dm-2'));
    await desk.slack
      .user('alice')
      .clicks('Claim')
      .on(await page('alice', 'dm-2', 'Open'));
    await page('alice', 'dm-2', 'You have this one');
    await desk.slack
      .user('bob')
      .clicks('Approve')
      .on(await desk.card('dm-2', 'Claimed by'));
    const ended = await page('alice', 'dm-2', 'Nothing more to do');
    expect(read(ended)).toContain('✅ Approved by @U0BOB');
    expect(read(ended)).not.toContain('Claim');
    expect(desk.slack.dm('alice').filter((one) => read(one).includes('dm-2'))).toHaveLength(1);
  });

  it('“I can’t” pages the next rung at once, with a word', async () => {
    await desk.submit(refund('pass-1'));
    await desk.slack
      .user('alice')
      .clicks('I can’t')
      .on(await page('alice', 'pass-1', 'Open'));
    await threadSays(
      'pass-1',
      '@U0ALICE can’t take this one. @U0BOB and @U0OSCAR, you are up next',
    );
    await page('bob', 'pass-1', 'Billing needs you');
    expect(read(await page('alice', 'pass-1', 'You passed this one on'))).not.toContain('I can’t');
  });

  it('of two, one may pass it: the other still has it, and nothing climbs until both have', async () => {
    await desk.submit(refund('pass-2'));
    await page('alice', 'pass-2', 'Open');
    await desk.advance('10m');
    const bob = await page('bob', 'pass-2', 'Open');
    await desk.slack.user('bob').clicks('I can’t').on(bob);
    await threadSays('pass-2', '@U0BOB can’t take this one; it is still with @U0OSCAR.');
    await page('alice', 'pass-2', 'Escalated to level 2');
    await desk.slack.user('bob').clicks('I can’t').on(bob, { as_seen: true });
    await desk.note('bob', 'not with you any more');
    await desk.slack
      .user('oscar')
      .clicks('I can’t')
      .on(await page('oscar', 'pass-2', 'Open'));
    const mia = await page('mia', 'pass-2', 'Open');
    await desk.slack.user('mia').clicks('I can’t').on(mia);
    await desk.note('mia', 'nobody above you');
    expect((await desk.status('pass-2')).status).toBe('open');
  });

  it('“an archived channel, a person who left”: a page that cannot be delivered is nobody’s: the next rung is paged at once', async () => {
    desk.slack.faults.every(
      'chat.postMessage',
      { error: 'user_not_found' },
      ({ channel }) => channel === 'U0ALICE',
    );
    await desk.submit(refund('gone-1'));
    await desk.until('the page was given up', () =>
      desk.logs.some((line) => String(line['msg']).includes('can be reached')),
    );
    await desk.advance('0s');
    await threadSays('gone-1', 'I couldn’t reach the people I paged. @U0BOB and @U0OSCAR');
  });

  it('whose outcome Slack never confirmed is looked up before it is sent again', async () => {
    desk.slack.faults.next(
      'chat.postMessage',
      'lost_answer',
      ({ channel }) => channel === 'U0ALICE',
    );
    await desk.submit(refund('lost-1'));
    await desk.card('lost-1');
    await desk.until('it was tried', () =>
      desk.logs.some((line) => line['msg'] === 'not delivered yet' && line['item_id'] === 'lost-1'),
    );
    desk.clock.advance(2000);
    await page('alice', 'lost-1', 'Open');
    expect(
      desk.slack.dm('alice').filter((one) => JSON.stringify(one.blocks).includes('lost-1')),
    ).toHaveLength(1);
    await desk.until('both ways are known to have been taken', async () => {
      const rows = await desk.pager.world.db
        .selectFrom('pages')
        .select('way')
        .where('item_id', '=', 'lost-1')
        .where('state', '=', 'sent')
        .execute();
      return rows.length === 2;
    });
  });
});
