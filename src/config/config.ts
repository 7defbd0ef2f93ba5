/**
 * The environment, read once at start. Every problem is named at once, with what would be right; nothing here prints,
 * and no secret is ever put into a problem.
 */
import { z } from 'zod';
import { readDuration } from '../../policies/file/duration.ts';
import { DECISIONS_QUEUE, listedQueues, QUEUE_NAME, QUEUE_PATTERN } from '../domain/reply-queue.ts';
import { PAGERDUTY_URL } from './variables.ts';
import { readTokens, type ApiToken } from './api-tokens.ts';

export interface Config {
  slack: {
    bot_token: string;
    api_url: string | undefined;
    way: { mode: 'socket'; app_token: string } | { mode: 'http'; signing_secret: string };
  };
  redis_url: string | undefined;
  queue: string;
  /** Names and patterns of the queues that `reply_to` may name. */
  reply_queues: string[];
  /** How long results that nobody takes stay on the queue, ms. */
  results_keep_ms: number;
  data_dir: string;
  policy: string;
  port: number;
  bind: string;
  /** Further names that the pager is called by: `host` or `host:port`, in lower case. */
  public_hosts: string[];
  /** One token that may do all, in clear; never logged. */
  api_token: string | undefined;
  api_tokens: ApiToken[];
  /** What `/metrics` and `/openapi.json` ask for, in clear; never logged. */
  metrics_token: string | undefined;
  /** One secret, or two with a blank between, which both sign; never logged. */
  webhook_secret: string | undefined;
  callback_allow: string[];
  /** Routing keys by the names that the policy calls them; never logged. */
  pagerduty: { url: string; keys: ReadonlyMap<string, string> };
  log_level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
}

export type Environment = Record<string, string | undefined>;
export type ReadConfig =
  | { ok: true; config: Config; notices: string[] }
  | { ok: false; problems: string[] };

const level = z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']);

