import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { API_TOKEN, openDesk, refund, type Desk } from './desk.ts';

describe('waiting for a result over HTTP', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk();
  });
  afterAll(async () => {
    await desk.close();
  });

  /** A request that waits, and whether it was answered yet. */
  function waitFor(id: string, seconds: number) {
    const waiting = { over: false, answer: desk.api('GET', `/v1/items/${id}?wait=${seconds}`) };
    void waiting.answer.then(() => (waiting.over = true));
    return waiting;
  }
  /** A later request is answered: whatever the earlier one was going to find, it has. */
  const laterRequest = () => desk.api('GET', '/v1/items/none');

  it('is answered as soon as somebody decides', async () => {
    await desk.submit(refund('wait-1'));
    const card = await desk.card('wait-1');
    const waiting = [waitFor('wait-1', 30), waitFor('wait-1', 60)];
    await laterRequest();
    expect(waiting.map((one) => one.over)).toEqual([false, false]);
    await desk.slack.user('alice').clicks('Approve').on(card);
    for (const { answer } of waiting)
      expect(await answer).toMatchObject({
        status: 200,
        body: { status: 'decided', result: { outcome: 'approved' } },
      });
  });

  it('is answered as it stands when its time is over, and not before', async () => {
    await desk.submit(refund('wait-2'));
    await desk.card('wait-2');
    const waiting = waitFor('wait-2', 30);
    await laterRequest();
    await desk.advance('29s');
    await laterRequest();
    expect(waiting.over).toBe(false);
    await desk.advance('1s');
    expect(await waiting.answer).toMatchObject({ status: 200, body: { status: 'open' } });
  });

  it('nobody waits longer than a minute', async () => {
    await desk.submit(refund('wait-3'));
    const waiting = waitFor('wait-3', 86_400);
    await laterRequest();
    await desk.advance('60s');
    expect(await waiting.answer).toMatchObject({ body: { status: 'open' } });
  });

  it('a claim is no end: whoever waits goes on waiting', async () => {
    await desk.submit(refund('wait-4'));
    const waiting = waitFor('wait-4', 30);
    await desk.slack
      .user('alice')
      .clicks('Claim')
      .on(await desk.card('wait-4'));
    await desk.card('wait-4', 'Release');
    expect(waiting.over).toBe(false);
    await desk.slack
      .user('alice')
      .clicks('Approve')
      .on(await desk.card('wait-4'));
    expect((await waiting.answer).body.result.outcome).toBe('approved');
  });

  it('what is decided is told at once, however long one would have waited', async () => {
    await desk.submit(refund('wait-5'));
    await desk.api('POST', '/v1/items/wait-5/cancel');
    expect(await waitFor('wait-5', 60).answer).toMatchObject({
      body: { result: { outcome: 'cancelled' } },
    });
  });

  it.each(['abc', '-1', 'Infinity', '1e999'])('wait=%s is told to be wrong', async (wait) => {
    expect((await desk.api('GET', `/v1/items/wait-5?wait=${wait}`)).status).toBe(400);
  });

  it('a client that hangs up leaves nothing behind, and the item is decided all the same', async () => {
    await desk.submit(refund('wait-6'));
    const card = await desk.card('wait-6');
    const call = request({
      port: desk.pager.port,
      path: '/v1/items/wait-6?wait=60',
      headers: { authorization: `Bearer ${API_TOKEN}` },
    });
    const cut = new Promise<void>((resolve) => void call.on('error', () => resolve()));
    call.end();
    await laterRequest();
    call.destroy();
    await cut;
    await desk.slack.user('bob').clicks('Approve').on(card);
    expect(await desk.result('wait-6')).toMatchObject({ outcome: 'approved' });
  });

  it('when the pager stops, whoever waits is answered as things stand', async () => {
    await desk.submit(refund('wait-7'));
    await desk.card('wait-7');
    const waiting = waitFor('wait-7', 60);
    await laterRequest();
    await desk.stop();
    expect(await waiting.answer).toMatchObject({ status: 200, body: { status: 'open' } });
  });
});
