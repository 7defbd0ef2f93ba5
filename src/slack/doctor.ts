/**
 * What of Slack `hitl doctor` looks at: the tokens, what was granted, and everyone and everything the policy names. One
 * finding a thing, each good or with what to do; nothing is changed in Slack, and no finding holds a token.
 */
import { WebAPIRequestError, WebClient, type WebClientOptions } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Policy } from '../../policies/policy.ts';
import type { Clock } from '../domain/clock.ts';
import type { Config } from '../config/config.ts';
import { bad, good, unknown, type Finding } from '../domain/finding.ts';
import { slackLogger } from './clients.ts';
import { namedInPolicy, type NamedInPolicy } from '../../policies/access/named-in-policy.ts';
import { BOT_SCOPES } from './scopes.ts';
import { slackTrouble } from './slack-error.ts';

export interface LookAt {
  slack: Config['slack'];
  /** Whether each token was given at all; one that was not is not sent. */
  given: { bot_token: boolean; way: boolean };
  /** null: it does not load. */
  policy: Policy | null;
  clock: Clock;
  log: Logger;
}

const ANSWER_WITHIN_MS = 5000;
/** Slack refuses and we refuse what is older than five minutes; a minute off is trouble on its way. */
const CLOCK_OFF_MOST_MS = 60_000;

/** Looks at all of it, in order; each finding as soon as it is known. Never throws for what Slack answers. */
export async function* lookAtSlack(at: LookAt): AsyncGenerator<Finding> {
  const dates: number[] = [];
  const web = new WebClient(at.slack.bot_token, clientOptions(at, dates));
  let token: Finding = unknown('token', 'SLACK_BOT_TOKEN is missing');
  let bot: string | undefined;
  if (at.given.bot_token) {
    const who = await ask(() => web.auth.test());
    token = who.ok
      ? good('token', `@${who.answer.user} in ${who.answer.team} (${who.answer.team_id})`)
      : bad('token', tokenWords(who.trouble, at.slack.api_url));
    yield token;
    if (who.ok) {
      bot = who.answer.bot_id;
      yield scopesFinding(who.answer.response_metadata?.scopes);
    }
  } else yield token;
  yield* lookAtWay(at, bot === undefined ? null : web, bot);
  yield clockFinding(dates);
  if (at.policy === null) {
    yield unknown('channels and people', 'the policy must be mended first');
  } else if (token.good !== true) {
    yield unknown('channels and people', 'the token must be mended first');
  } else yield* lookAtPolicy(web, namedInPolicy(at.policy));
}

function clientOptions(at: LookAt, dates: number[]): WebClientOptions {
  return {
    ...(at.slack.api_url === undefined ? {} : { slackApiUrl: at.slack.api_url }),
    logger: slackLogger(at.log),
    retryConfig: { retries: 1, minTimeout: 200, maxTimeout: 200 },
    timeout: ANSWER_WITHIN_MS,
    async fetch(url, init) {
      const answer = await fetch(url, init);
      const date = Date.parse(answer.headers.get('date') ?? '');
      if (!Number.isNaN(date)) dates.push(date - at.clock.now());
      return answer;
    },
  };
}

type Asked<T> = { ok: true; answer: T } | { ok: false; trouble: string };

/** `trouble` is Slack's name for it, or what kept it from answering. */
async function ask<T>(call: () => Promise<T>): Promise<Asked<T>> {
  try {
    return { ok: true, answer: await call() };
  } catch (error) {
    const trouble = slackTrouble(error);
    switch (trouble.trouble) {
      case 'refused':
        return { ok: false, trouble: trouble.error };
      case 'rate_limited':
        return { ok: false, trouble: 'ratelimited' };
      case 'unsure':
        return { ok: false, trouble: `no answer: ${rootOf(error) ?? trouble.error}` };
      default:
        return trouble satisfies never;
    }
  }
}

/** `fetch failed` says nothing; what it failed of stands deeper. */
function rootOf(error: unknown): string | null {
  const { original } = error instanceof WebAPIRequestError ? error : { original: undefined };
  return original?.cause instanceof Error ? original.cause.message : null;
}

function tokenWords(trouble: string, api_url: string | undefined): string {
  if (trouble.startsWith('no answer'))
    return `${api_url ?? 'slack.com'} gives ${trouble}; check the network, the proxy, and SLACK_API_URL`;
  if (trouble === 'ratelimited') return 'Slack asks to wait a moment (ratelimited); try again';
  return `Slack refuses SLACK_BOT_TOKEN (${trouble}): copy it again from OAuth & Permissions, after installing the app`;
}

function scopesFinding(granted: string[] | undefined): Finding {
  if (granted === undefined) return unknown('scopes', 'Slack did not say what was granted');
  const missing = Object.entries(BOT_SCOPES).filter(([scope]) => !granted.includes(scope));
  if (missing.length === 0)
    return good('scopes', `all ${Object.keys(BOT_SCOPES).length} of manifest.yml are granted`);
  const words = missing.map(([scope, why]) => `${scope} (${why})`).join(', ');
  return bad('scopes', `missing ${words}: put manifest.yml into the app again and reinstall it`);
}

