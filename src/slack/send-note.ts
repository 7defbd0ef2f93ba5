/** Sends a private note to one person. */
import type { WebClient } from '@slack/web-api';
import type { Delivery } from '../outbox/delivery.ts';
import type { Effect } from '../outbox/effects.ts';
import type { World } from '../world/world.ts';
import { SCOPE_MISSING, slackTrouble, TOKEN_REFUSED } from './slack-error.ts';
import { passing, refusedForNow } from './undelivered.ts';

type Note = Extract<Effect, { effect: 'note' }>;

/** A private note where the person clicked; in a DM where that channel will not take one. */
export async function sendNote(world: World, web: WebClient, effect: Note): Promise<Delivery> {
  const text = effect.words.slice(0, 3000);
  try {
    const thread = effect.thread_ts === null ? {} : { thread_ts: effect.thread_ts };
    await web.chat.postEphemeral({ channel: effect.channel, user: effect.user, text, ...thread });
    return { delivery: 'done' };
  } catch (error) {
    const trouble = slackTrouble(error);
    if (trouble.trouble !== 'refused') return passing(trouble);
    if (TOKEN_REFUSED.has(trouble.error) || trouble.error === SCOPE_MISSING)
      return refusedForNow(trouble.error);
  }
  try {
    await web.chat.postMessage({
      channel: effect.user,
      text,
      unfurl_links: false,
      unfurl_media: false,
    });
    return { delivery: 'done' };
  } catch (error) {
    const trouble = slackTrouble(error);
    return trouble.trouble === 'refused'
      ? { delivery: 'failed', error: trouble.error }
      : passing(trouble);
  }
}
