/** The ladder of an item that has just been asked: its rungs are written down, and the first is paged. */
import { clocksOf, type PlannedLadder, type PlannedRung } from '../../policies/schedule/ladder.ts';
import { namesAnybody, notified, reachesAnybody } from '../../policies/access/notify-targets.ts';
import { climbItem } from './climb-item.ts';
import type { ItemRecord } from '../domain/decision.ts';
import { ASKED } from '../domain/page-reason.ts';
import { pagedFacts, sendPages, setDeadlines } from '../paging/page-rung.ts';
import type { Unit } from '../store/commit.ts';
import { insertRung } from '../store/rungs.ts';
import type { World } from '../world/world.ts';

export async function startLadder(
  world: World,
  unit: Unit,
  record: ItemRecord,
  ladder: PlannedLadder,
  because: 'asked' | 'stage' | 'sent_back' = 'asked',
): Promise<void> {
  const [first, ...rest] = ladder.rungs;
  const to = notified(world.policy(), first.notify, record.requester_slack_user, world.onCall);
  const reached = reachesAnybody(to);
  const clocks = clocksOf(first, ladder.hours, unit.now);
  const { claim_by, decide_by } = clocks;
  await insertRung(
    unit.db,
    rowOf(record, first),
    reached ? { paged_at: unit.now, claim_by, decide_by } : null,
  );
  for (const rung of rest) await insertRung(unit.db, rowOf(record, rung), null);
  if (!reached) {
    await climbItem(world, unit, record, { because: 'asked', by: null });
    return;
  }
  await setDeadlines(unit, record.id, first, clocks);
  // What waits behind pages nobody: the digest card calls, once for all of it.
  if (record.behind_since !== null) return;
  if (namesAnybody(to)) {
    await unit.audit({
      event: 'item.paged',
      item_id: record.id,
      facts: { rung: first.number, ...pagedFacts(to) },
    });
  }
  await sendPages(world, unit, record, {
    rung: first,
    to,
    story: { ...ASKED, because },
  });
}

const rowOf = (record: ItemRecord, rung: PlannedRung) => ({
  item_id: record.id,
  number: rung.number,
  level: rung.level,
  notify_json: JSON.stringify(rung.notify),
  claim_within: rung.claim_within,
  decide_within: rung.decide_within,
  remind_json: JSON.stringify(rung.remind_at),
});
