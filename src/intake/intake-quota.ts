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
}

/** Who waits for a place asks again by then. */
const LOOKS_AGAIN_MS = 60_000;

export function createIntakeQuota(world: Pick<World, 'clock' | 'policy'>): IntakeQuota {
  const taken = new Map<string, Taken>();
  const places = new Map<string, EpochMs>();
  const next = (producer: string, now: EpochMs) => {
    const rate = intakeRate(world.policy(), producer);
    return rate === null ? null : nextOf(rate, taken.get(producer), now);
  };
  return {
    ask(producer) {
      const now = world.clock.now();
      const one = next(producer, now);
      if (one === null) return 0;
      if (one.at > now) return Math.ceil(one.at - now);
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
      places.set(ticket, place);
      // A limit may be changed meanwhile.
      return Math.min(Math.ceil(place - now), LOOKS_AGAIN_MS);
    },
  };
}
