/**
 * Keeps the one card that stands in a domain's channel for all that waits behind: opened when something does, drawn
 * again as that changes, closed when nothing does any more. One transaction, the caller's.
 */
import { digestToUse } from '../../policies/routing/open-limit.ts';
import { domainOf } from '../../policies/domain-of.ts';
import type { Domain } from '../../policies/policy.ts';
import type { ItemRecord } from '../domain/decision.ts';
import { drawDigestCard } from '../outbox/enqueue.ts';
import { anyBehind } from '../store/backlog.ts';
import { insertCard, wantCardAgain } from '../store/cards.ts';
import type { Unit } from '../store/commit.ts';
import {
  closeDigest,
  digestDrawn,
  digestCardsOf,
  insertDigestCard,
  type PlacedDigest,
} from '../store/digest-cards.ts';
import type { World } from '../world/world.ts';

/** @param waits whether anything waits behind in that domain now */
export async function keepDigestCard(
  world: Pick<World, 'ids'>,
  unit: Unit,
  domain: Pick<Domain, 'id' | 'channel'>,
  waits: boolean,
): Promise<void> {
  const digests = await digestCardsOf(unit.db, domain.id);
  const latest = digests.find((one) => one.channel === domain.channel) ?? null;
  const kept = waits && latest && digestToUse(latest, unit.now) === 'this' ? latest : null;
  for (const one of digests) {
    if (one === kept || one.closed_at !== null) continue;
    await closeDigest(unit.db, one.card_id, unit.now);
    await drawAgain(world, unit, one);
  }
  if (kept) {
    await digestDrawn(unit.db, kept.card_id, unit.now);
    await drawAgain(world, unit, kept);
  } else if (waits) {
    const card = { id: world.ids.uuid(), purpose: 'digest' as const, channel: domain.channel };
    await insertCard(unit.db, card);
    await insertDigestCard(unit.db, {
      card_id: card.id,
      domain: domain.id,
      channel: domain.channel,
      opened_at: unit.now,
    });
    await drawDigestCard(world, unit, { ...card, ts: null });
  }
}

/** One that waited behind waits no more: its domain's digest card says so. */
export async function updateDigestCard(
  world: World,
  unit: Unit,
  { domain }: Pick<ItemRecord, 'domain'>,
): Promise<void> {
  const id = domain ?? '';
  const { channel } = domainOf(world.policy(), domain);
  await keepDigestCard(world, unit, { id, channel }, await anyBehind(unit.db, id));
}

async function drawAgain(
  world: Pick<World, 'ids'>,
  unit: Unit,
  { card_id }: PlacedDigest,
): Promise<void> {
  for (const card of await wantCardAgain(unit.db, card_id)) await drawDigestCard(world, unit, card);
}
