/** An item is asked of people: its card or its place in the backlog, its end, its ladder. One transaction, the caller's. */
import type { ItemRecord } from '../domain/decision.ts';
import { drawCard } from '../outbox/enqueue.ts';
import { keepDigestCard } from '../backlog/keep-digest-card.ts';
import { startLadder } from '../ladder/start-ladder.ts';
import { insertCard } from '../store/cards.ts';
import type { Unit } from '../store/commit.ts';
import { insertDeadline } from '../store/deadlines.ts';
import { type PlannedLadder } from '../../policies/schedule/ladder.ts';
import { type Domain } from '../../policies/policy.ts';
import type { World } from '../world/world.ts';

/** The card, the ladder, and the first page; where it waits behind, the digest card in place of its own. */
export async function askItem(
  world: World,
  unit: Unit,
  record: ItemRecord,
  domain: Domain,
  ladder: PlannedLadder,
  asked_in?: string,
): Promise<void> {
  if (record.behind_since === null) {
    const { channel } = domain;
    const card = { id: world.ids.uuid(), purpose: 'decide' as const, channel, item_id: record.id };
    await insertCard(unit.db, card);
    await drawCard(world, unit, record, { ...card, ts: null });
  } else await keepDigestCard(world, unit, domain, true);
  if (asked_in !== undefined) {
    const asked = {
      id: world.ids.uuid(),
      purpose: 'asked' as const,
      channel: asked_in,
      item_id: record.id,
    };
    await insertCard(unit.db, asked);
    await drawCard(world, unit, record, { ...asked, ts: null });
  }
  if (record.expires_at !== null) {
    await insertDeadline(unit.db, {
      item_id: record.id,
      rung: null,
      kind: 'expires',
      set_at: unit.now,
      due_at: record.expires_at,
    });
  }
  await startLadder(world, unit, record, ladder);
}
