/** The end of an item that nobody decided in time: said as such, with every rung that was tried. */
import { rfc3339 } from '../domain/clock.ts';
import type { ItemRecord } from '../domain/decision.ts';
import type { RungTried } from '../domain/wire.ts';
import { endItem } from './end-item.ts';
import { say } from '../outbox/enqueue.ts';
import { decidingCard } from '../outbox/deciding-card.ts';
import { transition } from '../domain/lifecycle.ts';
import type { Unit } from '../store/commit.ts';
import type { Db } from '../store/database.ts';
import { pagesOfItem } from '../store/pages.ts';
import { rungsOfItem, type RungRow } from '../store/rungs.ts';
import type { World } from '../world/world.ts';

/** @param cause for the log: its own end, or the ladder's */
export async function expireItem(
  world: World,
  unit: Unit,
  record: ItemRecord,
  cause: 'expires_at' | 'ladder',
): Promise<void> {
  const moved = transition(record, { type: 'expire' }, unit.now);
  if (!moved.ok) return;
  await endItem(world, unit, {
    record,
    next: moved.state,
    by: { type: 'ladder' },
    words: { error_tags: [], rungs: await rungsTried(unit.db, record.id) },
  });
  await tellHolder(world, unit, record);
  world.log.info({ item_id: record.id, cause }, 'item expired: nobody decided in time');
}

/** Who said "I have it" hears that it went; where the card was never posted there is nowhere to say it. */
async function tellHolder(world: World, unit: Unit, record: ItemRecord): Promise<void> {
  const { claimed_by } = record;
  const card = claimed_by === null ? null : await decidingCard(world, unit.db, record);
  if (claimed_by === null || !card?.ts) return;
  const what = { line: 'ran_out', user: claimed_by } as const;
  await say(world, unit, record, { to: 'card', card_id: card.id }, what);
}

const TOLD: Record<RungRow['state'], RungTried['state']> = {
  paged: 'paged',
  over: 'paged',
  skipped: 'skipped',
  missed: 'missed',
  waiting: 'not_reached',
  void: 'not_reached',
};

async function rungsTried(db: Db, item_id: string): Promise<RungTried[]> {
  const pages = await pagesOfItem(db, item_id);
  return (await rungsOfItem(db, item_id)).map((rung) => {
    const paged = [
      ...new Set(pages.filter((one) => one.rung === rung.number).map((one) => one.target)),
    ];
    return {
      level: rung.level,
      state: TOLD[rung.state],
      ...(rung.paged_at === null ? {} : { paged_at: rfc3339(rung.paged_at) }),
      ...(paged.length === 0 ? {} : { paged }),
    };
  });
}
