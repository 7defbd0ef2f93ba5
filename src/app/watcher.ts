/**
 * The watcher: a check of its own, every minute, that no deadline is overdue and that the outbox drains. What it finds
 * makes the process not ready, and the operators are told once; and once more when it is well again.
 */
import type { EpochMs } from '../domain/clock.ts';
import { repeat } from '../world/repeat.ts';
import { report } from '../outbox/operator-notices.ts';
import { nextDeadline } from '../store/deadlines.ts';
import { oldestEffect } from '../outbox/outbox-table.ts';
import type { World } from '../world/world.ts';

const EVERY_MS = 60_000;
/** A deadline that is later than this is nobody's to move any more. */
const OVERDUE_MS = 60_000;
/** More than this between two looks: the clock was set on, or the machine slept. What that brought due is not late yet. */
const JUMPED_MS = 2 * EVERY_MS;
/** A channel's own pace, and Slack being slow, hold an effect up for a while. */
const STUCK_MS = 5 * 60_000;

export interface Watcher {
  /** What is wrong, a sentence each; empty: all is well. */
  troubles(): string[];
  /** Looks now. */
  look(): Promise<void>;
  /** Resolves when the look that is going on has ended. */
  stop(): Promise<void>;
}

export function startWatcher(world: World): Watcher {
  let found: string[] = [];
  let told = false;
  let looked = world.clock.now();
  const look = async (): Promise<void> => {
    const now = world.clock.now();
    const jumped = now - looked > JUMPED_MS;
    looked = now;
    if (jumped) return;
    found = await troublesAt(world, now);
    const behind = found.length > 0;
    if (behind === told) return;
    const words = behind
      ? `⚠️ I am behind: ${found.join('; ')}. \`/readyz\` fails until that is over; I will say so here.`
      : '✅ All is well again: nothing is overdue, and what waits to be sent is being sent.';
    // Told only once it is written: a database in trouble is when this matters most.
    await world.commit((unit) => report(world, unit, words));
    told = behind;
    if (behind) world.log.error({ troubles: found }, 'the watcher found trouble');
    else world.log.info('the watcher finds all well again');
  };
  const looking = repeat(
    world,
    { every_ms: EVERY_MS, first: 'later', failed: 'the watcher could not look; trying again' },
    look,
  );
  return { troubles: () => found, look, stop: () => looking.stop() };
}

async function troublesAt(world: World, now: EpochMs): Promise<string[]> {
  const troubles: string[] = [];
  const next = await nextDeadline(world.db);
  if (next !== null && now - next > OVERDUE_MS)
    troubles.push(`a deadline has been overdue for ${minutes(now - next)}`);
  const oldest = await oldestEffect(world.db);
  if (oldest !== null && now - oldest > STUCK_MS)
    troubles.push(`a message has been waiting to be sent for ${minutes(now - oldest)}`);
  return troubles;
}

const minutes = (ms: number): string => `${Math.floor(ms / 60_000)} min`;
