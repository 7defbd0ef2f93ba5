/** The HTTP server: the API, and Slack's own endpoint where Slack calls over HTTP. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import type { Logger } from 'pino';
import { codeOf } from '../domain/error-chain.ts';
import { StartRefused } from '../domain/start-refused.ts';
import { isAllowedHost } from './allowed-host.ts';

export interface Listening {
  port: number;
  /** Takes no more; resolves when what is in flight is answered. */
  close(): Promise<void>;
}

/** Slack's path, as the manifest names it. */
export const SLACK_PATH = '/slack/events';

const NOT_OURS = {
  type: 'about:blank',
  title: 'This host is not served here',
  status: 421,
  detail:
    'Call the pager by the address it listens on or by localhost, or name this host in HITL_PUBLIC_HOSTS.',
};

/** Why the port cannot be had, and what to do. */
const NOT_LISTENING: Record<string, string> = {
  EADDRINUSE: 'another process uses that port; end it, or set PORT to a free one',
  EACCES: 'this user may not use that port; set PORT to one above 1023',
  EADDRNOTAVAIL:
    'this machine has no such address; set HITL_BIND to one of its own (127.0.0.1, 0.0.0.0)',
  ENOTFOUND: 'there is no host of that name; set HITL_BIND to an address of this machine',
  EAI_AGAIN: 'the name could not be looked up; set HITL_BIND to an address of this machine',
};

/** How long a request may still take once the server closes. */
const FLIGHT_MS = 3000;

export interface Where {
  port: number;
  bind: string;
  /** Names by which it may be called beside its own address and this machine's: `host` or `host:port`. */
  public_hosts: readonly string[];
}

/** Listens. Throws StartRefused where the port cannot be had, naming it. */
export async function listen(
  api: Hono,
  where: Where,
  slack: RequestListener | null,
  log: Logger,
): Promise<Listening> {
  const answer = getRequestListener(api.fetch);
  const server = createServer((request, response) => {
    // Bolt's receiver throws, and takes the process down with it, at any other method than its own.
    const forSlack = request.method === 'POST' && request.url?.split('?', 1)[0] === SLACK_PATH;
    // What Slack signs needs no name to be believed; a browser cannot sign.
    if (slack !== null && forSlack) return slack(request, response);
    const { host } = request.headers;
    if (isAllowedHost(host, where)) return void answer(request, response);
    log.warn(
      { host: host?.slice(0, 200) },
      'a request by a host that is not ours is refused; name it in HITL_PUBLIC_HOSTS if it is',
    );
    response
      .writeHead(421, { 'content-type': 'application/problem+json', connection: 'close' })
      .end(JSON.stringify(NOT_OURS));
  });
  // Slow headers and bodies hold a socket, not the process.
  server.headersTimeout = 10_000;
  server.requestTimeout = 30_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => {
      const why = NOT_LISTENING[codeOf(cause) ?? ''] ?? `${cause.message}; set PORT or HITL_BIND`;
      reject(new StartRefused([`cannot listen on ${where.bind}:${where.port}: ${why}`], { cause }));
    });
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
