/** What a person saw when they said something: a decision carries its digest. */
import { loadCardView } from '../store/cards.ts';
import type { CardViewsTable } from '../store/card-tables.ts';
import type { Unit } from '../store/commit.ts';
import type { World } from '../world/world.ts';

/** By which card somebody acted, or what Slack says that it showed them where it was not by a card (their Home). */
export interface Seen {
  card_id: string | null;
  /** JSON of blocks; absent where the card says it. */
  shown_json?: string;
}

/** The card's words are kept before they are sent: null only where nothing was shown. */
export async function seenView(
  world: World,
  unit: Unit,
  { card_id, shown_json }: Seen,
): Promise<Pick<CardViewsTable, 'salt' | 'shown_json'> | null> {
  const kept = card_id === null ? null : await loadCardView(unit.db, card_id);
  if (kept !== null || shown_json === undefined) return kept;
  return { salt: world.ids.salt(), shown_json };
}
