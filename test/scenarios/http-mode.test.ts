import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signature } from '../../simulator/slack/http-events.ts';
import { openDesk, question, refund, type Desk } from './desk.ts';

describe('Slack calls over HTTP instead of Socket Mode', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk({ http: true });
  });
  afterAll(async () => {
    expect(desk.slack.problems).toEqual([]);
    await desk.close();
  });

  it('answers the challenge with which Slack checks the address', async () => {
    expect(await desk.slack.verifyUrl()).toBe(true);
  });

  it('a click, a form, a command and a reply in a thread all arrive', async () => {
    await desk.submit(refund('http-1'));
    await desk.slack
      .user('alice')
      .clicks('Approve')
      .on(await desk.card('http-1'));
    expect(await desk.result('http-1')).toMatchObject({ outcome: 'approved' });

    await desk.submit(refund('http-2'));
    const bob = desk.slack.user('bob');
    await bob.clicks('Reject').on(await desk.card('http-2'));
    await desk.modal('bob', 'Reject');
    bob.fills({ rationale: '.', tags: ['other'] });
    expect((await bob.submits()).errors).toHaveProperty('rationale');
    bob.fills({ rationale: 'Paid twice already' });
    expect(await bob.submits()).toMatchObject({ closed: true });
    expect(await desk.result('http-2')).toMatchObject({ outcome: 'rejected' });

    await desk.submit(question('http-3'));
    const card = await desk.card('http-3');
    await bob.types('/hitl help', { channel: 'general' });
    await desk.note('bob', 'What you can ask the pager');
    await desk.slack
      .user('carol')
      .says('<@bot> Yes', { channel: card.channel, thread_ts: card.ts });
    expect(await desk.result('http-3')).toMatchObject({ answer: 'Yes' });
  });

  /** A click on Approve, as somebody who is not Slack would send it. */
  async function forge(id: string, sign: { secret?: string; seconds?: number; none?: boolean }) {
    const { channel, ts } = await desk.card(id);
    const payload = JSON.stringify({
      type: 'block_actions',
      user: { id: 'U0ALICE', name: 'alice', team_id: desk.slack.teamId },
      team: { id: desk.slack.teamId },
      trigger_id: '1.2.3',
      container: { type: 'message', channel_id: channel, message_ts: ts },
      channel: { id: channel },
      message: { ts },
      actions: [{ action_id: 'item_approve', block_id: 'item:1', type: 'button', value: id }],
    });
    const body = new URLSearchParams({ payload }).toString();
    const { secret = desk.slack.signingSecret, seconds = Math.floor(Date.now() / 1000) } = sign;
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': String(seconds),
      'x-slack-signature': signature(secret, seconds, body),
    };
    const response = await fetch(`http://127.0.0.1:${desk.pager.port}/slack/events`, {
      method: 'POST',
      body,
      headers: sign.none ? { 'content-type': headers['content-type'] } : headers,
    });
    return response.status;
  }

  it.each([
    ['signed with another secret', { secret: 'not-the-signing-secret' }],
    ['signed long ago', { seconds: Math.floor(Date.now() / 1000) - 3600 }],
    ['not signed at all', { none: true }],
  ])('a click that is %s decides nothing', async (how, sign) => {
    const id = `forged ${how}`;
    await desk.submit(refund(id));
    expect(await forge(id, sign)).toBe(401);
    expect((await desk.status(id)).status).toBe('open');
  });

  it('the same click, rightly signed, would have counted', async () => {
    await desk.submit(refund('forged-not'));
    expect(await forge('forged-not', {})).toBe(200);
    expect(await desk.result('forged-not')).toMatchObject({ outcome: 'approved' });
  });

  it('nothing is decided, and nothing breaks, by fetching an address', async () => {
    await desk.submit(refund('fetched'));
    await desk.card('fetched');
    for (const path of ['/slack/events', '/slack/events?x=1', '/v1/items/fetched/cancel'])
      for (const method of ['GET', 'HEAD', 'PUT', 'OPTIONS'])
        expect((await desk.api(method, path)).status).toBeGreaterThanOrEqual(400);
    expect((await desk.status('fetched')).status).toBe('open');
  });

  it('what is no Slack payload at all is turned away', async () => {
    for (const body of ['', '{', 'payload=', 'payload=%7B%7D']) {
      const sent = await desk.api('POST', '/slack/events', body);
      expect(sent.status).toBeGreaterThanOrEqual(400);
    }
    expect((await desk.api('GET', '/healthz')).status).toBe(200);
  });
});
