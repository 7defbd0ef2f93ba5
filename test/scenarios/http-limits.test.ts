import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, type Desk } from './desk.ts';

const METRICS_TOKEN = 'the-token-for-metrics';

describe('what the HTTP server takes, and whom it tells', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk({ env: { HITL_METRICS_TOKEN: METRICS_TOKEN } });
  });
  afterAll(async () => {
    await desk.close();
  });

  /** The status that a body gets which only says that it is so long: not one byte of it is sent. */
  const announced = (method: string, path: string, length: number): Promise<number> =>
    new Promise((resolve, reject) => {
      const headers = { 'content-length': length, 'content-type': 'application/json' };
      const sent = request(
        { host: '127.0.0.1', port: desk.pager.port, method, path, headers },
        (answer) => {
          resolve(answer.statusCode ?? 0);
          sent.destroy();
        },
      );
      sent.once('error', reject);
      sent.flushHeaders();
    });

  /** The status for a body that comes in pieces, its length untold, and stops coming once it is answered. */
  const streamed = (path: string): Promise<number> =>
    new Promise((resolve, reject) => {
      const sent = request(
        { host: '127.0.0.1', port: desk.pager.port, method: 'POST', path },
        (answer) => {
          resolve(answer.statusCode ?? 0);
          sent.destroy();
        },
      );
      sent.once('error', reject);
      for (let piece = 0; piece < 5; piece += 1) sent.write(Buffer.alloc(64 * 1024, 'x'));
    });

  const paths = [
    ...['/v1/items', '/v1/items/x/info', '/v1/items/x/cancel', '/v1/items/x/feedback'],
    '/nowhere',
  ];
  it.each(paths)('300 MB for %s are refused before they are sent', async (path) => {
    expect(await announced('POST', path, 300_000_000)).toBe(413);
    expect(await announced('PUT', path, 300_000_000)).toBe(413);
    expect(await streamed(path)).toBe(413);
  });

  it.each(['/metrics', '/openapi.json'])('%s asks for its own token', async (path) => {
    expect((await desk.api('GET', path, undefined, METRICS_TOKEN)).status).toBe(200);
    for (const token of [null, 'wrong', `${METRICS_TOKEN}x`, '']) {
      const { status, headers } = await desk.api('GET', path, undefined, token);
      expect([status, headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    }
    // The API's own token is another.
    expect((await desk.api('GET', path)).status).toBe(401);
  });

  it('the token for metrics opens nothing else, and health needs none', async () => {
    expect((await desk.api('GET', '/v1/items/x', undefined, METRICS_TOKEN)).status).toBe(401);
    for (const path of ['/healthz', '/readyz'])
      expect((await desk.api('GET', path, undefined, null)).status).toBe(200);
  });
});
