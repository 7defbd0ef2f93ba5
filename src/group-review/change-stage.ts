/**
 * An item turns to the people of another stage: unclaimed, with clocks of its own, its card in the channel they read.
 * One transaction, the caller's.
 */
import { domainOf } from '../../policies/domain-of.ts';
import { clocksOf } from '../../policies/schedule/ladder.ts';
import { stageDomain, stageLadder } from '../../policies/routing/stage-ladder.ts';
import type { ItemRecord } from '../domain/decision.ts';
import { saltedDigest } from '../domain/hash.ts';
import type { ItemState } from '../domain/lifecycle.ts';
import { promoteItem } from '../backlog/promote-item.ts';
import { drawCard, drawCardsAgain } from '../outbox/enqueue.ts';
import { startLadder } from '../ladder/start-ladder.ts';
import { cardsOfItem, insertCard } from '../store/cards.ts';
import type { Unit } from '../store/commit.ts';
import { endClocks } from '../store/deadlines.ts';
import { swapItem, turnItem } from '../store/items.ts';
import { closeRungs } from '../store/rungs.ts';
import { deleteWait } from '../store/waits.ts';
import type { World } from '../world/world.ts';

/** Turns `record` to the stage that is open in `next`. Returns it as it then is. */
export async function changeStage(
  world: World,
  unit: Unit,
  record: ItemRecord,
  next: ItemState,
): Promise<ItemRecord> {
  const { several } = next;
  const stage = several?.stages[several.stage];
  if (several === null || stage === undefined)
    throw new Error(`item ${record.id} has no stage to turn to`);
  const because = several.stage > (record.several?.stage ?? 0) ? 'stage' : 'sent_back';
  const policy = world.policy();
  const domain = domainOf(policy, record.domain);
  const ladder = stageLadder(policy, domain, stage, several.from_rung);
  const [first] = ladder.rungs;
  const turned: ItemRecord = {
    ...record,
    ...next,
    behind_since: null,
    by: stage.by,
    level: first.level,
    due_at: clocksOf(first, ladder.hours, unit.now).decide_by,
  };
  await swapItem(unit.db, record, next);
  await turnItem(unit.db, { ...turned, several });
  await endClocks(unit.db, record.id, 'void');
  // What the stage before waited for is no longer waited for.
  await deleteWait(unit.db, record.id);
  await closeRungs(unit.db, record.id, unit.now);
  await unit.audit({
    event: 'item.turned',
    item_id: record.id,
    facts: {
      because,
      stage: several.stage,
      several_digest: saltedDigest('', several),
      decider_digest: saltedDigest('', stage.by),
      level: turned.level,
      due_at: turned.due_at ?? undefined,
      version: next.version,
      view_rev: next.view_rev,
    },
  });
  await promoteItem(world, unit, record, { because: 'climbed' });
  await drawCardsAgain(world, unit, record);
  const theirs = stageDomain(policy, stage.by, domain);
  if (theirs !== null) await postIn(world, unit, turned, theirs.channel);
  await startLadder(world, unit, turned, ladder, because);
  return turned;
}

/** Posts the item's card in that channel, unless it stands there already. */
async function postIn(
  world: World,
  unit: Unit,
  record: ItemRecord,
  channel: string,
): Promise<void> {
  const cards = await cardsOfItem(unit.db, record.id);
  if (cards.some((one) => one.purpose === 'stage' && one.channel === channel)) return;
  const card = { id: world.ids.uuid(), purpose: 'stage' as const, channel, item_id: record.id };
  await insertCard(unit.db, card);
  await drawCard(world, unit, record, { ...card, ts: null });
}
