import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, refund, type Desk } from './desk.ts';

describe('what an operator and a producer can look at', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk();
  });
  afterAll(async () => {
    await desk.close();
  });
  const get = (path: string) => desk.api('GET', path, undefined, null);

  it('it lives, and is ready', async () => {
    expect(await get('/healthz')).toMatchObject({ status: 200, body: { status: 'ok' } });
    expect(await get('/readyz')).toMatchObject({ status: 200, body: { status: 'ready' } });
  });

  it('while the socket to Slack is cut it lives but is not ready, and says why; then it is again', async () => {
    desk.slack.cutSockets();
    const unready = await desk.until('it is not ready', async () => {
      const answer = await get('/readyz');
      return answer.status === 503 && answer;
    });
    expect(unready.body).toEqual({ status: 'not ready', missing: ['Slack is not connected'] });
    expect((await get('/healthz')).status).toBe(200);
    // Slack's client waits five seconds before it connects again.
    await desk.until('it is ready again', async () => (await get('/readyz')).status === 200);
  });

  it('the metrics say what waits, and for how long', async () => {
    desk.slack.faults.every('chat.postMessage', { error: 'internal_error' });
    await desk.submit(refund('metric-1'));
    await desk.advance('42s');
    await desk.until('a try has failed', async () => {
      const row = await desk.pager.world.db
        .selectFrom('outbox')
        .select(['attempts', 'lease'])
        .where('item_id', '=', 'metric-1')
        .executeTakeFirstOrThrow();
      return row.attempts >= 1 && row.lease === null;
    });
    const { body, headers } = await get('/metrics');
    expect(headers.get('content-type')).toContain('text/plain');
    expect(body).toContain('hitl_items_waiting{status="open"} 1');
    expect(body).toMatch(/^hitl_outbox_pending 1$/m);
    expect(body).toMatch(/^hitl_outbox_oldest_seconds 42$/m);
    expect(body).not.toContain('metric-1');
    desk.slack.faults.clear();
    await desk.advance('10s');
    await desk.card('metric-1');
    await desk.until('the outbox is empty', async () =>
      /^hitl_outbox_pending 0$/m.test((await get('/metrics')).body),
    );
  });

  it('openapi.json describes what is there: each path answers, and its schemas are schemas', async () => {
    const { body: doc } = await get('/openapi.json');
    expect(doc.openapi).toMatch(/^3\.1\./);
    expect(Object.keys(doc.paths)).toEqual([
      '/v1/items',
      '/v1/items/{id}',
      '/v1/items/{id}/info',
      '/v1/items/{id}/cancel',
      '/v1/items/{id}/feedback',
      '/v1/oncall/{rotation}.ics',
    ]);
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema({ ...doc, $id: 'doc' });
    const matches = (schema: string, value: unknown) => {
      const validate = ajv.getSchema(`doc#/components/schemas/${schema}`);
      if (!validate) throw new Error(`there is no schema ${schema}`);
      return validate(value) ? [] : validate.errors;
    };
    expect(matches('Item', refund('open-1'))).toEqual([]);
    expect(matches('Item', { ...refund('open-1'), prio: 1 })).not.toEqual([]);
    const accepted = await desk.api('POST', '/v1/items', refund('open-1'));
    expect(matches('ItemStatus', accepted.body)).toEqual([]);
    const refused = await desk.api('POST', '/v1/items', { id: 'x' });
    expect(matches('Problem', refused.body)).toEqual([]);
    const decided = await desk.api('POST', '/v1/items/open-1/cancel');
    expect(matches('ItemStatus', decided.body)).toEqual([]);
    expect(matches('Result', decided.body.result)).toEqual([]);
    const said = { verdict: 'right', truth: { amount: 220 } };
    expect(matches('Feedback', said)).toEqual([]);
    const recorded = await desk.api('POST', '/v1/items/open-1/feedback', said);
    expect(matches('FeedbackStatus', recorded.body)).toEqual([]);
  });

  it('every reference in openapi.json leads somewhere', async () => {
    const { body: doc } = await get('/openapi.json');
    const references = [...JSON.stringify(doc).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(
      ([, path]) => path ?? '',
    );
    expect(references.length).toBeGreaterThan(5);
    for (const path of references) {
      const found = path
        .split('/')
        .reduce<Record<string, unknown> | undefined>(
          (held, part) => held?.[part.replaceAll('~1', '/')] as Record<string, unknown> | undefined,
          doc,
        );
      expect(found, path).toBeDefined();
    }
  });
});
