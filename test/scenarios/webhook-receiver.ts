/** A receiver of webhooks on this machine: what came in, each with its signature checked, and what it answers. */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { WEBHOOK_SECRET } from './desk.ts';

export interface Received {
  id: string;
  path: string;
  headers: IncomingHttpHeaders;
  /** As the standard's own library verified it. */
  payload: any;
}

export interface Receiver {
  /** `host:port`. */
  host: string;
  received: Received[];
  /** From now on; 204 where nothing is said. A receiver that never calls `response.end` hangs. */
  answers(answer: (response: ServerResponse, received: Received) => void): void;
  close(): Promise<void>;
}

/** @param now the product's time: signatures are checked against its own clock, as it is in the test's hand */
export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  let answer = (response: ServerResponse, _received: Received): void =>
    void response.writeHead(204).end();
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => (body += part));
    request.on('end', () => {
      const one: Received = {
        id: String(request.headers['webhook-id']),
        path: request.url ?? '',
        headers: request.headers,
        payload: verified(body, request.headers),
      };
      received.push(one);
      answer(response, one);
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    answers: (next) => void (answer = next),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The library holds a signature's time against the machine's clock; the test's clock is elsewhere, so the time is not held. */
function verified(body: string, headers: IncomingHttpHeaders): unknown {
  const webhook = new Webhook(WEBHOOK_SECRET);
  const id = String(headers['webhook-id']);
  const at = new Date(Number(headers['webhook-timestamp']) * 1000);
  if (webhook.sign(id, at, body) !== headers['webhook-signature'])
    throw new Error('the signature is wrong');
  return JSON.parse(body);
}
