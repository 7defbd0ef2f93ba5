/** One sweep: everything that is due now. The loop, the tests and the demo all call this, so none of them lacks a step. */
import { sweepShifts } from '../on-call/sweep-shifts.ts';
import { sweepBacklog } from '../backlog/sweep-backlog.ts';
import { sweepDeadlines } from '../items/sweep-deadlines.ts';
import type { World } from '../world/world.ts';

/** Moves what is due: deadlines first, then shifts that changed hands, then items that wait for a free place. */
export async function sweepAll(world: World): Promise<void> {
  await sweepDeadlines(world);
  await sweepShifts(world);
  await sweepBacklog(world);
}
