/** PagerDuty's alert of an item: how its pages are written down, what names it over there, and its end. */
import { sha256 } from '../domain/hash.ts';
import type { ItemRecord } from '../domain/decision.ts';
import { tellPagerduty } from '../outbox/enqueue.ts';
import { firstHash } from '../store/audit-log.ts';
import type { Unit } from '../store/commit.ts';
import type { Db } from '../store/database.ts';
import { pagerdutyTargets } from '../store/pages.ts';
import type { World } from '../world/world.ts';

const PREFIX = 'pagerduty:';

/** What stands in a page for whoever is on call there; no id of Slack looks like it. */
export const pagerdutyTarget = (key: string): string => `${PREFIX}${key}`;

/**
 * The alert's `dedup_key`: the same at each try and for its end, and no other installation's, though items may have the
 * same ids there: the log's first entry is each installation's own.
 */
export const dedupKey = async (db: Db, item_id: string): Promise<string> =>
  `hitl-${sha256(`${await firstHash(db)}\n${item_id}`).slice(7, 47)}`;

/**
 * Somebody has the item (`acknowledge`: PagerDuty calls nobody else), or it has ended (`resolve`). Letting go of a claim
 * is not told: no event takes an acknowledgement back, and the item's own clocks call the next. One transaction, the
 * caller's.
 */
export async function tellAlerts(
  world: World,
  unit: Unit,
  record: ItemRecord,
  action: 'acknowledge' | 'resolve',
): Promise<void> {
  for (const target of await pagerdutyTargets(unit.db, record.id))
    await tellPagerduty(world, unit, record, { action, key: target.slice(PREFIX.length) });
}
