/** "Re-open": an item that expired is asked again, as a new item linked to it, with its ladder from the start. */
import { acceptItem } from '../intake/accept-item.ts';
import type { ActedOn } from '../access/act-on-item.ts';
import { authorise } from '../access/authorise.ts';
import type { Person, Refused } from '../access/refused.ts';
import { canonicalJson } from '../domain/hash.ts';
import type { Item } from '../domain/item.ts';
import { madeId } from '../domain/made-id.ts';
import { loadDecision } from '../store/decisions.ts';
import { loadItem } from '../store/items.ts';
import { reopenedAs } from '../store/reopened.ts';
import type { World } from '../world/world.ts';

export async function reopenItem(
  world: World,
  asked: { item_id: string; person: Person },
): Promise<ActedOn> {
  const { item_id, person } = asked;
  const record = await loadItem(world.db, item_id);
  if (!record) return { done: false, refusal: { refused: 'gone' }, record: null, decision: null };
  const refuse = async (refusal: Refused): Promise<ActedOn> => ({
    done: false,
    refusal,
    record,
    decision: await loadDecision(world.db, item_id),
  });
  const may = await authorise(world, world.db, record, person, 'reopen');
  if (may.may === 'unknown') return { done: 'unknown', look: may.look };
  if (may.may === 'no') return refuse(may.refusal);
  const { item } = record;
  if (item === null || record.check_of !== null) return refuse({ refused: 'gone' });
  if (record.outcome !== null && record.outcome !== 'expired')
    return refuse({ refused: 'decided', outcome: record.outcome });
  if (record.outcome === null) return refuse({ refused: 'changed' });
  const before = await reopenedAs(world.db, item_id);
  if (before) return refuse({ refused: 'reopened', by: before.by });
  const again = askedAgain(item, world.clock.now());
  const accepted = await acceptItem(world, {
    item: again,
    written: canonicalJson(again),
    source: record.source,
    owner: record.owner,
    reopened: { from: item_id, by: person.user },
  });
  // Two who press at once make the same item; the second is told.
  return accepted.accepted === 'new'
    ? { done: true }
    : refuse({ refused: accepted.accepted === 'refused' ? 'gone' : 'reopened', by: person.user });
}

/** Under an id that nobody can have taken: it is asked again once. A time that has passed does not hold any more. */
function askedAgain(item: Item, now: number): Item {
  const { expires_at, ...rest } = item;
  const still = expires_at !== undefined && Date.parse(expires_at) > now ? { expires_at } : {};
  return { ...rest, ...still, id: madeId('reopen', item.id) };
}
