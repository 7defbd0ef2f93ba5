/** The clock that runs until somebody says "I have it": a claim stops it, and letting go starts it anew. */
import { addWorkingTime } from '../../policies/schedule/business-hours.ts';
import { domainOf } from '../../policies/domain-of.ts';
import { hoursOf } from '../../policies/schedule/ladder.ts';
import type { ItemRecord } from '../domain/decision.ts';
import type { Unit } from '../store/commit.ts';
import { endDeadlinesOf, insertDeadline } from '../store/deadlines.ts';
import { rungClocks, rungsOfItem } from '../store/rungs.ts';
import { waitOf } from '../store/waits.ts';
import type { World } from '../world/world.ts';

export const stopClaimClock = (unit: Unit, item_id: string): Promise<void> =>
  endDeadlinesOf(unit.db, item_id, ['claim'], 'void');

/** Where the open rung has such a clock. */
export async function startClaimClock(world: World, unit: Unit, record: ItemRecord): Promise<void> {
  const open = (await rungsOfItem(unit.db, record.id)).find((rung) => rung.state === 'paged');
  // While the clocks stand still, none begins.
  if (!open || open.claim_within === null || (await waitOf(unit.db, record.id)) !== null) return;
  const policy = world.policy();
  const hours = hoursOf(policy, domainOf(policy, record.domain));
  const claim_by = addWorkingTime(hours, unit.now, open.claim_within);
  const { number, decide_by } = open;
  await rungClocks(unit.db, { item_id: record.id, number, claim_by, decide_by });
  await insertDeadline(unit.db, {
    item_id: record.id,
    rung: open.number,
    kind: 'claim',
    set_at: unit.now,
    due_at: claim_by,
  });
}
