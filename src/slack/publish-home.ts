/** Publishes a person's Home as things stand; where it shows that already, nothing is sent. */
import type { WebClient } from '@slack/web-api';
import { homeView } from '../../blocks/home/home.ts';
import { withinLimits } from '../../blocks/text/limits.ts';
import { canonicalJson, sha256 } from '../domain/hash.ts';
import type { Delivery } from '../outbox/delivery.ts';
import { homeOf } from '../home/home-of.ts';
import type { HomeWatch } from '../home/home-watch.ts';
import { homeShown, loadHome } from '../store/homes.ts';
import type { World } from '../world/world.ts';
import { slackTrouble, TOKEN_REFUSED } from './slack-error.ts';
import { passing, refusedForNow } from './undelivered.ts';

export interface HomeParts {
  watch: Pick<HomeWatch, 'drawing' | 'drawn'>;
  /** Asks Slack about those user groups and people; throws where it does not answer. */
  look(ids: readonly string[]): Promise<void>;
}

export async function publishHome(
  world: World,
  web: WebClient,
  parts: HomeParts,
  user: string,
): Promise<Delivery> {
  const { watch } = parts;
  const home = await loadHome(world.db, user);
  if (!home) return { delivery: 'done' };
  watch.drawing(user);
  try {
    const person = { user, team: home.team, name: home.name };
    let found = await homeOf(world, person);
    // Each look may lead to one more; a policy has few groups.
    for (let looks = 0; looks < 4 && 'unknown' in found; looks += 1) {
      await parts.look(found.unknown);
      found = await homeOf(world, person);
    }
    if ('unknown' in found)
      return { delivery: 'later', error: 'Slack does not say who may see what' };
    const view = withinLimits('home', homeView(found.home));
    const shown = sha256(canonicalJson(view));
    if (shown === home.shown) return { delivery: 'done' };
    await web.views.publish({ user_id: user, view });
    return { delivery: 'done', write: async (unit) => homeShown(unit.db, user, shown) };
  } catch (error) {
    const trouble = slackTrouble(error);
    if (trouble.trouble !== 'refused') return passing(trouble);
    return TOKEN_REFUSED.has(trouble.error)
      ? refusedForNow(trouble.error)
      : { delivery: 'failed', error: trouble.error };
  } finally {
    watch.drawn(user);
  }
}
