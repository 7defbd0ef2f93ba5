/** A person takes an item, or lets go of it. Others who may decide still may. */
import { authorise, type Person, type Refused } from './authorise.ts';
import type { Decision, ItemRecord } from './decision.ts';
import { transition } from './lifecycle.ts';
import { startClaimClock, stopClaimClock } from './ladder/claim-clock.ts';
import { drawCard } from './send-effect.ts';
import { wantCardsAgain } from './store/cards.ts';
import { loadDecision } from './store/decisions.ts';
import { loadItem, swapItem } from './store/items.ts';
import type { World } from './world.ts';

export type Claimed =
  | { done: true; record: ItemRecord }
  | { done: false; refusal: Refused; record: ItemRecord | null; decision: Decision | null }
  | { done: 'unknown'; usergroups: string[] };

/** Claims or releases. Resolves once that is on disk, or with why not. */
export async function claimItem(
  world: World,
  claim: { item_id: string; person: Person; take: boolean },
): Promise<Claimed> {
  const { item_id, person, take } = claim;
  const claimed = await world.commit(async (unit): Promise<Claimed> => {
    const record = await loadItem(unit.db, item_id);
    if (!record) return { done: false, refusal: { refused: 'gone' }, record: null, decision: null };
    const refuse = async (refusal: Refused): Promise<Claimed> => ({
      done: false,
      refusal,
      record,
      decision: await loadDecision(unit.db, item_id),
    });
    const may = await authorise(world, unit.db, record, person);
    if (may.may === 'unknown') return { done: 'unknown', usergroups: may.usergroups };
    if (may.may === 'no') return refuse(may.refusal);
    const moved = transition(
      record,
      { type: take ? 'claim' : 'release', by: person.user },
      unit.now,
    );
    if (!moved.ok) return refuse(moved);
    await swapItem(unit.db, record, moved.state);
    if (take) await stopClaimClock(unit, item_id);
    else await startClaimClock(world, unit, record);
    await unit.audit({
      event: take ? 'item.claimed' : 'item.released',
      item_id,
      facts: {
        slack_user: person.user,
        version: moved.state.version,
        view_rev: moved.state.view_rev,
      },
    });
    for (const card of await wantCardsAgain(unit.db, item_id))
      await drawCard(world, unit, record, card);
    return { done: true, record: { ...record, ...moved.state } };
  });
  if (claimed.done === true)
    world.log.info({ item_id, by: person.user }, take ? 'item claimed' : 'item released');
  return claimed;
}
