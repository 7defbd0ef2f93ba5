/** Folds what has ended into the columns that figures are read from: beside everything else, a little at a time. */
import { insertSegment, nextSegment } from './store/facts.ts';
import type { World } from './world.ts';

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

/** Once a minute, never two at a time. `stop` resolves when what runs has ended. */
export function startFolding(world: World): { stop(): Promise<void> } {
  let stopped = false;
  let callOff: () => void = () => {};
  let running: Promise<unknown> = Promise.resolve();
  const tick = () => {
    running = foldFacts(world)
      .catch((error: unknown) =>
        world.log.error({ err: error }, 'folding facts failed; again in a minute'),
      )
      .then(() => {
        if (!stopped) callOff = world.clock.at(world.clock.now() + EVERY_MS, tick);
      });
  };
  tick();
  return {
    async stop() {
      stopped = true;
      callOff();
      await running;
    },
  };
}
