/** What became of a row is written down: done, given up, or to be tried again, and when. */
import type { Delivery } from '../outbox/delivery.ts';
import type { LaneName } from '../domain/lane.ts';
import {
  delayEffect,
  endEffect,
  renewEffect,
  turnedAway,
  type OutboxRow,
} from '../outbox/outbox-table.ts';
import { backoff, type Pace } from '../outbox/pace.ts';
import type { Unit } from '../store/commit.ts';
import type { World } from '../world/world.ts';
import type { DeliveryOutages } from './delivery-outages.ts';

/** What of a lane it depends on. */
export interface RecordedLane {
  name: LaneName;
  pace: Pace;
  sending: {
    /** After how long without success a row is given up; absent: never. */
    give_up_after_ms?: number;
    /** What is told, and to whom, when a row is given up. */
    onGivenUp?: (unit: Unit, row: OutboxRow, error: string) => Promise<void>;
  };
}

/** Writes it down, in the caller's transaction. */
export async function recordDelivery(
  { world, outages }: { world: Pick<World, 'log'>; outages: DeliveryOutages },
  lane: RecordedLane,
  unit: Unit,
  row: OutboxRow,
  delivery: Delivery,
): Promise<void> {
  const { sending } = lane;
  switch (delivery.delivery) {
    case 'done': {
      const word = await delivery.write?.(unit);
      outages.over(lane.name);
      if (!word) return endEffect(unit.db, row.id, unit.now, { state: 'done' });
      return renewEffect(unit.db, row.id, unit.now + (word === 'again' ? 0 : word.again_in_ms));
    }
    case 'failed':
      await endEffect(unit.db, row.id, unit.now, { state: 'failed', error: delivery.error });
      world.log.error(
        {
          item_id: row.item_id,
          effect: row.effect.effect,
          lane: lane.name,
          error: delivery.error,
        },
        'given up',
      );
      return delivery.write?.(unit);
    case 'paced':
      lane.pace.told(unit.now, delivery.for_ms);
      world.log.warn({ lane: lane.name, for_ms: delivery.for_ms }, 'asked to slow down');
      return turnedAway(unit.db, row.id);
    case 'later': {
      const since = row.first_attempt_at ?? unit.now;
      if (sending.give_up_after_ms !== undefined && unit.now - since >= sending.give_up_after_ms) {
        await endEffect(unit.db, row.id, unit.now, { state: 'failed', error: delivery.error });
        return sending.onGivenUp?.(unit, row, delivery.error);
      }
      const again_in_ms =
        delivery.in_ms ?? Math.max(backoff(row.attempts), delivery.at_least_ms ?? 0);
      const told = {
        item_id: row.item_id,
        effect: row.effect.effect,
        lane: lane.name,
        attempt: row.attempts,
        again_in_ms,
      };
      world.log.debug({ ...told, error: delivery.error }, 'not delivered yet');
      outages.met(lane.name, delivery.error, told);
      return delayEffect(unit.db, row.id, unit.now + again_in_ms, delivery.error);
    }
    default:
      return delivery satisfies never;
  }
}
