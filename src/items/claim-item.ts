/** A person takes an item, or lets go of it. Others who may decide still may. */
import { actOnItem, type ActedOn } from '../access/act-on-item.ts';
import { drawCardsAgain } from '../outbox/enqueue.ts';
import type { Person } from '../access/refused.ts';
import type { ItemRecord } from '../domain/decision.ts';
import { transition } from '../domain/lifecycle.ts';
import { promoteItem } from '../backlog/promote-item.ts';
import { startClaimClock, stopClaimClock } from '../ladder/claim-clock.ts';
import { tellAlerts } from '../paging/pagerduty-alert.ts';
import { swapItem } from '../store/items.ts';
import type { World } from '../world/world.ts';

/** Claims or releases. Resolves once that is on disk, or with why not. */
export async function claimItem(
  world: World,
  claim: { item_id: string; person: Person; take: boolean },
): Promise<ActedOn<{ done: true; record: ItemRecord }>> {
  const { item_id, person, take } = claim;
  const claimed = await actOnItem<{ done: true; record: ItemRecord }>(
    world,
    claim,
    take ? 'claim' : 'release',
    async (unit, record) => {
      const moved = transition(
        record,
        { type: take ? 'claim' : 'release', by: person.user },
        unit.now,
      );
      if (!moved.ok) return moved;
      await swapItem(unit.db, record, moved.state);
      if (take) {
        await stopClaimClock(unit, item_id);
        await tellAlerts(world, unit, record, 'acknowledge');
      } else await startClaimClock(world, unit, record);
      await unit.audit({
        event: take ? 'item.claimed' : 'item.released',
        item_id,
        facts: {
          slack_user: person.user,
          version: moved.state.version,
          view_rev: moved.state.view_rev,
        },
      });
      await promoteItem(world, unit, record, { because: 'taken_up', by: person.user });
      await drawCardsAgain(world, unit, record);
      return { done: true, record: { ...record, ...moved.state } };
    },
  );
  if (claimed.done === true)
    world.log.info({ item_id, by: person.user }, take ? 'item claimed' : 'item released');
  return claimed;
}
