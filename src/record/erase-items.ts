/**
 * Texts are erased: because the policy keeps them no longer, or because somebody asked for it, which is itself recorded.
 * Ids, times, outcomes and digests stay, so that the chain verifies as before.
 */
import { drawCardsAgain } from '../send-effect.ts';
import type { Unit } from '../store/commit.ts';
import {
  eraseItemTexts,
  erasePersonTexts,
  itemsAskedBy,
  overwriting,
} from '../store/erase-texts.ts';
import { loadItem } from '../store/items.ts';
import type { World } from '../world.ts';

type Eraser = Pick<World, 'ids' | 'commit' | 'db' | 'log'>;

export type Target = { item: string } | { person: string };

export interface Erased {
  id: string;
  /** Whose texts are gone. */
  items: number;
}

/** Erases an item's texts, and says so in the log. `drawn`: its cards in Slack lose them too. */
async function eraseItem(
  world: Pick<World, 'ids'>,
  unit: Unit,
  item_id: string,
  why: { cause: 'retention' | 'request'; erasure_id?: string },
  drawn: boolean,
): Promise<void> {
  await eraseItemTexts(unit.db, item_id);
  await unit.audit({ event: 'item.erased', item_id, facts: why });
  if (!drawn) return;
  const record = await loadItem(unit.db, item_id);
  if (!record) return;
  await drawCardsAgain(world, unit, record);
}

/** What the policy keeps no longer: a page of items in one transaction. Their cards in Slack are Slack's to keep. */
export const eraseKeptTooLong = (world: Eraser, ids: readonly string[]): Promise<void> =>
  world.commit((unit) =>
    overwriting(unit.db, async () => {
      for (const id of ids) await eraseItem(world, unit, id, { cause: 'retention' }, false);
    }),
  );

/** Items in one transaction. */
const TOGETHER = 50;

/**
 * Erases one item's texts, or one person's: what they asked for, whole; what they said and were called where they decided.
 * null: there is no such item, or nothing of that person.
 */
export async function eraseOnRequest(
  world: Eraser,
  target: Target,
  reason: string,
): Promise<Erased | null> {
  const asked = 'item' in target ? [target.item] : await itemsAskedBy(world.db, target.person);
  if ('item' in target && !(await loadItem(world.db, target.item))) return null;
  const id = world.ids.uuid();
  const named = 'item' in target ? `item:${target.item}` : `person:${target.person}`;
  const why = { cause: 'request' as const, erasure_id: id };
  const others = await world.commit((unit) =>
    overwriting(unit.db, async () => {
      await unit.db
        .insertInto('erasures')
        .values({ id, target: named, reason, at: unit.now })
        .execute();
      await unit.audit({
        event: 'erasure.asked',
        item_id: null,
        facts: { erasure_id: id, of: 'item' in target ? 'item' : 'person' },
      });
      if ('item' in target) return [];
      const about = await erasePersonTexts(unit.db, target.person);
      for (const item_id of about) {
        await unit.audit({ event: 'item.erased', item_id, facts: { ...why, part: 'said' } });
        const record = await loadItem(unit.db, item_id);
        // Their cards tell what they said.
        if (record) await drawCardsAgain(world, unit, record);
      }
      return about;
    }),
  );
  for (let at = 0; at < asked.length; at += TOGETHER) {
    const page = asked.slice(at, at + TOGETHER);
    await world.commit((unit) =>
      overwriting(unit.db, async () => {
        for (const item_id of page) await eraseItem(world, unit, item_id, why, true);
      }),
    );
  }
  world.log.info({ erasure_id: id, items: asked.length }, 'texts erased');
  return { id, items: new Set([...asked, ...others]).size };
}
