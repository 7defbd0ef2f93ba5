/** Keeps the sweep going: once a second or when the next deadline comes, whichever is first; never two at a time. */
import { nextDeadline } from './store/deadlines.ts';
import type { EpochMs } from './clock.ts';
import { sweepDeadlines } from './sweep-deadlines.ts';
import { sweepShifts } from './sweep-shifts.ts';
import type { World } from './world.ts';

const EVERY_MS = 1000;

export interface SweepLoop {
  /** Resolves when the sweep that runs has ended. */
  stop(): Promise<void>;
}

export function startSweepLoop(world: World): SweepLoop {
  let stopped = false;
  let callOff: () => void = () => {};
  let running: Promise<void> = Promise.resolve();
  const again = (next: EpochMs | null) => {
    const latest = world.clock.now() + EVERY_MS;
    if (!stopped) callOff = world.clock.at(Math.min(latest, next ?? latest), tick);
  };
  const sweep = async (): Promise<void> => {
    try {
      await sweepDeadlines(world);
      await sweepShifts(world);
      again(await nextDeadline(world.db));
    } catch (error) {
      world.log.error({ err: error }, 'the sweep failed; trying again');
      again(null);
    }
  };
  const tick = () => {
    running = sweep();
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
