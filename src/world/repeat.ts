/** Work that the process does by itself, again and again: once at a time, and on after a failure. */
import type { EpochMs } from '../domain/clock.ts';
import { diskTrouble } from '../domain/disk-trouble.ts';
import { rootWords } from '../domain/error-chain.ts';
import { createOutage } from './outage.ts';
import type { World } from './world.ts';

export interface Repeating {
  every_ms: number;
  /** When it is first done. */
  first: 'now' | 'later';
  /** What the log says of a failure. */
  failed: string;
}

export interface Repeated {
  /** Does it no more; resolves when what runs has ended. */
  stop(): Promise<void>;
}

/** `work` may return when it wants to be done next, epoch ms; that is never later than `every_ms` from then. */
export function repeat(
  world: Pick<World, 'clock' | 'log'>,
  { every_ms, first, failed }: Repeating,
  work: () => Promise<EpochMs | null | void>,
): Repeated {
  const outage = createOutage(world, { away: failed, back: `over: ${failed}` }, 'error');
  let stopped = false;
  let callOff: () => void = () => {};
  let running: Promise<void> = Promise.resolve();
  const again = (next: EpochMs | null | void) => {
    const latest = world.clock.now() + every_ms;
    if (!stopped) callOff = world.clock.at(Math.min(latest, next ?? latest), tick);
  };
  const tick = () => {
    running = work()
      .then(
        (next) => {
          outage.over();
          return next;
        },
        (error: unknown) => {
          // What is stopped in the middle may fail of that.
          if (!stopped)
            outage.met(rootWords(error), diskTrouble(error) === null ? { err: error } : {});
          return null;
        },
      )
      .then(again);
  };
  if (first === 'now') tick();
  else again(null);
  return {
    async stop() {
      stopped = true;
      callOff();
      await running;
    },
  };
}
