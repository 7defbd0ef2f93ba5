/** Where a domain's channel has room, what waits behind comes forward, in the order of its turns. One transaction, the caller's. */
import { placesFree } from '../../policies/routing/open-limit.ts';
import type { Domain } from '../../policies/policy.ts';
import { nextBehind, shownIn } from '../store/backlog.ts';
import type { Unit } from '../store/commit.ts';
import { loadItem } from '../store/items.ts';
import type { World } from '../world/world.ts';
import { promoteItem } from './promote-item.ts';

/** As many as come forward in one transaction: few enough that a click beside it is answered at once. */
const AT_ONCE = 25;

/** Returns how many came forward; at most 25, and there may be room for more. */
export async function fillPlaces(
  world: World,
  unit: Unit,
  domain: Pick<Domain, 'id' | 'open_limit'>,
): Promise<number> {
  const { id, open_limit } = domain;
  const shown = open_limit === null ? 0 : await shownIn(unit.db, id, open_limit);
  const places = Math.min(AT_ONCE, placesFree(open_limit, shown));
  if (places === 0) return 0;
  const ids = await nextBehind(unit.db, id, places);
  for (const item_id of ids) {
    const record = await loadItem(unit.db, item_id);
    if (record) await promoteItem(world, unit, record, { because: 'room' });
  }
  return ids.length;
}
