/** Keeps the sweep going: once a second or when the next deadline comes, whichever is first; never two at a time. */
import { repeat, type Repeated } from '../world/repeat.ts';
import { nextDeadline } from '../store/deadlines.ts';
import { sweepAll } from './sweep-all.ts';
import type { World } from '../world/world.ts';

const EVERY_MS = 1000;

/** Every second, or when the next deadline comes due, whichever is first. */
export const startSweepLoop = (world: World): Repeated =>
  repeat(
    world,
    { every_ms: EVERY_MS, first: 'now', failed: 'the sweep failed; trying again' },
    async () => {
      await sweepAll(world);
      return nextDeadline(world.db);
    },
  );
