/** Keeps the sweep going: once a second, never two at a time. */
import { sweepDeadlines } from './sweep-deadlines.ts';
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
  const again = () => {
    if (!stopped) callOff = world.clock.at(world.clock.now() + EVERY_MS, tick);
  };
  const tick = () => {
    running = sweepDeadlines(world)
      .then(
        () => {},
        (error: unknown) => world.log.error({ err: error }, 'the sweep failed; trying again'),
      )
      .then(again);
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
