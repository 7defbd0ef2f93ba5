/** What becomes of a row that Slack did not take, where its kind has nothing of its own to say. */
import type { Delivery } from '../outbox/delivery.ts';
import type { World } from '../world/world.ts';
import { SCOPE_MISSING, TOKEN_REFUSED, type SlackTrouble } from './slack-error.ts';

/** It passes: slower, or later. */
export const passing = (trouble: Exclude<SlackTrouble, { trouble: 'refused' }>): Delivery =>
  trouble.trouble === 'rate_limited'
    ? { delivery: 'paced', for_ms: trouble.for_ms }
    : { delivery: 'later', error: trouble.error };

/** Refused for a reason that somebody can mend: it waits, and the log says what to do. */
export function refusedForNow(world: World, error: string): Delivery {
  if (TOKEN_REFUSED.has(error)) {
    world.log.error(
      { error },
      'Slack refuses the bot token: check SLACK_BOT_TOKEN and its scopes with `hitl doctor`; nothing is lost, all waits',
    );
  }
  if (error === SCOPE_MISSING) {
    world.log.error(
      { error },
      'the bot token lacks a scope: install the app again from manifest.yml; `hitl doctor` names the scope. Nothing is lost, it waits',
    );
  }
  return { delivery: 'later', error };
}
