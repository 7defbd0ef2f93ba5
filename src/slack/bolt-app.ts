/**
 * The Bolt app: how Slack reaches us, by Socket Mode or over HTTP. The receiver is built by hand, because the
 * `socketMode` shorthand shares its client options with every listener's client (which then retries a hundred times).
 */
import type { IncomingMessage, RequestListener } from 'node:http';
import { App, HTTPReceiver, SocketModeReceiver } from '@slack/bolt';
import type { WebClientOptions } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import { systemClock } from '../domain/clock.ts';
import { SLACK_PATH } from '../http/listen.ts';
import { judgeSlackRequest } from '../http/slack-request.ts';
import { personOptions, slackLogger } from './clients.ts';

/** Who the app is in Slack, as `auth.test` told once. */
export interface Self {
  botId: string | undefined;
  botUserId: string | undefined;
}

export interface SlackApp {
  app: App;
  /** For the HTTP server, where Slack calls us. */
  listener: RequestListener | null;
  /** Whether Slack can reach us now. */
  connected(): boolean;
  /** Called after Slack could not reach us for a while, once it can again. */
  onReconnect(back: () => void): void;
  start(self: Self): Promise<void>;
  stop(): Promise<void>;
}

/** A socket that has not ponged for this long is dropped; Slack's own advice is 5 s. */
const PING_TIMEOUT_MS = 5000;

/** More than any body that Slack sends. */
const BODY_MAX_BYTES = 2 * 1024 * 1024;

/** @param fetch what the call that opens a socket goes through */
export function createBoltApp(
  slack: Config['slack'],
  log: Logger,
  fetch: WebClientOptions['fetch'],
): SlackApp {
  return slack.way.mode === 'socket'
    ? bySocket(slack, slack.way.app_token, log, fetch)
    : byHttp(slack, slack.way.signing_secret, log);
}

/** `self` is filled in at the start. */
const common = (slack: Config['slack'], self: Partial<Self>, log: Logger) => ({
  // Given a bare token, Bolt asks `auth.test` again before each click, and drops the click where Slack is slow to say.
  authorize: async () => ({ botToken: slack.bot_token, ...self }),
  logger: slackLogger(log),
  clientOptions: personOptions(slack.api_url, log),
});

function bySocket(
  slack: Config['slack'],
  appToken: string,
  log: Logger,
  fetch: WebClientOptions['fetch'],
): SlackApp {
  const receiver = new SocketModeReceiver({
    appToken,
    clientPingTimeout: PING_TIMEOUT_MS,
    logger: slackLogger(log),
    installerOptions: {
      clientOptions: {
        ...(slack.api_url === undefined ? {} : { slackApiUrl: slack.api_url }),
        ...(fetch === undefined ? {} : { fetch }),
      },
    },
  });
  let connected = false;
  let was = false;
  let stopping = false;
  const backs: (() => void)[] = [];
  receiver.client.on('connected', () => {
    // It was connecting again when it was stopped, and went on.
    if (stopping) return void receiver.client.disconnect();
    if (!connected && was) for (const back of backs) back();
    connected = true;
    was = true;
    log.info('Slack is connected by Socket Mode');
  });
  for (const gone of ['disconnected', 'reconnecting', 'disconnecting'] as const) {
    receiver.client.on(gone, () => {
      if (connected && !stopping) log.warn('the socket to Slack is gone; connecting again');
      connected = false;
    });
  }
  const self: Partial<Self> = {};
  const app = new App({ ...common(slack, self, log), receiver });
  return {
    app,
    listener: null,
    connected: () => connected,
    onReconnect: (back) => void backs.push(back),
    start: async (who) => {
      Object.assign(self, who);
      await app.start();
    },
    stop: async () => {
      stopping = true;
      await app.stop();
    },
  };
}

function byHttp(slack: Config['slack'], signingSecret: string, log: Logger): SlackApp {
  const receiver = new HTTPReceiver({
    signingSecret,
    endpoints: SLACK_PATH,
    logger: slackLogger(log),
  });
  const self: Partial<Self> = {};
  const app = new App({ ...common(slack, self, log), receiver });
  return {
    app,
    listener: (request, response) => {
      const take = async () => {
        const raw = await rawBody(request, BODY_MAX_BYTES);
        const rules = { secret: signingSecret, now: systemClock.now() };
        const judged =
          raw === null
            ? { take: false as const, status: 413 }
            : judgeSlackRequest(request.headers, raw, rules);
        if (!judged.take) {
          // What is left of a body that is too long is not read.
          response.writeHead(judged.status, raw === null ? { connection: 'close' } : {}).end();
          return;
        }
        // Bolt knows the bare content types only, and reads a body that was read before from `rawBody`.
        request.headers['content-type'] = judged.type;
        receiver.requestListener(Object.assign(request, { rawBody: raw }), response);
      };
      take().catch((error: unknown) => {
        log.warn({ err: error }, 'a request to /slack/events failed');
        if (!response.headersSent) response.writeHead(400);
        response.end();
      });
    },
    connected: () => true,
    onReconnect: () => {},
    start: async (who) => {
      Object.assign(self, who);
    },
    stop: async () => {},
  };
}

/** The whole body, or null where it is longer than that. Rejects where it breaks off. */
async function rawBody(request: IncomingMessage, max: number): Promise<Buffer | null> {
  if (Number(request.headers['content-length'] ?? 0) > max) return null;
  const chunks: Buffer[] = [];
  let size = 0;
  // Leaving the loop must not destroy the socket: the answer goes out by it.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += (chunk as Buffer).length;
    if (size > max) return null;
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}
