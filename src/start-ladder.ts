/** The ladder of an item that has just been asked: its rungs are written down, and the first is paged. */
import type { PlannedLadder } from '../policies/ladder.ts';
import { namesAnybody, notified, reachesAnybody } from '../policies/notified.ts';
import { climbItem } from './climb-item.ts';
import type { ItemRecord } from './decision.ts';
import { sendPages, startClocks } from './page-rung.ts';
import type { Unit } from './store/commit.ts';
import { insertRung } from './store/rungs.ts';
import type { World } from './world.ts';

export async function startLadder(
  world: World,
  unit: Unit,
  record: ItemRecord,
  ladder: PlannedLadder,
  turn: { because: 'asked' | 'stage' | 'sent_back'; card_id?: string } = { because: 'asked' },
): Promise<void> {
  for (const rung of ladder.rungs) {
    await insertRung(unit.db, {
      item_id: record.id,
      number: rung.number,
      level: rung.level,
      notify_json: JSON.stringify(rung.notify),
      claim_within: rung.claim_within,
      decide_within: rung.decide_within,
      remind_json: JSON.stringify(rung.remind_at),
    });
  }
  const [first] = ladder.rungs;
  const to = notified(world.policy(), first.notify, record.requester_slack_user, world.onCall);
  if (!reachesAnybody(to)) {
    await climbItem(world, unit, record, { because: 'asked', by: null });
    return;
  }
  await startClocks(unit, record.id, first, ladder.hours);
  if (namesAnybody(to)) {
    await unit.audit({
      event: 'item.paged',
      item_id: record.id,
      facts: { rung: first.number, people: [...to.people, ...to.named], usergroups: to.usergroups },
    });
  }
  await sendPages(world, unit, record, {
    rung: first,
    to,
    card_id: turn.card_id,
    story: {
      because: turn.because,
      by: null,
      reason: null,
      skipped: [],
      missed: [],
      released: null,
    },
  });
}
