/** How Slack takes our calls: whether it answers, and whether it takes the tokens. Said in the log, and on `/readyz`. */
import type { Logger } from 'pino';
import type { Clock, EpochMs } from '../domain/clock.ts';
import { createOutage, type Outage } from '../world/outage.ts';
import { SCOPE_MISSING, TOKEN_REFUSED } from './slack-error.ts';

export interface SlackHealth {
  /** Slack answered: `error` is the name it refused the call by, null where it did what was asked. */
  answered(method: string, error: string | null): void;
  /** It did not, or not as Slack does; `cause` in words. */
  silent(cause: string): void;
  /** What is wrong, a sentence each; empty: all is well. */
  troubles(): string[];
}

/** A call that finds no answer may be one; Slack that has answered none for this long is away. */
const AWAY_MS = 60_000;

/** The one call that the app-level token is for. */
const BY_APP_TOKEN = 'apps.connections.open';

export function createSlackHealth(world: { clock: Clock; log: Logger }): SlackHealth {
  const away = createOutage(world, {
    away: 'Slack does not answer; trying again. Items are taken in, cards and answers wait, nothing is lost',
    back: 'Slack answers again',
  });
  const tokens = {
    SLACK_BOT_TOKEN: tokenHealth(world, 'SLACK_BOT_TOKEN'),
    SLACK_APP_TOKEN: tokenHealth(world, 'SLACK_APP_TOKEN'),
  };
  const scopes = new Map<string, Outage>();
  let silentSince: EpochMs | null = null;
  let cause = '';
  return {
    answered(method, error) {
      away.over();
      silentSince = null;
      const token = tokens[method === BY_APP_TOKEN ? 'SLACK_APP_TOKEN' : 'SLACK_BOT_TOKEN'];
      if (error !== null && TOKEN_REFUSED.has(error)) return token.refused(error);
      token.taken();
      if (error === SCOPE_MISSING) return scopeOf(method).met(error, { method });
      scopes.get(method)?.over();
    },
    silent(words) {
      silentSince ??= world.clock.now();
      cause = words;
      away.met(words);
    },
    troubles() {
      const lasts = silentSince !== null && world.clock.now() - silentSince >= AWAY_MS;
      return [
        ...(lasts ? [`Slack does not answer (${cause})`] : []),
        ...Object.values(tokens).flatMap((token) => token.trouble() ?? []),
      ];
    },
  };

  function scopeOf(method: string): Outage {
    let outage = scopes.get(method);
    if (!outage) {
      outage = createOutage(
        world,
        {
          away: 'the bot token lacks a scope: install the app again from manifest.yml; `hitl doctor` names the scope. Nothing is lost, it waits',
          back: 'the bot token has the scope now',
        },
        'error',
      );
      scopes.set(method, outage);
    }
    return outage;
  }
}

function tokenHealth(world: { clock: Clock; log: Logger }, name: string) {
  let refusedBy: string | null = null;
  const outage = createOutage(
    world,
    {
      away: `Slack refuses ${name}: install the app again or make a new token, set it, and start again (\`hitl doctor\` checks it). Nothing is lost, all waits`,
      back: `Slack takes ${name} again`,
    },
    'error',
  );
  return {
    refused(error: string) {
      refusedBy = error;
      outage.met(error);
    },
    taken() {
      refusedBy = null;
      outage.over();
    },
    trouble: () => (refusedBy === null ? null : `Slack refuses ${name} (${refusedBy})`),
  };
}
