/**
 * What of the outbox's troubles the log says: each once, then once a minute, however many rows and lanes meet it. Lanes
 * that fail for the same reason fail together, and are well again together.
 */
import { readLane, type LaneName } from '../domain/lane.ts';
import { createOutage, type Outage } from '../world/outage.ts';
import type { World } from '../world/world.ts';

export interface DeliveryOutages {
  /** A row of that lane was not delivered, for `error`. */
  met(lane: LaneName, error: string, more: object): void;
  /** One of that lane was. */
  over(lane: LaneName): void;
}

interface Met {
  outage: Outage;
  lanes: Set<LaneName>;
}

export function createDeliveryOutages(world: Pick<World, 'clock' | 'log'>): DeliveryOutages {
  const met = new Map<string, Met>();
  return {
    met(lane, error, more) {
      const to = receiverOf(lane);
      const key = `${to} ${error}`;
      let found = met.get(key);
      if (!found) {
        const outage = createOutage(world, {
          away: `not delivered to ${to} yet; trying again, nothing is lost`,
          back: `delivered to ${to} again`,
        });
        met.set(key, (found = { outage, lanes: new Set() }));
      }
      found.lanes.add(lane);
      found.outage.met(error, more);
    },
    over(lane) {
      for (const [key, { outage, lanes }] of met) {
        if (!lanes.delete(lane) || lanes.size > 0) continue;
        outage.over();
        met.delete(key);
      }
    },
  };
}

function receiverOf(name: LaneName): string {
  const lane = readLane(name);
  switch (lane?.kind) {
    case undefined:
      return 'an unknown lane';
    case 'webhook':
    case 'pagerduty':
      return `${lane.kind} ${lane.of}`;
    case 'results':
      return 'the queue of results';
    default:
      return 'Slack';
  }
}
