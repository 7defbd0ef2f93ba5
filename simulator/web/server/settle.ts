// What falls due when the clock is moved: done, and shown in Slack, before time goes on. In life there
// is time enough between two deadlines for a post; here there would be none.
import { setTimeout as pause } from 'node:timers/promises';
import { pendingLanes } from '../../../src/outbox/outbox-table.ts';
import { sweepAll } from '../../../src/app/sweep-all.ts';
import type { World } from '../../../src/world/world.ts';

/** What is not sent by then (Slack has a bad day) does not hold the clock up, in ms. */
const PATIENCE_MS = 300;
const LOOK_AGAIN_MS = 5;

/** Has the product's sweeps done, and waits until what it caused has left. */
export async function settle(world: World): Promise<void> {
  await sweepAll(world);
  const end = performance.now() + PATIENCE_MS;
  while (performance.now() < end) {
    const now = world.clock.now();
    const waiting = await pendingLanes(world.db);
    if (!waiting.some(({ not_before }) => not_before <= now)) return;
    await pause(LOOK_AGAIN_MS);
  }
}