/** How Slack reaches us. The app-level token must be of the same app as the bot: Slack does not mind, and sends nothing. */
async function* lookAtWay(
  at: LookAt,
  web: WebClient | null,
  bot: string | undefined,
): AsyncGenerator<Finding> {
  const { way } = at.slack;
  if (way.mode === 'http') {
    if (!at.given.way) return;
    yield /^[0-9a-f]{32}$/.test(way.signing_secret)
      ? good('signing secret', 'looks right; the first request from Slack will tell')
      : bad(
          'signing secret',
          'SLACK_SIGNING_SECRET is not 32 hex digits: copy it again from Basic Information',
        );
    return;
  }
  if (!at.given.way)
    return yield unknown('app token', 'SLACK_APP_TOKEN is missing or no app token');
  const socket = new WebClient(way.app_token, clientOptions(at, []));
  const opened = await ask(() => socket.apps.connections.open());
  if (!opened.ok) {
    yield bad('app token', appTokenWords(opened.trouble));
    return;
  }
  const [, , ofApp] = way.app_token.split('-');
  const own = web && bot ? await ask(() => web.bots.info({ bot })) : null;
  const app = own?.ok ? own.answer.bot?.app_id : undefined;
  yield app !== undefined && ofApp?.startsWith('A') && ofApp !== app
    ? bad(
        'app token',
        `it is of app ${ofApp}, and the bot's token of app ${app}: nothing would arrive; take both from one app`,
      )
    : good('app token', 'Socket Mode opens');
}

function appTokenWords(trouble: string): string {
  if (trouble.startsWith('no answer')) return `Slack gives ${trouble}`;
  if (trouble === 'missing_scope')
    return 'it lacks connections:write: make another under Basic Information, App-Level Tokens';
  return `Slack refuses SLACK_APP_TOKEN (${trouble}): make one with connections:write under Basic Information, and switch Socket Mode on`;
}

/** The median of what Slack's answers said, against this machine's clock. */
function clockFinding(offsets: number[]): Finding {
  const middle = offsets.toSorted((a, b) => a - b)[Math.floor(offsets.length / 2)];
  if (middle === undefined) return unknown('clock', 'Slack gave no time to compare with');
  const seconds = Math.round(Math.abs(middle) / 1000);
  if (Math.abs(middle) <= CLOCK_OFF_MOST_MS)
    return good('clock', `within ${seconds + 1} s of Slack's`);
  return bad(
    'clock',
    `${seconds} s ${middle > 0 ? 'behind' : 'ahead of'} Slack's: set it by NTP; at 300 s Slack's requests are refused`,
  );
}

async function* lookAtPolicy(web: WebClient, policy: NamedInPolicy): AsyncGenerator<Finding> {
  for (const [id, role] of policy.channels) yield await channelFinding(web, id, role);
  if (policy.usergroups.size > 0) yield* groupFindings(web, policy.usergroups);
  for (const [id, role] of policy.users) yield await userFinding(web, id, role);
}

async function channelFinding(web: WebClient, id: string, role: string): Promise<Finding> {
  const check = `channel ${id}`;
  const asked = await ask(() => web.conversations.info({ channel: id }));
  if (!asked.ok) {
    if (asked.trouble === 'channel_not_found')
      return bad(
        check,
        `(${role}) Slack knows no such channel, or it is private and the bot is not in it: /invite the bot, or mend the id`,
      );
    return troubled(check, role, asked.trouble);
  }
  const { channel } = asked.answer;
  const name = `#${channel?.name ?? id} (${role})`;
  if (channel?.is_archived)
    return bad(check, `${name} is archived: unarchive it, or name another in the policy`);
  if (!channel?.is_member)
    return bad(check, `${name} does not have the bot in it: /invite it there`);
  return good(check, name);
}

async function* groupFindings(
  web: WebClient,
  usergroups: ReadonlyMap<string, string>,
): AsyncGenerator<Finding> {
  const asked = await ask(() =>
    web.usergroups.list({ include_disabled: true, include_users: true }),
  );
  for (const [id, role] of usergroups) {
    const check = `user group ${id}`;
    if (!asked.ok) {
      yield troubled(check, role, asked.trouble);
      continue;
    }
    const group = asked.answer.usergroups?.find((one) => one.id === id);
    const name = `@${group?.handle ?? id} (${role})`;
    if (!group) yield bad(check, `(${role}) Slack knows no such user group: mend the id`);
    else if (group.date_delete) yield bad(check, `${name} is disabled: enable it, or name another`);
    else if ((group.users ?? []).length === 0)
      yield bad(check, `${name} has nobody in it: nobody could decide by it`);
    else yield good(check, `${name}, ${group.users?.length} in it`);
  }
}

async function userFinding(web: WebClient, id: string, role: string): Promise<Finding> {
  const check = `user ${id}`;
  const asked = await ask(() => web.users.info({ user: id }));
  if (!asked.ok) {
    if (asked.trouble === 'user_not_found')
      return bad(check, `(${role}) Slack knows no such person: mend the id`);
    return troubled(check, role, asked.trouble);
  }
  const { user } = asked.answer;
  const name = `@${user?.name ?? id} (${role})`;
  if (user?.deleted) return bad(check, `${name} is deactivated: take them out of the policy`);
  if (user?.is_bot) return bad(check, `${name} is a bot: only people decide`);
  return good(check, name);
}

function troubled(check: string, role: string, trouble: string): Finding {
  if (trouble === 'missing_scope')
    return bad(check, `(${role}) a scope is missing to look: see scopes`);
  return bad(check, `(${role}) Slack would not say (${trouble})`);
}
