/** The pager's own troubles, told in the operators' channel: each once. */
import { say } from './enqueue.ts';
import type { Unit } from '../store/commit.ts';
import { markNotified, notifiedAt } from '../store/operator-notices.ts';
import type { World } from '../world/world.ts';

/** Tells the operators. Words are mrkdwn of ours; texts of others in them must be escaped. */
export const report = (world: World, unit: Unit, words: string): Promise<void> =>
  say(
    world,
    unit,
    null,
    { to: 'channel', channel: world.policy().operators_channel },
    { line: 'report', words },
  );

/** Tells them once: not again within `quiet_ms`, whatever meets the same trouble meanwhile. */
export async function notifyOperatorsOnce(
  world: World,
  unit: Unit,
  trouble: string,
  quiet_ms: number,
  words: string,
): Promise<void> {
  const told = await notifiedAt(unit.db, trouble);
  // A clock that was set back must not silence it for longer than that.
  if (told !== null && Math.abs(unit.now - told) < quiet_ms) return;
  await markNotified(unit.db, trouble, unit.now);
  await report(world, unit, words);
}
