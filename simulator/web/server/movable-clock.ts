/** The demo's clock: the machine's, moved on as far as someone moved it. The product has no such door. */
import { systemClock, type Clock } from '../../../src/domain/clock.ts';

export interface MovableClock extends Clock {
  /** Moves the present on by `ms` (0 or more); whatever has become due rings at once, in order of its time. */
  move(ms: number): void;
  /** How far ahead of the machine's clock this one is, in ms. */
  offset(): number;
}

interface Timer {
  time: number;
  wake: () => void;
  callOff: () => void;
}

/** A clock that runs as `base` does, ahead of it by all that it was moved. Timers keep no process alive. */
export function movableClock(base: Clock = systemClock): MovableClock {
  let offset = 0;
  const timers = new Set<Timer>();
  const arm = (timer: Timer) => {
    timer.callOff = base.at(timer.time - offset, () => {
      timers.delete(timer);
      timer.wake();
    });
  };
  return {
    now: () => base.now() + offset,
    offset: () => offset,
    at(time, wake) {
      const timer: Timer = { time, wake, callOff: () => {} };
      timers.add(timer);
      arm(timer);
      return () => {
        timers.delete(timer);
        timer.callOff();
      };
    },
    move(ms) {
      if (!(ms >= 0)) throw new RangeError(`a clock moves on, not by ${ms} ms`);
      offset += ms;
      for (const timer of [...timers].sort((a, b) => a.time - b.time)) {
        timer.callOff();
        arm(timer);
      }
    },
  };
}
