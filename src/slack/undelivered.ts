/** What becomes of a row that Slack did not take, where its kind has nothing of its own to say. */
import type { Delivery } from '../outbox/delivery.ts';
import type { SlackTrouble } from './slack-error.ts';

/** It passes: slower, or later. */
export const passing = (trouble: Exclude<SlackTrouble, { trouble: 'refused' }>): Delivery =>
  trouble.trouble === 'rate_limited'
    ? { delivery: 'paced', for_ms: trouble.for_ms }
    : { delivery: 'later', error: trouble.error };

/** Refused for a reason that somebody can mend: it waits. The log and `/readyz` say so once, for all that waits. */
export const refusedForNow = (error: string): Delivery => ({ delivery: 'later', error });
