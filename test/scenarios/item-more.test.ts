import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { messageAsText } from '../../simulator/slack/text.ts';
import { madeId } from '../../src/domain/made-id.ts';
import { openDesk, refund, type Card, type Desk } from './desk.ts';
import { withRungs } from './one-rung.ts';
import { startReceiver, type Receiver } from './webhook-receiver.ts';

const policy =
  withRungs(`      - { level: 1, notify: [channel], claim_within: 10m, decide_within: 30m }
      - { level: 2, notify: [U0BOB], decide_within: 4h }
`);

describe('“reassign, remind, request info”: what people do to an item beside deciding it', () => {
  let desk: Desk;
  let receiver: Receiver;
  beforeAll(async () => {
    receiver = await startReceiver();
    desk = await openDesk({ policy, env: { HITL_CALLBACK_ALLOW: receiver.host } });
  });
  afterAll(async () => {
    expect(desk.slack.problems).toEqual([]);
    await desk.close();
    await receiver.close();
  });
  const read = (message: Card): string =>
    messageAsText(message, { now: desk.clock.now(), timezone: 'UTC', width: 1000 })
      .split('\n')
      .map((line) => line.replace(/^[╭╮╰╯─│┌┐└┘ ]+|[╭╮╰╯─│┌┐└┘ ]+$/g, ''))
      .filter((line) => line !== '')
      .join(' ');
  const threadSays = (id: string, words: string) =>
    desk.until(`the thread of ${id} says "${words}"`, async () => {
      const card = await desk.card(id);
      return desk.slack
        .messages(card.channel)
        .filter((message) => message.thread_ts === card.ts && message.ts !== card.ts)
        .map(read)
        .find((line) => line.includes(words));
    });

  it('Escalate asks why, and pages the next rung at once with the reason; at the top it says so', async () => {
    await desk.submit(refund('up-1'));
    const alice = desk.slack.user('alice');
    await alice.clicks('Escalate').on(await desk.card('up-1'));
    await desk.modal('alice', 'Escalate now');
    const blank = await alice.fills({ reason: '..' }).submits();
    expect(JSON.stringify(blank)).toContain('Say why');
    await alice.fills({ reason: 'The contract is not clear to me' }).submits();
    expect(await threadSays('up-1', 'escalated this')).toMatch(
      /@U0ALICE escalated this: “The contract is not clear to me”. @U0BOB, you are up next \(level 2\)/,
    );
    const card = await desk.card('up-1', 'level 2');
    await alice.clicks('Escalate').on(card);
    expect(JSON.stringify((await desk.modal('alice', 'Escalate now')).blocks)).toContain(
      'nobody above you',
    );
    await alice.closes();
  });

  it('Approve with a note sends the note along as the rationale, and the card shows it', async () => {
    await desk.submit(refund('note-1'));
    const alice = desk.slack.user('alice');
    await alice.clicks('Approve with a note').on(await desk.card('note-1'));
    await desk.modal('alice', 'Approve with a note');
    await alice.fills({ rationale: 'Next time name the invoice' }).submits();
    expect(await desk.result('note-1')).toMatchObject({
      outcome: 'approved',
      rationale: 'Next time name the invoice',
      decided_by: { slack_user: 'U0ALICE' },
      card_digest: expect.stringMatching(/^sha256:/) as string,
    });
    await desk.card('note-1', 'Next time name the invoice');
  });

  it('Reassign gives it to somebody who may decide it, and to nobody else', async () => {
    await desk.submit(refund('give-1'));
    const alice = desk.slack.user('alice');
    await alice.clicks('Claim').on(await desk.card('give-1'));
    const card = await desk.card('give-1', 'Claimed by');
    await alice.clicks('Reassign').on(card);
    await desk.modal('alice', 'Give it to somebody');
    await alice.fills({ to: 'U0OSCAR' }).submits();
    expect(await desk.note('alice', 'may not decide this either')).toContain('<@U0OSCAR>');
    await alice.clicks('Reassign').on(card);
    await desk.modal('alice', 'Give it to somebody');
    await alice.fills({ to: 'U0BOB', words: 'You know this customer' }).submits();
    await threadSays('give-1', '@U0ALICE gives this one to @U0BOB: “You know this customer”');
    expect(await desk.status('give-1')).toMatchObject({ status: 'open' });
    await desk.until('bob has it in his DM, and reads why', () =>
      desk.slack
        .dm('bob')
        .map(read)
        .some(
          (one) =>
            one.includes('give-1') &&
            one.includes('Billing needs you. @U0ALICE gave you this: “You know this customer”.'),
        ),
    );
  });

  it('Reassign ends a snooze: somebody is called now, and the clocks go on with what was left', async () => {
    await desk.submit(refund('give-2'));
    const alice = desk.slack.user('alice');
    await alice.clicks('Claim').on(await desk.card('give-2'));
    await desk.advance('20m');
    await alice.clicks('Snooze').on(await desk.card('give-2', 'Claimed by'));
    await desk.modal('alice', 'Snooze');
    await alice.fills({ snooze: 'An hour' }).submits();
    await alice.clicks('Reassign').on(await desk.card('give-2', 'Snoozed by'));
    await desk.modal('alice', 'Give it to somebody');
    await desk.advance('30m');
    await alice.fills({ to: 'U0BOB' }).submits();
    expect(await threadSays('give-2', 'gives this one')).toMatch(
      /@U0ALICE gives this one to @U0BOB. The snooze is over, due /,
    );
    expect(await desk.status('give-2')).toMatchObject({
      status: 'open',
      due_at: new Date(desk.clock.now() + 10 * 60_000).toISOString(),
    });
    await desk.advance('10m');
    await desk.card('give-2', 'level 2');
    await desk.advance('1h');
    expect(JSON.stringify(await desk.card('give-2'))).not.toContain('Snoozed by');
  });

  it('Snooze stops the clocks, and they go on with what was left; never past the item’s own end', async () => {
    await desk.submit(
      refund('snooze-1', { expires_at: new Date(desk.clock.now() + 50 * 60_000).toISOString() }),
    );
    const alice = desk.slack.user('alice');
    await alice.clicks('Claim').on(await desk.card('snooze-1'));
    const card = await desk.card('snooze-1', 'Claimed by');
    await desk.advance('20m');
    await alice.clicks('Snooze').on(card);
    const modal = await desk.modal('alice', 'Snooze');
    expect(JSON.stringify(modal.blocks)).not.toContain('An hour');
    await alice.fills({ snooze: '15 minutes' }).submits();
    await threadSays('snooze-1', '@U0ALICE snoozed this until');
    await desk.card('snooze-1', 'Snoozed by');
    await desk.advance('14m');
    expect(await desk.status('snooze-1')).toMatchObject({ status: 'claimed' });
    await desk.advance('1m');
    await threadSays('snooze-1', 'the snooze is over: this one is back');
    expect(await desk.status('snooze-1')).toMatchObject({
      status: 'claimed',
      due_at: new Date(desk.clock.now() + 10 * 60_000).toISOString(),
    });
    await desk.advance('9m');
    expect(await desk.status('snooze-1')).toMatchObject({ status: 'claimed' });
    await desk.advance('1m');
    await desk.card('snooze-1', 'level 2');
    await desk.advance('5m');
    expect(await desk.result('snooze-1')).toMatchObject({ outcome: 'expired' });
  });

  it('Need info asks whoever wants it; the clocks stand still; their answer is on the card', async () => {
    await desk.submit(
      refund('info-1', {
        requester: { slack_user: 'U0OSCAR' },
        thread: { channel: 'C0GENERAL', ts: await asked('Can you refund customer 88?') },
      }),
    );
    const alice = desk.slack.user('alice');
    const before = await desk.card('info-1');
    await alice.clicks('Need info').on(before);
    await desk.modal('alice', 'Need info');
    await alice.fills({ question: 'Which invoice is it?' }).submits();
    await threadSays('info-1', '@U0ALICE asked whoever wants this');
    await desk.card('info-1', 'no answer yet');
    await desk.advance('3h');
    expect(await desk.status('info-1')).toMatchObject({ status: 'open', due_at: null });
    const question = await desk.until('the question where it was asked', () =>
      desk.slack.messages('C0GENERAL').find((one) => read(one).includes('Which invoice is it?')),
    );
    await desk.slack.user('carol').clicks('Answer').on(question);
    await desk.note('carol', 'Only whoever asked');
    const oscar = desk.slack.user('oscar');
    await oscar.clicks('Answer').on(question);
    await desk.modal('oscar', 'Answer the expert');
    await oscar.fills({ answer: 'It is 1182' }).submits();
    await threadSays('info-1', '@U0ALICE, @U0OSCAR answers your question: ');
    const card = await desk.card('info-1', 'It is 1182');
    expect((await desk.status('info-1')).due_at).toBe(
      new Date(desk.clock.now() + 30 * 60_000).toISOString(),
    );
    await alice.clicks('Approve').on(before, { as_seen: true });
    await desk.note('alice', 'This card has changed');
    await alice.clicks('Approve').on(card);
    expect(await desk.result('info-1')).toMatchObject({ outcome: 'approved' });
  });

  it('a producer hears item.info_requested, and answers by POST /v1/items/:id/info', async () => {
    await desk.submit(
      refund('info-2', { run_id: 'run-2', callback: { url: `http://${receiver.host}/results` } }),
    );
    const alice = desk.slack.user('alice');
    await alice.clicks('Need info').on(await desk.card('info-2'));
    await desk.modal('alice', 'Need info');
    await alice.fills({ question: 'Is it a business customer?' }).submits();
    const heard = await desk.until('the webhook', () =>
      receiver.received.find((one) => one.payload.type === 'item.info_requested'),
    );
    expect(heard.payload.data).toMatchObject({
      item_id: 'info-2',
      run_id: 'run-2',
      question: 'Is it a business customer?',
      asked_by: { slack_user: 'U0ALICE' },
    });
    expect((await desk.api('POST', '/v1/items/info-2/info', { words: 'x' })).status).toBe(400);
    expect((await desk.api('POST', '/v1/items/none/info', { answer: 'x' })).status).toBe(404);
    const told = await desk.api('POST', '/v1/items/info-2/info', { answer: 'Yes, since 2019' });
    expect(told).toMatchObject({ status: 200, body: { item_id: 'info-2', status: 'open' } });
    await desk.card('info-2', 'Yes, since 2019');
    expect((await desk.api('POST', '/v1/items/info-2/info', { answer: 'x' })).status).toBe(409);
  });

  it('where nobody can be asked that is said; a question that nobody answers in a day goes on without', async () => {
    await desk.submit(refund('info-3'));
    const alice = desk.slack.user('alice');
    await alice.clicks('Need info').on(await desk.card('info-3'));
    await desk.modal('alice', 'Need info');
    await alice.fills({ question: 'Who are you?' }).submits();
    expect(JSON.stringify((await desk.modal('alice', 'Not done')).blocks)).toContain(
      'Nobody can be asked',
    );
    await alice.closes();
    await desk.submit(refund('info-4', { requester: { slack_user: 'U0OSCAR' } }));
    await alice.clicks('Need info').on(await desk.card('info-4'));
    await desk.modal('alice', 'Need info');
    await alice.fills({ question: 'Which one?' }).submits();
    await alice.clicks('Reassign').on(await desk.card('info-4', 'no answer yet'));
    await desk.modal('alice', 'Give it to somebody');
    await alice.fills({ to: 'U0BOB' }).submits();
    await desk.until('bob hears that it still waits', () =>
      desk.slack
        .dm('bob')
        .map(read)
        .some(
          (one) =>
            one.includes('info-4') &&
            one.includes('Waits for an answer to @U0ALICE; its clocks stand still until then'),
        ),
    );
    await desk.advance('1d');
    await threadSays('info-4', 'nobody has answered your question in a day');
    await desk.advance('10m');
    await desk.card('info-4', 'level 2');
  });

  it('an expired item is re-opened as a new one, linked both ways; a late click is told how', async () => {
    await desk.submit(
      refund('late-1', { expires_at: new Date(desk.clock.now() + 5 * 60_000).toISOString() }),
    );
    const seen = await desk.card('late-1');
    await desk.advance('5m');
    const card = await desk.card('late-1', 'Re-open');
    const alice = desk.slack.user('alice');
    await alice.clicks('Approve').on(seen, { as_seen: true });
    await desk.note(
      'alice',
      'Your click came too late to count. *Re-open* on its card asks again.',
    );
    await alice.clicks('Re-open').on(card);
    const again = await desk.card(madeId('reopen', 'late-1'), 'late-1');
    expect(read(again)).toContain('Re-opened by @U0ALICE, was · late-1');
    expect(read(await desk.card('late-1', madeId('reopen', 'late-1')))).not.toContain(
      '[ Re-open ]',
    );
    await desk.slack.user('bob').clicks('Re-open').on(card, { as_seen: true });
    await desk.note('bob', '<@U0ALICE> has re-opened this already');
    await alice.clicks('Approve').on(again);
    expect(await desk.result(madeId('reopen', 'late-1'))).toMatchObject({ outcome: 'approved' });
    expect(await desk.result('late-1')).toMatchObject({ outcome: 'expired' });
  });

  it('quiet hours hold a page back until they end; impact that was chosen breaks through', async () => {
    const bob = desk.slack.user('bob');
    const now = new Date(desk.clock.now());
    // Berlin is an hour ahead in winter.
    const hour = (more: number) => (now.getUTCHours() + 1 + more) % 24;
    await bob.types(`/hitl quiet ${hour(0)}-${hour(3)} unless impact 8`, { channel: 'C0BILLING' });
    expect(await desk.note('bob', 'Your quiet hours')).toContain('items of impact 8 or more');
    await desk.submit(refund('quiet-1'));
    await desk.submit(refund('quiet-2', { impact: 8.5 }));
    await desk.card('quiet-1');
    await desk.card('quiet-2');
    await desk.advance('30m');
    await threadSays('quiet-1', 'in quiet hours and will be notified afterwards');
    const pages = (id: string) => desk.slack.dm('bob').filter((one) => read(one).includes(id));
    await desk.until('the grave one breaks through', () => pages('quiet-2').length === 1);
    expect(pages('quiet-1')).toEqual([]);
    await desk.advance('3h');
    await threadSays('quiet-1', '@U0BOB, this one waited for the end of your quiet hours');
    await desk.until('bob is paged now', () => pages('quiet-1').length === 1);
    expect(pages('quiet-1').map(read).join()).toContain(
      'Billing needs you. Your quiet hours are over. Nobody at level 1 claimed this in time.',
    );
    await bob.types('/hitl quiet off', { channel: 'C0BILLING' });
    await desk.note('bob', 'no quiet hours any more');
  });

  it('all of it is told by the log, and the log is whole', async () => {
    const { verifyAudit } = await import('../../src/audit/verify-audit.ts');
    expect(await verifyAudit(desk.pager.world.db)).toMatchObject({ good: true, differences: [] });
  });

  async function asked(words: string): Promise<string> {
    await desk.slack.user('oscar').says(words, { channel: 'C0GENERAL' });
    return desk.slack.messages('C0GENERAL').at(-1)?.ts ?? '';
  }
});
