/** Asks Slack whether somebody who takes turns on call is still there, and what they are called. */
import type { WebClient } from '@slack/web-api';
import type { Delivery } from '../outbox/delivery.ts';
import type { Effect } from '../outbox/effects.ts';
import { setPerson } from '../store/rotation-people.ts';
import type { World } from '../world/world.ts';
import { slackTrouble, TOKEN_REFUSED } from './slack-error.ts';
import { passing, refusedForNow } from './undelivered.ts';

type Ask = Extract<Effect, { effect: 'ask_about_person' }>;

export async function askAboutPerson(
  world: World,
  web: WebClient,
  { user }: Ask,
): Promise<Delivery> {
  let said: { gone: boolean; name: string | null };
  try {
    const { user: found } = await web.users.info({ user });
    said = { gone: found?.deleted === true, name: found?.real_name || found?.name || null };
  } catch (error) {
    const trouble = slackTrouble(error);
    if (trouble.trouble !== 'refused') return passing(trouble);
    if (TOKEN_REFUSED.has(trouble.error)) return refusedForNow(trouble.error);
    if (trouble.error !== 'user_not_found') return { delivery: 'failed', error: trouble.error };
    said = { gone: true, name: null };
  }
  return { delivery: 'done', write: (unit) => setPerson(unit.db, user, said) };
}
