/**
 * Erases what the policy keeps no longer (`retention: {payloads: 90d}`): once a day, a page at a time, behind everything
 * else. What is open is never touched.
 */
import { eraseKeptTooLong } from './erase-items.ts';
import { repeat, type Repeated } from '../world/repeat.ts';
import {
  emptyWal,
  eraseRawPayloads,
  overwriting,
  pastRetention,
  type Passed,
} from './erase-texts.ts';
import type { World } from '../world/world.ts';

const EVERY_MS = 24 * 3_600_000;
const PAGE = 100;

/** Erases all that is due. Returns of how many items and unread payloads. */
export async function eraseWhatIsDue(world: World): Promise<{ items: number; raw: number }> {
  const kept_ms = world.policy().retention?.payloads;
  if (kept_ms === undefined) return { items: 0, raw: 0 };
  const before = world.clock.now() - kept_ms;
  let items = 0;
  let after: Passed = { requested_at: Number.MIN_SAFE_INTEGER, id: '' };
  for (;;) {
    const page = await pastRetention(world.db, before, after, PAGE);
    if (page === null) break;
    if (page.ids.length > 0) await eraseKeptTooLong(world, page.ids);
    items += page.ids.length;
    after = page.last;
    // What waits, a click above all, comes first.
    await new Promise((resolve) => setImmediate(resolve));
  }
  const raw = await world.commit((unit) =>
    overwriting(unit.db, async () => {
      const count = await eraseRawPayloads(unit.db, before);
      if (count > 0)
        await unit.audit({ event: 'raw.erased', item_id: null, facts: { count, before } });
      return count;
    }),
  );
  if (items + raw > 0) {
    const emptied = await emptyWal(world.db);
    world.log.info({ items, raw, emptied }, 'texts erased: the policy keeps them no longer');
  }
  return { items, raw };
}

/** At the start and then once a day. */
export const startRetention = (world: World): Repeated =>
  repeat(
    world,
    { every_ms: EVERY_MS, first: 'now', failed: 'texts could not be erased; again in a day' },
    async () => void (await eraseWhatIsDue(world)),
  );
