/** Folds what has ended into the columns that figures are read from: beside everything else, a little at a time. */
import { repeat, type Repeated } from '../../world/repeat.ts';
import { insertSegment, nextSegment } from './fact-segments.ts';
import type { World } from '../../world/world.ts';

/** Enough to fall behind by, and little enough to be read from rows at once. */
const EVERY_MS = 60_000;

/** Folds all that makes a whole segment. Returns how many segments that were. */
export async function foldFacts(
  world: Pick<World, 'db' | 'commit'>,
  length?: number,
): Promise<number> {
  for (let segments = 0; ; segments += 1) {
    const facts = await nextSegment(world.db, breath, length);
    if (facts === null) return segments;
    await world.commit((unit) => insertSegment(unit.db, facts));
  }
}

/** What waits, a click above all, comes first. */
const breath = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Once a minute. */
export const startFolding = (world: World): Repeated =>
  repeat(
    world,
    { every_ms: EVERY_MS, first: 'now', failed: 'folding facts failed; again in a minute' },
    async () => void (await foldFacts(world)),
  );
