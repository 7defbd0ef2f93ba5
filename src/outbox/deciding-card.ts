/** The card on which an item is decided at the moment: its own, or the one that the open stage's people read. */
import { domainOf } from '../../policies/domain-of.ts';
import { stageDomain } from '../../policies/routing/stage-ladder.ts';
import type { ItemRecord } from '../domain/decision.ts';
import { cardsOfItem, type Card } from '../store/cards.ts';
import type { Db } from '../store/database.ts';
import type { World } from '../world/world.ts';

/** null: it has none (yet). */
export async function decidingCard(
  world: Pick<World, 'policy'>,
  db: Db,
  record: Pick<ItemRecord, 'id' | 'domain' | 'several'>,
): Promise<Card | null> {
  const cards = await cardsOfItem(db, record.id);
  const own = cards.find((one) => one.purpose === 'decide') ?? null;
  const stages = cards.filter((one) => one.purpose === 'stage');
  if (stages.length === 0 || record.several === null) return own;
  const stage = record.several.stages[record.several.stage];
  const policy = world.policy();
  const theirs =
    stage && record.several.stage > 0
      ? stageDomain(policy, stage.by, domainOf(policy, record.domain))
      : null;
  // A card whose channel could not be posted to stands in another one.
  return theirs === null
    ? own
    : (stages.find((one) => one.channel === theirs.channel) ?? stages.at(-1) ?? own);
}
