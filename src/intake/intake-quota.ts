/**
 * How many items a producer may put in (`limits.intake` of the policy in force), counted in memory: a restart forgets what
 * was taken.
 */
import { nextOf, type Taken } from '../domain/rate.ts';
import type { EpochMs } from '../domain/clock.ts';
import { intakeRate } from '../../policies/routing/intake-rate.ts';
import type { World } from '../world/world.ts';

export interface IntakeQuota {
  /** 0: the producer may put one in now, and it is counted. Else after how many ms to try again. */
  ask(producer: string): number;
  /** The same, with a place kept for `ticket`: whoever comes back with it then is let in. */
  queue(producer: string, ticket: string): number;
  /** How many of each producer's were turned away or had to wait, since the start. */
  limited(): { producer: string; count: number }[];
}

/** Who waits for a place asks again by then. */
const LOOKS_AGAIN_MS = 60_000;

/** One line of the log tells all that was limited in so long. */
const TELLS_EVERY_MS = 60_000;

export function createIntakeQuota(world: Pick<World, 'clock' | 'policy' | 'log'>): IntakeQuota {
  const taken = new Map<string, Taken>();
  const places = new Map<string, EpochMs>();
  const counts = new Map<string, number>();
  const untold = new Map<string, number>();
  let told: EpochMs | null = null;
  const count = (producer: string, now: EpochMs): void => {
    for (const counted of [counts, untold]) counted.set(producer, (counted.get(producer) ?? 0) + 1);
    // A clock that was set back keeps nothing back.
    if (told !== null && Math.abs(now - told) < TELLS_EVERY_MS) return;
    told = now;
    const limited = Object.fromEntries(untold);
    untold.clear();
    world.log.warn({ limited }, 'producers put in more than `limits` in the policy allows');
  };
  const next = (producer: string, now: EpochMs) => {
    const rate = intakeRate(world.policy(), producer);
    return rate === null ? null : nextOf(rate, taken.get(producer), now);
  };
  return {
    ask(producer) {
      const now = world.clock.now();
      const one = next(producer, now);
      if (one === null) return 0;
      if (one.at > now) {
        count(producer, now);
        return Math.ceil(one.at - now);
      }
      taken.set(producer, one.taken);
      return 0;
    },
    queue(producer, ticket) {
      const now = world.clock.now();
      const one = next(producer, now);
      const kept = places.get(ticket);
      if (kept === undefined && one !== null) taken.set(producer, one.taken);
      const place = kept ?? one?.at ?? now;
      if (one === null || place <= now) {
        places.delete(ticket);
        return 0;
      }
      if (kept === undefined) count(producer, now);
      places.set(ticket, place);
      // A limit may be changed meanwhile.
      return Math.min(Math.ceil(place - now), LOOKS_AGAIN_MS);
    },
    limited: () => [...counts].map(([producer, total]) => ({ producer, count: total })),
  };
}
