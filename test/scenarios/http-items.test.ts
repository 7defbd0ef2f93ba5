import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { API_TOKEN, openDesk, refund, type Desk } from './desk.ts';
import { laneRows } from './lane-rows.ts';

const sha256 = (token: string) => createHash('sha256').update(token).digest('hex');

describe('items by HTTP', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk({
      env: {
        HITL_API_TOKENS: `ci:submit:${sha256('token-of-ci')},dash:read+all:${sha256('token-of-dash')},ops:cancel+all:${sha256('token-of-ops')}`,
      },
    });
  });
  afterAll(async () => {
    expect(desk.slack.problems).toEqual([]);
    await desk.close();
  });
  const post = (item: unknown, token?: string | null) => desk.api('POST', '/v1/items', item, token);
  const cards = (id: string) =>
    desk.slack
      .messages('C0BILLING')
      .filter((message) => JSON.stringify(message.blocks).includes(id));

  it('a new item is 202, with what policy made of it', async () => {
    const answer = await post(refund('new-1'));
    expect(answer).toMatchObject({
      status: 202,
      body: {
        item_id: 'new-1',
        status: 'open',
        rule: 'unsure',
        policy_version: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
        created_at: '2026-11-23T09:00:00.000Z',
        due_at: '2026-11-23T09:30:00.000Z',
      },
    });
    expect(answer.body).not.toHaveProperty('result');
    await desk.card('new-1');
  });

  it('the same again is 200, whatever the order of its keys, and nothing happens twice', async () => {
    const item = refund('replay-1');
    const first = await post(item);
    await desk.card('replay-1');
    const turned = Object.fromEntries(Object.entries(item).toReversed());
    const again = await post(JSON.stringify(turned, null, 2));
    expect(again.status).toBe(200);
    expect(again.body).toEqual(first.body);

    await desk.slack
      .user('alice')
      .clicks('Approve')
      .on(await desk.card('replay-1'));
    const result = await desk.result('replay-1');
    const later = await post(item);
    expect(later).toMatchObject({ status: 200, body: { status: 'decided', result } });
    expect(cards('replay-1')).toHaveLength(1);
    expect(await laneRows(desk, 'results', 'replay-1')).toHaveLength(1);
  });

  it('an item that ended is told as it ended, even after its time has passed', async () => {
    const item = refund('replay-2', { expires_at: '2026-11-23T09:05:00Z' });
    await post(item);
    await desk.card('replay-2');
    await desk.advance('6m');
    expect(await desk.result('replay-2')).toMatchObject({ outcome: 'expired' });
    expect(await post(item)).toMatchObject({
      status: 200,
      body: { result: { outcome: 'expired' } },
    });
    expect((await post({ ...item, id: 'replay-3' })).status).toBe(400);
  });

  it('another body under a known id is 409, and the first stays as it was', async () => {
    await post(refund('conflict-1'));
    const answer = await post(refund('conflict-1', { impact: 1 }));
    expect(answer).toMatchObject({ status: 409, body: { status: 409, item_id: 'conflict-1' } });
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect((await desk.status('conflict-1')).status).toBe('open');
  });

  it('of fifty at the same moment one is new, the others are that one', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => post(refund('race-1'))));
    expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([
      ...Array.from({ length: 49 }, () => 200),
      202,
    ]);
    await desk.card('race-1');
    expect(cards('race-1')).toHaveLength(1);
  });

  it('each bad field is named, and the whole of it is kept', async () => {
    const sent = JSON.stringify({ ...refund('bad-1'), title: '', impact: 11, prio: 1 });
    const answer = await post(sent);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer).toMatchObject({
      status: 400,
      body: {
        status: 400,
        title: expect.any(String),
        detail: expect.stringContaining('impact'),
        errors: expect.any(Array),
      },
    });
    const fields = answer.body.errors.map((one: { field: string }) => one.field);
    expect(fields.toSorted((a: string, b: string) => a.localeCompare(b))).toEqual([
      'impact',
      'prio',
      'title',
    ]);
    const kept = await desk.pager.world.db
      .selectFrom('raw_payloads')
      .selectAll()
      .where('id', '=', answer.body.raw_id)
      .executeTakeFirst();
    expect(kept).toMatchObject({ source: 'http', item_id: 'bad-1', payload: sent });
    expect((await desk.api('GET', '/v1/items/bad-1')).status).toBe(404);
  });

  it('a callback that may not be called is named like any bad field', async () => {
    for (const url of ['http://hooks.example/', 'https://10.0.0.1/', 'https://localhost/']) {
      const answer = await post(refund('callback-1', { callback: { url } }));
      expect(answer).toMatchObject({ status: 400, body: { errors: [{ field: 'callback.url' }] } });
    }
  });

  it.each([
    ['no token', null, 401],
    ['a wrong token', 'not-a-token', 401],
    ['a token that may only read', 'token-of-dash', 403],
    ['a token that may submit', 'token-of-ci', 202],
    ['the token that may do all', API_TOKEN, 202],
  ])('%s: %s gives %i', async (story, token, status) => {
    const answer = await post(refund(`token-${story.replaceAll(' ', '-')}`), token);
    expect(answer.status).toBe(status);
    if (status === 401) expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    if (status === 403) expect(answer.body.title).toContain('submit');
  });

  it('each scope is for its own, and none of them decides', async () => {
    await post(refund('scope-1'));
    const statuses = async (token: string) =>
      Promise.all([
        desk.api('GET', '/v1/items/scope-1', undefined, token),
        desk.api('POST', '/v1/items/no-such/cancel', undefined, token),
        desk.api('POST', '/v1/items/scope-1/decide', { outcome: 'approved' }, token),
        desk.api('POST', '/v1/items/scope-1/approve', undefined, token),
      ]).then((answers) => answers.map((answer) => answer.status));
    expect(await statuses('token-of-ci')).toEqual([403, 403, 404, 404]);
    expect(await statuses('token-of-dash')).toEqual([200, 403, 404, 404]);
    expect(await statuses('token-of-ops')).toEqual([403, 404, 404, 404]);
    expect(await statuses(API_TOKEN)).toEqual([200, 404, 404, 404]);
    expect((await desk.status('scope-1')).status).toBe('open');
  });

  it('looking changes nothing: no GET decides, cancels or claims', async () => {
    await post(refund('get-1'));
    for (const path of ['', '/cancel', '/approve', '?wait=0&outcome=approved', '/feedback'])
      await desk.api('GET', `/v1/items/get-1${path}`);
    expect(await desk.status('get-1')).toMatchObject({ status: 'open' });
  });

  it('what is larger than an item may be is 413, with or without its length told', async () => {
    const huge = JSON.stringify(refund('huge-1', { body: 'x'.repeat(300_000) }));
    expect((await post(huge)).status).toBe(413);
    const parts = new ReadableStream({
      start(controller) {
        for (let at = 0; at < huge.length; at += 10_000)
          controller.enqueue(new TextEncoder().encode(huge.slice(at, at + 10_000)));
        controller.close();
      },
    });
    const streaming: RequestInit = {
      method: 'POST',
      headers: { authorization: `Bearer ${API_TOKEN}` },
      body: parts,
      duplex: 'half',
    };
    const streamed = await fetch(`http://127.0.0.1:${desk.pager.port}/v1/items`, streaming);
    expect(streamed.status).toBe(413);
    await streamed.text();
  });

  it('cancelling ends an open item, tells its card, and is the same each time', async () => {
    await post(refund('cancel-1'));
    await desk.card('cancel-1');
    const cancel = () => desk.api('POST', '/v1/items/cancel-1/cancel');
    const first = await cancel();
    expect(first).toMatchObject({
      status: 200,
      body: {
        status: 'decided',
        result: { outcome: 'cancelled', decided_by: { type: 'producer' } },
      },
    });
    expect((await cancel()).body).toEqual(first.body);
    const card = await desk.card('cancel-1', 'Cancelled');
    expect(JSON.stringify(card.blocks)).not.toContain('item_approve');
    expect(await desk.result('cancel-1')).toEqual(first.body.result);
  });

  it('cancelling what was decided changes nothing, and tells the decision', async () => {
    await post(refund('cancel-2'));
    await desk.slack
      .user('bob')
      .clicks('Approve')
      .on(await desk.card('cancel-2'));
    const result = await desk.result('cancel-2');
    expect((await desk.api('POST', '/v1/items/cancel-2/cancel')).body).toMatchObject({
      status: 'decided',
      result,
    });
    expect((await desk.status('cancel-2')).result).toMatchObject({ outcome: 'approved' });
  });

  it('an unknown item is 404, for whoever looks and whoever cancels', async () => {
    for (const [method, path] of [
      ['GET', '/v1/items/none'],
      ['POST', '/v1/items/none/cancel'],
      ['GET', '/v1/items/'],
      ['GET', '/v2'],
    ] as const)
      expect(await desk.api(method, path)).toMatchObject({
        status: 404,
        body: { status: 404, title: expect.any(String) },
      });
  });

  it.each([
    ['DELETE', '/v1/items/new-1', 'GET, HEAD'],
    ['GET', '/v1/items/new-1/cancel', 'POST'],
    ['PUT', '/v1/items', 'POST'],
    ['POST', '/healthz', 'GET, HEAD'],
  ])('%s %s is not taken, and told what is: %s', async (method, path, allow) => {
    const answer = await fetch(`http://127.0.0.1:${desk.pager.port}${path}`, { method });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe(allow);
    expect(await answer.json()).toMatchObject({ status: 405, detail: `It takes ${allow}.` });
  });
});
