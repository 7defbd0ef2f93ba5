/** What hurt the users of other systems of this kind, each as it was reported there. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, question, refund, type Desk } from './desk.ts';
import { ONE_RUNG } from './one-rung.ts';
import { edited } from '../edited.ts';

describe('what hurt people elsewhere', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk({
      policy: edited(ONE_RUNG, ['    ladder: data\n', '    ladder: data\n    open_limit: 5\n']),
    });
  });
  afterAll(async () => {
    expect(desk.slack.problems).toEqual([]);
    await desk.close();
  });

  const clicks = async (user: string, button: string, id: string) =>
    desk.slack
      .user(user)
      .clicks(button)
      .on(await desk.card(id));

  it('“double click: the second click shows an error on a grant that succeeded”', async () => {
    await desk.submit(refund('p-double'));
    const card = await desk.card('p-double');
    const alice = desk.slack.user('alice');
    const both = [alice.clicks('Approve').on(card), alice.clicks('Approve').on(card)];
    for (const click of await Promise.all(both)) expect(click.failed).toBeUndefined();
    expect(await desk.note('alice', 'You approved this')).toContain('Nothing more to do');
    expect((await desk.result('p-double')).outcome).toBe('approved');
  });

  it('“clicks swallowed after a restart; unauthorised clickers get no word”', async () => {
    await desk.submit(refund('p-restart'));
    const card = await desk.card('p-restart');
    await desk.restart();
    await desk.slack.user('oscar').clicks('Approve').on(card);
    await desk.note('oscar', 'Only the Billing experts can decide this');
    await desk.slack.user('alice').clicks('Approve').on(card);
    expect((await desk.result('p-restart')).outcome).toBe('approved');
  });

  it('“a 03:00 card dies silently”, and “a timeout is reported as a refusal”', async () => {
    await desk.submit(refund('p-night'));
    await desk.card('p-night');
    await desk.advance('31m');
    expect(await desk.result('p-night')).toMatchObject({
      outcome: 'expired',
      fallback: 'reject',
      decided_by: { type: 'ladder' },
    });
    await clicks('bob', 'Details', 'p-night');
    expect(desk.textOf(await desk.modal('bob', 'Details'))).toContain('not a rejection');
    await desk.slack.user('bob').closes();
  });

  it('“wait for ever, or auto-deny: both wanted”', async () => {
    await desk.submit(refund('p-wait', { domain: 'compliance' }));
    await desk.card('p-wait');
    await desk.advance('30d');
    expect((await desk.status('p-wait')).status).toBe('open');
    await clicks('erin', 'Approve', 'p-wait');
    expect((await desk.result('p-wait')).outcome).toBe('approved');
  });

  it('“approving one card denies its sibling”', async () => {
    const run = { run_id: 'run-siblings' };
    await desk.submit(refund('p-one', run));
    await desk.submit(refund('p-two', run));
    await clicks('alice', 'Approve', 'p-one');
    await desk.result('p-one');
    expect((await desk.status('p-two')).status).toBe('open');
    await clicks('bob', 'Approve', 'p-two');
    expect((await desk.result('p-two')).outcome).toBe('approved');
  });

  it('“anyone can approve”', async () => {
    await desk.submit(refund('p-anyone'));
    for (const user of ['oscar', 'carol', 'mia']) {
      await clicks(user, 'Approve', 'p-anyone');
      await clicks(user, 'Claim', 'p-anyone');
    }
    await desk.note('oscar', 'Only the Billing experts can decide this');
    expect((await desk.status('p-anyone')).status).toBe('open');
  });

  it('“approved but never resumed”', async () => {
    await desk.submit(refund('p-resume', { run_id: 'run-1', state: { step: 3 } }));
    await clicks('alice', 'Approve', 'p-resume');
    // Whatever had not left yet when the process ended leaves when it is back.
    await desk.restart();
    expect(await desk.result('p-resume')).toMatchObject({ run_id: 'run-1', state: { step: 3 } });
  });

  it('“edit before approving; reject reasons lost”', async () => {
    await desk.submit(refund('p-edit'));
    await clicks('alice', 'Edit', 'p-edit');
    await desk.modal('alice', 'Edit and approve');
    const edited = { Amount: '99' };
    await desk.slack.user('alice').fills(edited).submits();
    expect((await desk.result('p-edit')).action?.args).toEqual({ amount: 99, currency: 'EUR' });

    await desk.submit(refund('p-reason'));
    await clicks('bob', 'Reject', 'p-reason');
    await desk.modal('bob', 'Reject');
    const why = { rationale: 'The contract says otherwise', tags: ['factual'] };
    await desk.slack.user('bob').fills(why).submits();
    expect((await desk.result('p-reason')).rationale).toBe('The contract says otherwise');
    expect(desk.textOf(await desk.card('p-reason', 'Rejected'))).toContain('The contract says');
  });

  it('“the requester never hears”', async () => {
    await desk.submit(refund('p-hears', { requester: { name: 'bot', slack_user: 'U0OSCAR' } }));
    await clicks('alice', 'Approve', 'p-hears');
    const told = await desk.until('a DM', () => desk.slack.dm('oscar')[0]);
    expect(desk.textOf(told)).toMatch(
      /You asked[\s\S]*Refund 240 EUR[\s\S]*Approved[\s\S]*U0ALICE/,
    );
  });

  it('“idempotent retries notified again”', async () => {
    const item = question('p-replay');
    await desk.submit(item);
    const { channel } = await desk.card('p-replay');
    const posted = desk.slack.messages(channel).length;
    await desk.submit(item, 'another-job');
    expect((await desk.api('POST', '/v1/items', item)).status).toBe(200);
    await clicks('carol', 'Claim', 'p-replay');
    await desk.card('p-replay', 'Claimed by');
    expect(desk.slack.messages(channel)).toHaveLength(posted);
  });

  it('“naive timestamps made links that had already expired”', async () => {
    await desk.submit(refund('p-utc', { expires_at: '2027-06-01T12:00:00+02:00' }));
    const card = await desk.card('p-utc');
    const { created_at, due_at } = await desk.status('p-utc');
    for (const time of [created_at, due_at]) expect(time).toMatch(/^[\d-]+T[\d:.]+Z$/);
    expect(desk.textOf(card)).toContain(`<!date^${Date.parse(due_at ?? '') / 1000}^`);
    expect(
      (
        await desk.api(
          'POST',
          '/v1/items',
          refund('p-naive', { expires_at: '2027-06-01T12:00:00' }),
        )
      ).status,
    ).toBe(400);
  });

  it('“slash command over 3 s”', async () => {
    await desk.advance('10m');
    desk.slack.faults.every('usergroups.users.list', { hang: true });
    const typed = await desk.slack.user('dave').types('/hitl queue', { channel: 'general' });
    expect(typed.failed).toBeUndefined();
    desk.slack.faults.clear();
    await desk.note('dave', 'Nothing is waiting');
  });

  it('“usergroup 429s delay every page”', async () => {
    await desk.advance('10m');
    desk.slack.faults.every('usergroups.users.list', { ratelimited: 30 });
    await desk.submit(refund('p-429', { domain: 'compliance' }));
    await clicks('oscar', 'Approve', 'p-429').catch(() => {});
    await desk.submit(refund('p-page'));
    await desk.card('p-page');
    await clicks('alice', 'Approve', 'p-page');
    expect((await desk.result('p-page')).outcome).toBe('approved');
    desk.slack.faults.clear();
  });

  it('“Socket Mode wanted: a public URL cannot be had”', async () => {
    expect(desk.slack.connections()).toBeGreaterThan(0);
    await desk.submit(refund('p-socket'));
    await clicks('alice', 'Approve', 'p-socket');
    expect((await desk.result('p-socket')).outcome).toBe('approved');
  });

  it('“channel list incomplete under 429”', () => {
    const asked = new Set(desk.slack.calls.map((call) => call.method));
    expect(asked).toContain('chat.postMessage');
    for (const list of ['conversations.list', 'users.list', 'usergroups.list'])
      expect(asked).not.toContain(list);
  });

  it('“an archived channel crashes the notifier”', async () => {
    const support = desk.slack.workspace.channels.get('C0SUPPORT');
    if (support) support.is_archived = true;
    await desk.submit(question('p-archived'));
    const card = await desk.until('it is elsewhere', () =>
      desk.slack
        .messages('pager-ops')
        .find((one) => JSON.stringify(one.blocks).includes('p-archived')),
    );
    await desk.until('an operator is told', () =>
      desk.slack.messages('pager-ops').find((one) => one.text.includes('is_archived')),
    );
    desk.slack.workspace.channels.get('C0OPS')?.members.add('U0CAROL');
    await desk.slack.user('carol').says('<@bot> Yes', { channel: 'C0OPS', thread_ts: card.ts });
    expect((await desk.result('p-archived')).answer).toBe('Yes');
    if (support) support.is_archived = false;
  });

  it('“thread noise, repeated notices”: one line for one reminder', async () => {
    await desk.submit(refund('p-noise'));
    const { channel, ts } = await desk.card('p-noise');
    for (const minutes of ['24m', '1m', '1m', '1m']) await desk.advance(minutes);
    const lines = () =>
      desk.slack.messages(channel).filter((one) => one.thread_ts === ts && one.ts !== ts);
    await desk.until('the reminder', () => lines().length > 0);
    await clicks('alice', 'Claim', 'p-noise');
    await desk.card('p-noise', 'Claimed by');
    expect(lines()).toHaveLength(1);
  });

  it('“approval fatigue”: duplicates post nothing, a channel shows five at a time, one card tells of the rest', async () => {
    const posted = () =>
      desk.slack.messages('C0DATA').filter((one) => one.thread_ts === undefined).length;
    const before = posted();
    for (let at = 0; at < 20; at += 1) {
      const item = refund(`p-tired-${at}`, { domain: 'data-ops', impact: at % 8 });
      expect((await desk.api('POST', '/v1/items', item)).status).toBe(202);
      expect((await desk.api('POST', '/v1/items', item)).status).toBe(200);
    }
    const said = (words: string) =>
      desk.until(`the digest card says "${words}"`, () => {
        desk.clock.advance(1000);
        return desk.slack.messages('C0DATA').find((one) => one.text.includes(words));
      });
    await said('15 more waiting');
    expect(posted() - before).toBe(5 + 1);
    await clicks('dave', 'Approve', 'p-tired-0');
    await said('14 more waiting');
    await desk.until('the next card, whose impact is the highest', () => {
      desk.clock.advance(1000);
      return desk.slack
        .messages('C0DATA')
        .some((one) => /"p-tired-(7|15)"/.test(JSON.stringify(one.blocks)));
    });
    expect(posted() - before).toBe(6 + 1);
    // What expires where nobody saw it is not passed over.
    const soon = new Date(desk.clock.now() + 60_000).toISOString();
    const late = refund('p-tired-late', { domain: 'data-ops', impact: 0, expires_at: soon });
    await desk.api('POST', '/v1/items', late);
    await desk.advance('61s');
    expect((await desk.result('p-tired-late')).outcome).toBe('expired');
    for (let at = 1; at < 20; at += 1) await desk.api('POST', `/v1/items/p-tired-${at}/cancel`);
    const empty = await said('Nothing more is waiting');
    expect(desk.textOf(empty)).toContain('1 expired while waiting');
  });
});
