import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { API_TOKEN, openDesk, refund, type Desk } from './desk.ts';

/** DNS rebinding: a web page elsewhere, its name turned to this machine, calls the API by that name. */
describe('the host that the API is called by', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk({ http: true, env: { HITL_PUBLIC_HOSTS: 'pager.example,inside:3000' } });
  });
  afterAll(async () => {
    expect(desk.slack.problems).toEqual([]);
    await desk.close();
  });

  const call = (
    method: string,
    path: string,
    host: string,
  ): Promise<{ status: number; text: string }> =>
    new Promise((resolve, reject) => {
      const headers = { host, authorization: `Bearer ${API_TOKEN}` };
      const { port } = desk.pager;
      request({ host: '127.0.0.1', port, method, path, headers, agent: false }, (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (part: string) => (text += part));
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
      })
        .once('error', reject)
        .end();
    });

  it.each(['localhost:3000', '127.0.0.1', '[::1]:9', 'PAGER.example:8443', 'inside:3000'])(
    '%s is ours',
    async (host) => {
      expect((await call('GET', '/healthz', host)).status).toBe(200);
    },
  );

  it.each(['evil.example', 'localhost.evil.example', '10.0.0.1', 'inside:3001'])(
    '%s is not: nothing is told and nothing is done, whatever the token',
    async (host) => {
      await desk.submit(refund(`host ${host}`));
      const item = `/v1/items/${encodeURIComponent(`host ${host}`)}`;
      for (const [method, path] of [
        ['GET', '/healthz'],
        ['GET', '/metrics'],
        ['GET', '/openapi.json'],
        ['GET', item],
        ['POST', `${item}/cancel`],
        ['GET', '/nothing/there'],
      ] as const) {
        const { status, text } = await call(method, path, host);
        expect([path, status, JSON.parse(text).detail]).toEqual([
          path,
          421,
          expect.stringContaining('HITL_PUBLIC_HOSTS'),
        ]);
      }
      expect((await desk.status(`host ${host}`)).status).toBe('open');
    },
  );

  it('Slack’s own address goes by the signature, not by the name', async () => {
    expect((await call('POST', '/slack/events', 'any.example')).status).toBe(401);
  });
});
