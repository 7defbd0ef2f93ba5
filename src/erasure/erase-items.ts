/**
 * Texts are erased: because the policy keeps them no longer, or because somebody asked for it, which is itself recorded.
 * Ids, times, outcomes and digests stay, so that the chain verifies as before.
 */
import { drawCard, drawCardsAgain } from '../outbox/enqueue.ts';
import { wantRawCardsAgain } from '../store/cards.ts';
import type { Unit } from '../store/commit.ts';
import { eraseFacts, keptFacts } from './erase-facts.ts';
import {
  eraseItemTexts,
  erasePersonTexts,
  eraseSentWords,
  itemsAskedBy,
  itemsWithItsTexts,
  overwriting,
} from './erase-texts.ts';
import { loadItem } from '../store/items.ts';
import { eraseRawPayload, loadRawPayload, rawJobsOf } from '../store/raw-payloads.ts';
import type { World } from '../world/world.ts';

type Eraser = Pick<World, 'ids' | 'commit' | 'db' | 'log'>;

/** `raw`: a payload that could not be understood, by the id the pager gave it. */
export type Target = { item: string } | { person: string } | { raw: string };

export interface Erased {
  id: string;
  /** Whose texts are gone. */
  items: ReadonlySet<string>;
  /** What a queue may still hold of it: jobs that failed, for they were no items. */
  jobs: string[];
}

/**
 * Erases an item's texts, and says so in the log, with a digest of what figures of the AI keep. Because somebody asked for
 * it: what could be a name among those figures too (cohort, tags), and its cards in Slack lose the texts.
 */
async function eraseItem(
  world: Pick<World, 'ids'>,
  unit: Unit,
  item_id: string,
  why: { cause: 'retention' | 'request'; erasure_id?: string },
): Promise<void> {
  await eraseItemTexts(unit.db, item_id);
  if (why.cause === 'request') await eraseFacts(unit.db, item_id);
  const facts_digest = await keptFacts(unit.db, item_id);
  await unit.audit({ event: 'item.erased', item_id, facts: { ...why, facts_digest } });
  if (why.cause === 'retention') return;
  const record = await loadItem(unit.db, item_id);
  if (record) await drawCardsAgain(world, unit, record);
}

/** What the policy keeps no longer: a page of items in one transaction. Their cards in Slack are Slack's to keep. */
export const eraseKeptTooLong = (world: Eraser, ids: readonly string[]): Promise<void> =>
  world.commit((unit) =>
    overwriting(unit.db, async () => {
      for (const id of ids) await eraseItem(world, unit, id, { cause: 'retention' });
      await eraseSentWords(unit.db);
    }),
  );

/** Items in one transaction. */
const TOGETHER = 50;

/**
 * Erases one item's texts, or one person's: what they asked for, whole; what they said and were called where they decided;
 * or one payload that never was an item.
 * Items that hold the same texts (checks of it, what it was asked again as) go with it. null: there is no such item, or payload.
 */
export async function eraseOnRequest(
  world: Eraser,
  target: Target,
  reason: string,
): Promise<Erased | null> {
  if ('item' in target && !(await loadItem(world.db, target.item))) return null;
  if ('raw' in target) return eraseRaw(world, target.raw, reason);
  const named = 'item' in target ? [target.item] : await itemsAskedBy(world.db, target.person);
  const asked = new Set<string>();
  for (const id of named) for (const one of await itemsWithItsTexts(world.db, id)) asked.add(one);
  const id = world.ids.uuid();
  const why = { cause: 'request' as const, erasure_id: id };
  const of = 'item' in target ? `item:${target.item}` : `person:${target.person}`;
  const others = await world.commit((unit) =>
    overwriting(unit.db, async () => {
      await unit.db
        .insertInto('erasures')
        .values({ id, target: of, reason, at: unit.now })
        .execute();
      await unit.audit({
        event: 'erasure.asked',
        item_id: null,
        facts: { erasure_id: id, of: 'item' in target ? 'item' : 'person', target: of },
      });
      await eraseSentWords(unit.db);
      if ('item' in target) return [];
      const taken = await erasePersonTexts(unit.db, target.person);
      for (const { item_id, gone } of taken) {
        await unit.audit({ event: 'item.erased', item_id, facts: { ...why, part: 'said', gone } });
        // Its cards tell what they said.
        const record = await loadItem(unit.db, item_id);
        if (record) await drawCardsAgain(world, unit, record);
      }
      return taken.map((one) => one.item_id);
    }),
  );
  const all = [...asked];
  for (let at = 0; at < all.length; at += TOGETHER) {
    const page = all.slice(at, at + TOGETHER);
    await world.commit((unit) =>
      overwriting(unit.db, async () => {
        for (const item_id of page) await eraseItem(world, unit, item_id, why);
      }),
    );
  }
  world.log.info({ erasure_id: id, items: all.length }, 'texts erased');
  const items = new Set([...all, ...others]);
  return { id, items, jobs: await rawJobsOf(world.db, items) };
}

/** Erases what was never an item: the payload as it came, what was wrong with it, and what it called itself. */
async function eraseRaw(world: Eraser, raw_id: string, reason: string): Promise<Erased | null> {
  const raw = await loadRawPayload(world.db, raw_id);
  if (raw === null) return null;
  const id = world.ids.uuid();
  const target = `raw:${raw_id}`;
  await world.commit((unit) =>
    overwriting(unit.db, async () => {
      await unit.db.insertInto('erasures').values({ id, target, reason, at: unit.now }).execute();
      await unit.audit({
        event: 'erasure.asked',
        item_id: null,
        facts: { erasure_id: id, of: 'raw', target },
      });
      await eraseRawPayload(unit.db, raw_id);
      await unit.audit({
        event: 'raw.erased',
        item_id: null,
        facts: { raw_id, cause: 'request', erasure_id: id },
      });
      await eraseSentWords(unit.db);
      for (const card of await wantRawCardsAgain(unit.db, raw_id))
        await drawCard(world, unit, null, card);
    }),
  );
  world.log.info({ erasure_id: id, raw_id }, 'a payload that was no item is erased');
  return { id, items: new Set(), jobs: raw.job_id === null ? [] : [raw.job_id] };
}
