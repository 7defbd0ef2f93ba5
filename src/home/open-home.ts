/** A person opens their Home: it is drawn for them now, and kept up while they look. */
import type { Person } from '../access/refused.ts';
import { drawHome } from '../outbox/enqueue.ts';
import { openHome } from '../store/homes.ts';
import type { World } from '../world/world.ts';

export const homeOpened = (world: World, { user, team, name }: Person): Promise<void> =>
  world.commit(async (unit) => {
    await openHome(unit.db, { slack_user: user, team, name, opened_at: unit.now });
    await drawHome(world, unit, user);
  });
