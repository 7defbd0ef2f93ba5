/** Whether a domain's channel shows one more card, or an item that comes in now waits behind. One transaction, the caller's. */
import { mayWaitBehind, placesFree } from '../../policies/routing/open-limit.ts';
import type { Domain } from '../../policies/policy.ts';
import type { Item } from '../domain/item.ts';
import { anyBehind, shownIn } from '../store/backlog.ts';
import type { Unit } from '../store/commit.ts';

/** Without a limit nothing is asked of the database. Nobody overtakes those who wait already, unless they may not be held back. */
export async function hasRoom(
  unit: Unit,
  { id, open_limit }: Pick<Domain, 'id' | 'open_limit'>,
  item: Item,
): Promise<boolean> {
  if (open_limit === null || !mayWaitBehind(item)) return true;
  return (
    placesFree(open_limit, await shownIn(unit.db, id, open_limit)) > 0 &&
    !(await anyBehind(unit.db, id))
  );
}
