import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createRawServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { sendWebhook } from '../../../src/http/send-webhook.ts';
import { LONGEST_ASKED_MS } from '../../../src/outbox/pace.ts';

const SECRET = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;
const closing: (() => void)[] = [];
afterEach(() => {
  vi.useRealTimers();
  for (const close of closing.splice(0)) close();
});

/** A receiver on this machine, and its address. */
async function receiver(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<URL> {
  const server: Server = createServer(answer);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`);
}

const send = (url: URL, allow = [url.host]) =>
  sendWebhook(
    { id: 'delivery-1', url: url.href, body: '{"a":"ü"}', at: Date.now() },
    { secret: SECRET, allow },
  );

describe('one try of a webhook', () => {
  it('carries a signature that the library of the standard verifies', async () => {
    const heard = new Promise<{ headers: Record<string, string>; body: string }>(
      (resolve, reject) => {
        receiver((request, response) => {
          let body = '';
          request.setEncoding('utf8').on('data', (part: string) => (body += part));
          request.on('end', () => {
            response.writeHead(204).end();
            resolve({ headers: request.headers as Record<string, string>, body });
          });
        })
          .then(async (url) => expect(await send(url)).toEqual({ delivery: 'done' }))
          .catch(reject);
      },
    );
    const { headers, body } = await heard;
    expect(headers['webhook-id']).toBe('delivery-1');
    expect(new Webhook(SECRET).verify(body, headers)).toEqual({ a: 'ü' });
    expect(() => new Webhook(SECRET).verify(body.replace('ü', 'u'), headers)).toThrow();
  });

  it.each([200, 201, 204, 299])('%i is an answer', async (status) => {
    const url = await receiver((_, response) => void response.writeHead(status).end());
    expect(await send(url)).toEqual({ delivery: 'done' });
  });

  it.each([301, 302, 307, 400, 404, 429, 500, 503])('%i is tried again', async (status) => {
    let calls = 0;
    const url = await receiver((_, response) => {
      calls += 1;
      response.writeHead(status, { location: '/elsewhere' }).end();
    });
    expect(await send(url)).toMatchObject({
      delivery: 'later',
      error: expect.stringContaining(String(status)),
    });
    expect(calls).toBe(1);
  });

  it('410 ends it: the receiver wants no more', async () => {
    const url = await receiver((_, response) => void response.writeHead(410).end());
    expect(await send(url)).toMatchObject({
      delivery: 'failed',
      error: expect.stringContaining('410'),
    });
  });

  it.each([
    [429, '120', 120_000],
    [503, '30', 30_000],
    [429, '99999999', LONGEST_ASKED_MS],
    [429, 'soon', undefined],
    [500, '120', undefined],
  ])('%i with Retry-After: %s waits at least %s ms', async (status, header, wait) => {
    const url = await receiver(
      (_, response) => void response.writeHead(status, { 'retry-after': header }).end(),
    );
    const sent = await send(url);
    expect(sent).toMatchObject({ delivery: 'later' });
    expect(sent.delivery === 'later' && sent.at_least_ms).toBe(wait);
  });

  it('during a rotation both secrets sign, so that a receiver with either takes it', async () => {
    const next = `whsec_${Buffer.alloc(32, 5).toString('base64')}`;
    let heard: { headers: Record<string, string>; body: string } | null = null;
    const url = await receiver((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (part: string) => (body += part));
      request.on('end', () => {
        heard = { headers: request.headers as Record<string, string>, body };
        response.end();
      });
    });
    const sent = await sendWebhook(
      { id: 'delivery-2', url: url.href, body: '{"a":1}', at: Date.now() },
      { secret: `${next} ${SECRET}`, allow: [url.host] },
    );
    expect(sent).toEqual({ delivery: 'done' });
    const { headers, body } = heard ?? { headers: {}, body: '' };
    for (const secret of [SECRET, next])
      expect(new Webhook(secret).verify(body, headers)).toEqual({ a: 1 });
    const another = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
    expect(() => new Webhook(another).verify(body, headers)).toThrow();
  });

  it('does not read what the receiver says: a body without end is cut', async () => {
    const cut = new Promise<void>((resolve, reject) => {
      receiver((_, response) => {
        response.writeHead(200);
        const flood = () => {
          while (!response.destroyed && response.write(Buffer.alloc(65_536))) continue;
        };
        response.on('drain', flood).on('close', resolve);
        flood();
      })
        .then(async (url) => expect(await send(url)).toEqual({ delivery: 'done' }))
        .catch(reject);
    });
    await cut;
  });

  it('waits ten seconds for a receiver that holds the line, and no longer', async () => {
    const called = new Promise<{ sending: ReturnType<typeof send> }>((resolve, reject) => {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      const url = receiver(() => resolve({ sending }));
      const sending = url.then((where) => send(where));
      sending.catch(reject);
    });
    const { sending } = await called;
    let over = false;
    void sending.then(() => (over = true));
    vi.advanceTimersByTime(9999);
    await new Promise<void>((resolve) => void setImmediate(resolve));
    expect(over).toBe(false);
    vi.advanceTimersByTime(1);
    expect(await sending).toEqual({ delivery: 'later', error: 'no answer within 10 s' });
  });

  it('hangs up on one that answers nothing, or no HTTP', async () => {
    const server = createRawServer(
      (socket) => void socket.on('error', () => {}).end('hello\r\n\r\n'),
    );
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    closing.push(() => server.close());
    const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    expect(await send(url)).toMatchObject({ delivery: 'later' });
    server.close();
    expect(await send(new URL('http://127.0.0.1:1/'))).toMatchObject({ delivery: 'later' });
  });

  it.each(['localhost', '127.0.0.1', '[::ffff:127.0.0.1]', '2130706433', '0x7f.1'])(
    'never reaches into this machine by the name of %s',
    async (host) => {
      let calls = 0;
      const url = await receiver((_, response) => {
        calls += 1;
        response.end();
      });
      const inside = new URL(`http://${host}:${url.port}/`);
      expect(await send(inside, [])).toMatchObject({
        delivery: 'later',
        error: expect.stringContaining('private'),
      });
      expect(calls).toBe(0);
    },
  );
});
