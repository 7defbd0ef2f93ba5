/** What a decision does to letting-through: it can freeze what is like its item, settle a freeze, or break a circuit. */
import { breakCircuit, breakerPauseId } from './circuit-breaker.ts';
import type { Decision, ItemRecord } from '../domain/decision.ts';
import { callsViolation, freezeId, freezeSimilar, settleCheck } from './freeze.ts';
import type { Unit } from '../store/commit.ts';
import { isOpenHold } from '../store/holds.ts';
import type { World } from '../world/world.ts';

/** Inside the decision's transaction. Returns the freeze that it lifted: memory lets go of it once that is on disk. */
export async function holdAfter(
  world: World,
  unit: Unit,
  record: ItemRecord,
  decision: Decision,
): Promise<string | null> {
  if (callsViolation(record, decision)) await freezeSimilar(world, unit, record, decision);
  await breakCircuit(world, unit, record);
  return settleCheck(world, unit, record, decision);
}

/** After a transaction that failed: memory keeps no hold that the disk has not. Where that cannot be read, it keeps it. */
export async function forgetHolds(world: World, item_id: string): Promise<void> {
  for (const id of [freezeId(item_id), breakerPauseId(item_id)]) {
    const open = await isOpenHold(world.db, id).catch(() => true);
    if (!open) world.holds.drop(id);
  }
}
