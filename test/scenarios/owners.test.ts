/** An item belongs to the token that put it in: what others have put in does not exist for it. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { madeId } from '../../src/domain/made-id.ts';
import { openapi } from '../../src/http/openapi.ts';
import { hitl } from '../src/cli/terminal.ts';
import { checkOf, POLICY, sure } from './checked.ts';
import { API_TOKEN, openDesk, refund, type Desk } from './desk.ts';

const sha256 = (token: string) => createHash('sha256').update(token).digest('hex');
const [OWN, OTHER] = ['token-of-a', 'token-of-b'];
const SCOPES = 'submit+read+cancel';

/** Every route of one item, as its producer calls it. */
const ROUTES: Record<string, { body?: object; own: number }> = {
  'get /v1/items/{id}': { own: 200 },
  'post /v1/items/{id}/info': { body: { answer: 'In May.' }, own: 409 },
  'post /v1/items/{id}/feedback': { body: { verdict: 'right' }, own: 409 },
  'post /v1/items/{id}/cancel': { own: 200 },
};

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk({
    policy: POLICY,
    env: { HITL_API_TOKENS: `a:${SCOPES}:${sha256(OWN)},b:${SCOPES}:${sha256(OTHER)}` },
  });
  await desk.api('POST', '/v1/items', refund('of-a'), OWN);
  await desk.submit(refund('of-queue'));
});
afterAll(async () => {
  expect(desk.slack.problems).toEqual([]);
  await desk.close();
});

const call = (route: string, id: string, token: string) => {
  const [method = '', path = ''] = route.split(' ');
  return desk.api(method.toUpperCase(), path.replace('{id}', id), ROUTES[route]?.body, token);
};

it('every route of an item that the description names is in this table', () => {
  const { paths } = openapi() as { paths: Record<string, object> };
  const routes = Object.entries(paths)
    .filter(([path]) => path.startsWith('/v1/items/{id}'))
    .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`));
  expect(routes.toSorted()).toEqual(Object.keys(ROUTES).toSorted());
});

describe.each(Object.entries(ROUTES))('%s', (route, { own }) => {
  it.each(['of-a', 'of-queue'])('another token hears of %s what it hears of none', async (id) => {
    const unknown = await call(route, 'of-nobody', OTHER);
    const other = await call(route, id, OTHER);
    expect(other.status).toBe(404);
    expect(JSON.stringify(other.body).replaceAll(id, 'of-nobody')).toBe(
      JSON.stringify(unknown.body),
    );
  });

  it('its own token reaches it, and one for all', async () => {
    const id = `own-${route.split('/').at(-1) ?? ''}`.replace(/[{}]/g, '');
    await desk.api('POST', '/v1/items', refund(id), OWN);
    await desk.api('POST', '/v1/items', refund(`${id}-2`), OWN);
    expect((await call(route, id, OWN)).status).toBe(own);
    expect((await call(route, `${id}-2`, API_TOKEN)).status).toBe(own);
  });
});

it('the same id from another token is taken, whether the body is the same or not', async () => {
  const same = await desk.api('POST', '/v1/items', refund('of-a'), OTHER);
  const differs = await desk.api('POST', '/v1/items', refund('of-a', { impact: 3 }), OTHER);
  expect(same.status).toBe(409);
  expect(differs).toMatchObject({ status: 409, body: same.body });
  expect(same.body).not.toHaveProperty('status', 'open');
  expect(await desk.api('POST', '/v1/items', refund('of-a'), OWN)).toMatchObject({ status: 200 });
  for (const id of ['of-a', 'of-queue'])
    expect(await desk.api('POST', '/v1/items', refund(id))).toMatchObject({ status: 200 });
});

it('a check behind an item belongs to nobody, and an item asked again to whose it was', async () => {
  const checked = refund('checked', { ...sure, tags: ['behind'] });
  await desk.api('POST', '/v1/items', checked, OWN);
  await desk.card(checkOf(checked));
  expect((await call('get /v1/items/{id}', checkOf(checked), OWN)).status).toBe(404);
  expect((await call('get /v1/items/{id}', checkOf(checked), API_TOKEN)).status).toBe(200);

  const expires_at = new Date(desk.clock.now() + 60_000).toISOString();
  await desk.api('POST', '/v1/items', refund('again', { expires_at }), OWN);
  await desk.card('again');
  await desk.advance('2m');
  await desk.slack
    .user('alice')
    .clicks('Re-open')
    .on(await desk.card('again', 'Re-open'));
  const id = madeId('reopen', 'again');
  await desk.card(id);
  expect((await call('get /v1/items/{id}', id, OWN)).status).toBe(200);
  expect((await call('get /v1/items/{id}', id, OTHER)).status).toBe(404);
});

it('whose an item is stands in the record, and a change of it is found', async () => {
  const db = join(desk.data_dir, 'hitl.db');
  const { out } = await hitl(['export', 'items', '--format', 'jsonl', '--db', db]);
  const items = out.split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(items.find((item) => item['item_id'] === 'of-a')).toMatchObject({ owner: 'a' });
  expect(items.find((item) => item['item_id'] === 'of-queue')).toMatchObject({ owner: null });
  expect((await hitl(['audit', 'verify', '--db', db])).code).toBe(0);
  await desk.pager.world.db
    .updateTable('items')
    .set({ owner: 'b' })
    .where('id', '=', 'of-a')
    .execute();
  const found = await hitl(['audit', 'verify', '--db', db]);
  expect(found.code).toBe(1);
  expect(found.out).toContain('owner');
});
