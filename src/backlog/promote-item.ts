/**
 * An item that waited behind gets a card of its own, and where that is its first sight of anybody, its rung's page. One
 * transaction, the caller's.
 */
import { domainOf } from '../../policies/domain-of.ts';
import { namesAnybody, notified } from '../../policies/access/notify-targets.ts';
import type { ItemRecord } from '../domain/decision.ts';
import { pagedFacts, sendPages } from '../paging/page-rung.ts';
import { standingRung } from '../paging/standing-rung.ts';
import { ASKED } from '../domain/page-reason.ts';
import { producerOf } from '../domain/producer.ts';
import { drawCard, sayOnCard } from '../outbox/enqueue.ts';
import { hadItsTurn, leaveBacklog } from '../store/backlog.ts';
import { insertCard } from '../store/cards.ts';
import type { Unit } from '../store/commit.ts';
import { rungsOfItem } from '../store/rungs.ts';
import type { World } from '../world/world.ts';
import { updateDigestCard } from './keep-digest-card.ts';

/** Why: there is room; somebody wanted to see the next; its ladder climbs, or turns to another stage; somebody does something with it. */
export type Forward =
  | { because: 'room' | 'climbed' }
  | { because: 'wanted' | 'taken_up'; by: string };

/** Posts its card, and tells the digest card; nothing where it does not wait behind. */
export async function promoteItem(
  world: World,
  unit: Unit,
  record: ItemRecord,
  why: Forward,
): Promise<void> {
  if (record.behind_since === null) return;
  const { channel } = domainOf(world.policy(), record.domain);
  await leaveBacklog(unit.db, record.id);
  await hadItsTurn(unit.db, record.domain ?? '', producerOf(record));
  const card = { id: world.ids.uuid(), purpose: 'decide' as const, channel, item_id: record.id };
  await insertCard(unit.db, card);
  await drawCard(world, unit, record, { ...card, ts: null });
  await unit.audit({
    event: 'item.came_forward',
    item_id: record.id,
    facts: { because: why.because, slack_user: 'by' in why ? why.by : undefined },
  });
  await updateDigestCard(world, unit, record);
  // A ladder that climbs pages by itself, and whoever takes it up needs no page of it.
  if (why.because === 'room' || why.because === 'wanted') await pageNow(world, unit, record, why);
}

/** The page of the rung that is open, which was kept back while it waited. */
async function pageNow(world: World, unit: Unit, record: ItemRecord, why: Forward): Promise<void> {
  const rungs = (await rungsOfItem(unit.db, record.id)).map(standingRung);
  const open = rungs.find((rung) => rung.state === 'paged');
  if (!open) {
    const never = rungs.every((rung) => rung.state === 'waiting' || rung.state === 'skipped');
    if (never) await sayOnCard(world, unit, record, { line: 'nobody' });
    return;
  }
  const all = notified(world.policy(), open.notify, record.requester_slack_user, world.onCall);
  // Whoever asked to see it looks at it: their name is in the thread, and no DM.
  const asked = 'by' in why ? all.people.filter((one) => one === why.by) : [];
  const to = {
    ...all,
    people: all.people.filter((one) => !asked.includes(one)),
    named: [...asked, ...all.named],
  };
  if (namesAnybody(to))
    await unit.audit({
      event: 'item.paged',
      item_id: record.id,
      facts: { rung: open.number, ...pagedFacts(to) },
    });
  await sendPages(world, unit, record, {
    rung: open,
    to,
    story: {
      ...ASKED,
      skipped: rungs
        .filter((rung) => rung.state === 'skipped' && rung.number < open.number)
        .map((rung) => rung.number),
    },
  });
}
