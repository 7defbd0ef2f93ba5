/** The two Web API clients: one that empties the outbox, one for what a person is waiting for. */
import {
  LogLevel,
  WebClient,
  type Logger as SlackLogger,
  type WebClientOptions,
} from '@slack/web-api';
import type { Logger } from 'pino';
import { systemClock, type EpochMs } from '../domain/clock.ts';

/** Slack answers within a second or not at all; an outbox can wait longer than a person. */
const OUTBOX_TIMEOUT_MS = 10_000;
const PERSON_TIMEOUT_MS = 2500;

export interface SlackClients {
  /** Retries nothing by itself: a hidden retry posts twice. */
  outbox: WebClient;
  /** For modals and look-ups: one quick retry, then whoever asked is told. */
  person: WebClient;
}

const SAID_AGAIN_MS = 60_000;
const SAID_MOST = 50;

const withoutRetries = (): WebClientOptions['retryConfig'] => ({ retries: 0 });

/** @param slackApiUrl undefined: Slack's own; `fetch` what calls go through, undefined: Node's own */
export function slackClients(
  token: string,
  slackApiUrl: string | undefined,
  log: Logger,
  fetch?: WebClientOptions['fetch'],
): SlackClients {
  const logger = slackLogger(log);
  const where = {
    ...(slackApiUrl === undefined ? {} : { slackApiUrl }),
    ...(fetch === undefined ? {} : { fetch }),
  };
  return {
    outbox: new WebClient(token, {
      ...where,
      logger,
      retryConfig: withoutRetries(),
      rejectRateLimitedCalls: true,
      timeout: OUTBOX_TIMEOUT_MS,
      maxRequestConcurrency: 50,
    }),
    person: new WebClient(token, { ...personOptions(slackApiUrl, log), ...where }),
  };
}

/** For Bolt's own client as well: a fresh object each time, since Socket Mode writes into the one it is given. */
export function personOptions(slackApiUrl: string | undefined, log: Logger): WebClientOptions {
  return {
    ...(slackApiUrl === undefined ? {} : { slackApiUrl }),
    logger: slackLogger(log),
    retryConfig: { retries: 1, minTimeout: 200, maxTimeout: 200 },
    rejectRateLimitedCalls: true,
    timeout: PERSON_TIMEOUT_MS,
  };
}

/** Slack's libraries speak through our log. What they say may hold a token: only their first words are kept. */
export function slackLogger(log: Logger): SlackLogger {
  const child = log.child({ part: 'slack' });
  const words = (said: unknown[]) =>
    said
      .map((one) => (one instanceof Error ? one.message : String(one)))
      .join(' ')
      .replace(/xox[a-z]-[\w-]+|xapp-[\w-]+/g, '…')
      .slice(0, 500);
  const saidAt = new Map<string, EpochMs>();
  /** What it says again and again while Slack is away is said once a minute; numbers in it make no difference. */
  const isNew = (text: string): boolean => {
    const now = systemClock.now();
    const key = text.replace(/\d+/g, '#');
    if (Math.abs(now - (saidAt.get(key) ?? -Infinity)) < SAID_AGAIN_MS) return false;
    if (saidAt.size > SAID_MOST) saidAt.clear();
    saidAt.set(key, now);
    return true;
  };
  const say = (level: 'warn' | 'error', said: unknown[]) => {
    const text = words(said);
    child[isNew(text) ? level : 'debug'](text);
  };
  return {
    debug: (...said) => child.trace(words(said)),
    info: (...said) => child.debug(words(said)),
    warn: (...said) => say('warn', said),
    error: (...said) => say('error', said),
    setLevel: () => {},
    getLevel: () => LogLevel.INFO,
    setName: () => {},
  };
}
