/** The HTTP server: the API, and Slack's own endpoint where Slack calls over HTTP. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';

export interface Listening {
  port: number;
  /** Takes no more; resolves when what is in flight is answered. */
  close(): Promise<void>;
}

/** Slack's path, as the manifest names it. */
export const SLACK_PATH = '/slack/events';

/** How long a request may still take once the server closes. */
const FLIGHT_MS = 3000;

/** Listens. Throws where the port cannot be had, naming it. */
export async function listen(
  api: Hono,
  where: { port: number; bind: string },
  slack: RequestListener | null,
): Promise<Listening> {
  const answer = getRequestListener(api.fetch);
  const server = createServer((request, response) => {
    // Bolt's receiver throws, and takes the process down with it, at any other method than its own.
    const forSlack = request.method === 'POST' && request.url?.split('?', 1)[0] === SLACK_PATH;
    if (slack !== null && forSlack) slack(request, response);
    else void answer(request, response);
  });
  // Slow headers and bodies hold a socket, not the process.
  server.headersTimeout = 10_000;
  server.requestTimeout = 30_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) =>
      reject(
        new Error(
          `cannot listen on ${where.bind}:${where.port}: is the port in use? Set PORT or HITL_BIND`,
          { cause },
        ),
      ),
    );
    server.listen(where.port, where.bind, resolve);
  });
  return { port: (server.address() as AddressInfo).port, close: () => close(server) };
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    // A connection that a client keeps is idle only once it has been answered, and would be waited for.
    const idle = setInterval(() => server.closeIdleConnections(), 50);
    // What is in flight has a while; a request that is only half sent is not waited for.
    const late = setTimeout(() => server.closeAllConnections(), FLIGHT_MS);
    server.once('close', () => {
      clearInterval(idle);
      clearTimeout(late);
    });
  });
}
