/**
 * Keeps the Homes that people look at as things stand: what changes asks for them to be drawn again, at most once in
 * five seconds each. Whoever opened theirs a while ago gets it anew when they open it again. What is wanted is a row of
 * the outbox; here is only when to ask.
 */
import type { EpochMs } from '../domain/clock.ts';
import { readLane, type LaneName } from '../domain/lane.ts';
import { drawHome } from '../outbox/enqueue.ts';
import { homesOpenedSince } from '../store/homes.ts';
import type { World } from '../world/world.ts';

/** Slack says when a Home is opened, and never when it is left. */
export const LOOKED_AT_MS = 15 * 60_000;
const QUIET_MS = 5000;

export interface HomeWatch {
  /** This person looks at theirs now. */
  opened(user: string): void;
  /** Something changed that a Home may show. */
  changed(): void;
  /** It is being drawn: what changes from here on is not in it. */
  drawing(user: string): void;
  /** It has been drawn, or never will be. */
  drawn(user: string): void;
  /** Goes on with those that an earlier process left. */
  start(): Promise<void>;
  stop(): void;
}

/** Whether what goes out by that lane may be of something that a Home shows. */
export function changesHomes(lane: LaneName): boolean {
  const kind = readLane(lane)?.kind;
  return kind !== 'home' && kind !== 'notes' && kind !== 'files';
}

interface Watched {
  until: EpochMs;
  /** When it was last asked for. */
  asked: EpochMs;
  stale: boolean;
  /** Calls off the asking that is set. */
  timer: (() => void) | null;
}

/** @param world of the process; it is made after this */
export function createHomeWatch(world: () => World): HomeWatch {
  const watched = new Map<string, Watched>();
  let stopped = false;

  function watch(user: string): Watched {
    const { clock } = world();
    const held = watched.get(user) ?? { until: 0, asked: 0, stale: false, timer: null };
    held.until = clock.now() + LOOKED_AT_MS;
    watched.set(user, held);
    return held;
  }

  function askSoon(user: string, held: Watched): void {
    const { clock, commit, log } = world();
    if (stopped || held.timer !== null) return;
    held.timer = clock.at(Math.max(clock.now(), held.asked + QUIET_MS), () => {
      held.timer = null;
      held.asked = clock.now();
      commit((unit) => drawHome(world(), unit, user)).catch((error: unknown) =>
        log.error({ err: error, user }, 'a Home could not be asked for'),
      );
    });
  }

  return {
    opened(user) {
      // What opening asks for itself counts as asked.
      watch(user).asked = world().clock.now();
    },
    changed() {
      if (watched.size === 0) return;
      const now = world().clock.now();
      for (const [user, held] of watched) {
        if (held.until <= now) {
          held.timer?.();
          watched.delete(user);
          continue;
        }
        held.stale = true;
        askSoon(user, held);
      }
    },
    drawing(user) {
      const held = watched.get(user);
      if (held) held.stale = false;
    },
    drawn(user) {
      const held = watched.get(user);
      // It changed while it was drawn, and what asked for it then may have met the one in hand.
      if (held?.stale) askSoon(user, held);
    },
    async start() {
      const { db, clock } = world();
      for (const { slack_user } of await homesOpenedSince(db, clock.now() - LOOKED_AT_MS))
        watch(slack_user);
      this.changed();
    },
    stop() {
      stopped = true;
      for (const held of watched.values()) held.timer?.();
    },
  };
}
