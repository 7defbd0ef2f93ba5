import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, refund, type Desk } from './desk.ts';

describe('ids that look like something else', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk();
  });
  afterAll(async () => {
    await desk.close();
  });

  it.each([
    '__proto__',
    'constructor',
    'toString',
    'cancel',
    'a/b',
    'a%2Fb',
    'a b',
    'a+b',
    '%',
    '%zz',
    '%00',
    '?wait=1',
    '#top',
    '../../etc/passwd',
    "'; drop table items; --",
    'ümläut',
    '漢字',
    '😀',
    'a\nb\r\nx: y',
    '<!channel>',
    '<@U0ALICE>',
    '*bold* `code`',
    '{{7*7}}',
    ' ',
    'x'.repeat(128),
  ])('%j goes in, is found, has a card and comes out', async (id) => {
    const answer = await desk.api('POST', '/v1/items', refund(id));
    expect(answer).toMatchObject({ status: 202, body: { item_id: id } });
    expect(await desk.status(id)).toMatchObject({ item_id: id, status: 'open' });
    await desk.card(id);
    const cancelled = await desk.api('POST', `/v1/items/${encodeURIComponent(id)}/cancel`);
    expect(cancelled).toMatchObject({
      status: 200,
      body: { item_id: id, result: { item_id: id, outcome: 'cancelled' } },
    });
    expect(await desk.result(id)).toMatchObject({ item_id: id });
    expect(desk.slack.problems).toEqual([]);
  });
});

describe('without a token configured', () => {
  it('the API is off and says so; the rest of the pager works', async () => {
    const desk = await openDesk({ env: { HITL_API_TOKEN: '' } });
    for (const token of [null, '', 'anything'])
      expect(await desk.api('POST', '/v1/items', refund('off-1'), token)).toMatchObject({
        status: 401,
        body: { title: 'The HTTP API is off' },
      });
    expect((await desk.api('GET', '/healthz', undefined, null)).status).toBe(200);
    await desk.pager.submit(refund('off-2'));
    await desk.card('off-2');
    await desk.close();
  });
});
