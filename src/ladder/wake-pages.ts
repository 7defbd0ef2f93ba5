/** Pages that were held back for somebody's quiet hours: sent when those end, unless the rung has moved on. */
import { sayOnCard } from '../outbox/enqueue.ts';
import { quietUntil } from '../../policies/schedule/quiet-hours.ts';
import type { ItemRecord } from '../domain/decision.ts';
import { ASKED } from '../domain/page-reason.ts';
import { pageInPerson } from '../paging/page-rung.ts';
import type { Unit } from '../store/commit.ts';
import { insertDeadline } from '../store/deadlines.ts';
import { deleteHeldPage, pagesOfItem } from '../store/pages.ts';
import { quietHoursOf } from '../store/quiet-hours.ts';
import { rungsOfItem } from '../store/rungs.ts';
import type { World } from '../world/world.ts';

export async function wakePages(world: World, unit: Unit, record: ItemRecord): Promise<void> {
  const open = (await rungsOfItem(unit.db, record.id)).find((rung) => rung.state === 'paged');
  if (!open) return;
  const held = (await pagesOfItem(unit.db, record.id)).filter(
    (page) => page.rung === open.number && page.state === 'held',
  );
  for (const { target, story } of held) {
    const quiet = await quietHoursOf(unit.db, target);
    const until = quiet && quietUntil(quiet, unit.now);
    if (until) {
      await insertDeadline(unit.db, {
        item_id: record.id,
        rung: open.number,
        kind: 'wake',
        set_at: unit.now,
        due_at: until,
      });
      continue;
    }
    await deleteHeldPage(unit.db, { item_id: record.id, rung: open.number, target });
    await pageInPerson(world, unit, record, open.number, target, {
      ...(story ?? ASKED),
      woke: true,
    });
    await unit.audit({
      event: 'item.woke',
      item_id: record.id,
      facts: { slack_user: target, rung: open.number },
    });
    await sayOnCard(world, unit, record, { line: 'woke', user: target });
  }
}