/** Reads the configuration. An empty variable counts as not set. */
export function readConfig(env: Environment): ReadConfig {
  const problems: string[] = [];
  const notices: string[] = [];
  const get = (name: string): string | undefined => env[name]?.trim() || undefined;
  const wrong = (name: string, problem: string) => void problems.push(`${name}: ${problem}`);

  const bot_token = get('SLACK_BOT_TOKEN');
  if (!bot_token)
    wrong(
      'SLACK_BOT_TOKEN',
      "not set; it is on the app's page under OAuth & Permissions, and starts with xoxb-",
    );
  else if (!bot_token.startsWith('xoxb-'))
    wrong('SLACK_BOT_TOKEN', 'is not a bot token: it must start with xoxb-');
  const app_token = get('SLACK_APP_TOKEN');
  const signing_secret = get('SLACK_SIGNING_SECRET');
  if (!app_token && !signing_secret) {
    wrong(
      'SLACK_APP_TOKEN',
      "not set; make an app-level token with connections:write on the app's Basic Information page (or set SLACK_SIGNING_SECRET to be called over HTTP)",
    );
  } else if (app_token && !app_token.startsWith('xapp-')) {
    wrong('SLACK_APP_TOKEN', 'is not an app-level token: it must start with xapp-');
  }
  const api_url = get('SLACK_API_URL');
  if (api_url && !isUrl(api_url, ['http:', 'https:']))
    wrong('SLACK_API_URL', 'must be an http or https address');
  const redis_url = get('REDIS_URL');
  if (redis_url && !isUrl(redis_url, ['redis:', 'rediss:']))
    wrong('REDIS_URL', 'must start with redis:// or rediss://');
  const queue = get('HITL_QUEUE') ?? 'hitl-items';
  if (!QUEUE_NAME.test(queue))
    wrong('HITL_QUEUE', 'must be a name of letters, digits, `_`, `.` or `-`');
  if (queue === DECISIONS_QUEUE)
    wrong('HITL_QUEUE', `must not be ${DECISIONS_QUEUE}: results go there`);
  const reply_queues = readReplyQueues(get('HITL_REPLY_QUEUES'), (problem) =>
    wrong('HITL_REPLY_QUEUES', problem),
  );
  const results_keep = readDuration(get('HITL_RESULTS_KEEP') ?? '7d');
  if (!results_keep.ok)
    wrong('HITL_RESULTS_KEEP', `${results_keep.problem}; write it like 12h, 7d or 2w`);
  const port = Number(get('PORT') ?? 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    wrong('PORT', 'must be a number from 0 to 65535');
  const api_token = get('HITL_API_TOKEN');
  if (api_token && api_token.length < 16)
    wrong('HITL_API_TOKEN', 'must have at least 16 characters; `openssl rand -hex 32` makes one');
  const api_tokens = readTokens(get('HITL_API_TOKENS'), (problem) =>
    wrong('HITL_API_TOKENS', problem),
  );
  if (!api_token && !get('HITL_API_TOKENS'))
    notices.push(
      'the HTTP API is off: set HITL_API_TOKEN or HITL_API_TOKENS to put items in by POST /v1/items',
    );
  const metrics_token = get('HITL_METRICS_TOKEN');
  if (metrics_token && metrics_token.length < 16)
    wrong(
      'HITL_METRICS_TOKEN',
      'must have at least 16 characters; `openssl rand -hex 32` makes one',
    );
  const webhook_secrets = get('HITL_WEBHOOK_SECRET')?.split(/\s+/) ?? [];
  if (webhook_secrets.length > 2)
    wrong(
      'HITL_WEBHOOK_SECRET',
      'has more than two secrets: the new one and the old one are enough',
    );
  if (!webhook_secrets.every(isWebhookSecret)) {
    wrong(
      'HITL_WEBHOOK_SECRET',
      'must be whsec_ and the base64 of 24 to 64 bytes; `echo "whsec_$(openssl rand -base64 32)"` makes one',
    );
  }
  const callback_allow = readHosts(get('HITL_CALLBACK_ALLOW'), (problem) =>
    wrong('HITL_CALLBACK_ALLOW', problem),
  );
  const public_hosts = readHosts(get('HITL_PUBLIC_HOSTS'), (problem) =>
    wrong('HITL_PUBLIC_HOSTS', problem),
  );
  const pagerduty_url = get('HITL_PAGERDUTY_URL') ?? PAGERDUTY_URL;
  if (!isUrl(pagerduty_url, ['http:', 'https:']) || new URL(pagerduty_url).username !== '')
    wrong('HITL_PAGERDUTY_URL', 'must be an http or https address, without a user in it');
  const pagerduty_keys = readKeys(get('HITL_PAGERDUTY_KEYS'), (problem) =>
    wrong('HITL_PAGERDUTY_KEYS', problem),
  );
  const log_level = level.safeParse(get('LOG_LEVEL') ?? 'info');
  if (!log_level.success) wrong('LOG_LEVEL', `must be one of ${level.options.join(', ')}`);

  if (problems.length > 0) return { ok: false, problems };
  return {
    ok: true,
    notices,
    config: {
      slack: {
        bot_token: bot_token ?? '',
        api_url: api_url === undefined || api_url.endsWith('/') ? api_url : `${api_url}/`,
        way: app_token
          ? { mode: 'socket', app_token }
          : { mode: 'http', signing_secret: signing_secret ?? '' },
      },
      redis_url,
      queue,
      reply_queues,
      results_keep_ms: results_keep.ok ? results_keep.value : 0,
      data_dir: get('HITL_DATA_DIR') ?? './data',
      policy: get('HITL_POLICY') ?? 'policies/default.yaml',
      port,
      bind: get('HITL_BIND') ?? '127.0.0.1',
      public_hosts,
      api_token,
      api_tokens,
      metrics_token,
      webhook_secret: webhook_secrets.length === 0 ? undefined : webhook_secrets.join(' '),
      callback_allow,
      pagerduty: { url: pagerduty_url, keys: pagerduty_keys },
      log_level: log_level.success ? log_level.data : 'info',
    },
  };
}

/** Hosts, comma-separated, in lower case. */
function readHosts(list: string | undefined, wrong: (problem: string) => void): string[] {
  const hosts = (list ?? '')
    .split(',')
    .map((host) => host.trim().toLowerCase())
    .filter(Boolean);
  for (const host of hosts) {
    if (!/^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:\d{1,5})?$/.test(host))
      wrong(`"${host.slice(0, 100)}" is not a host or host:port`);
  }
  return hosts;
}

function readReplyQueues(list: string | undefined, wrong: (problem: string) => void): string[] {
  const queues = listedQueues(list);
  for (const queue of queues) {
    if (!QUEUE_PATTERN.test(queue))
      wrong(
        `"${queue.slice(0, 100)}" is not a queue's name: it has letters, digits, \`_\`, \`.\` or \`-\`, and \`*\` for any of them (BullMQ refuses colons)`,
      );
  }
  return queues;
}

function isUrl(value: string, protocols: string[]): boolean {
  return URL.canParse(value) && protocols.includes(new URL(value).protocol);
}

function isWebhookSecret(secret: string): boolean {
  const [, base64] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(secret) ?? [];
  if (base64 === undefined) return false;
  const size = Buffer.from(base64, 'base64').length;
  return size >= 24 && size <= 64;
}

/** A part may be a key that was put in without its name: positions are named, not what was written. */
function readKeys(list: string | undefined, wrong: (problem: string) => void): Map<string, string> {
  const keys = new Map<string, string>();
  const parts = (list ?? '').split(',').filter((one) => one.trim());
  for (const [at, written] of parts.entries()) {
    const place = `key ${at + 1}`;
    const [, name, key] = /^([A-Za-z0-9][\w-]{0,63}):([\w-]{16,128})$/.exec(written.trim()) ?? [];
    if (name === undefined || key === undefined)
      wrong(
        `${place} must be NAME:routing_key; the key is in PagerDuty under the service's Integrations, Events API V2`,
      );
    else if (keys.has(name)) wrong(`${place} has the name of another`);
    else keys.set(name, key);
  }
  return keys;
}
