/** Whether anybody is left whom the open rung called and who has not passed, or could not be reached; where not, the item goes on at once. */
import type { Unit } from '../store/commit.ts';
import { insertDeadline } from '../store/deadlines.ts';
import { pagesOfItem } from '../store/pages.ts';
import { rungsOfItem } from '../store/rungs.ts';
import type { World } from '../world/world.ts';

/** Leaves the next step to the sweep, which is woken by the deadline. Returns whether nobody is left. */
export async function nobodyLeft(world: World, unit: Unit, item_id: string): Promise<boolean> {
  const open = (await rungsOfItem(unit.db, item_id)).find((rung) => rung.state === 'paged');
  if (!open) return false;
  const pages = (await pagesOfItem(unit.db, item_id)).filter((one) => one.rung === open.number);
  if (pages.some((one) => ['wanted', 'held', 'sent'].includes(one.state))) return false;
  await insertDeadline(unit.db, {
    item_id,
    rung: open.number,
    kind: 'notify',
    set_at: unit.now,
    due_at: unit.now,
  });
  world.log.warn({ item_id, rung: open.number }, 'nobody whom this rung called can be reached');
  return true;
}
