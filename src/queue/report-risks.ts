/** What may go wrong with the queue though it answers: one log line, and the operators' channel, once a day. */
import { queueRisk } from '../domain/operator-reports.ts';
import { notifyOperatorsOnce } from '../outbox/operator-notices.ts';
import type { World } from '../world/world.ts';

const QUIET_MS = 24 * 3_600_000;

/** @param risks a sentence each, of the pager's own */
export async function reportRisks(world: World, risks: readonly string[]): Promise<void> {
  for (const risk of risks) {
    world.log.warn(risk);
    await world.commit((unit) =>
      notifyOperatorsOnce(world, unit, 'queue-risk', QUIET_MS, queueRisk(risk)),
    );
  }
}
