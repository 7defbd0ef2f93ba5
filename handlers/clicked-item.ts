/** The item that a clicked card shows. A card acts on its own item only, whatever its buttons say. */
import type { ItemRecord } from '../src/decision.ts';
import type { Act } from '../src/act.ts';
import { cardAt } from '../src/store/cards.ts';
import { loadItem } from '../src/store/items.ts';
import type { Desk } from './desk.ts';
import type { Click } from './payload.ts';

export interface ClickedItem {
  record: ItemRecord;
  card_id: string | null;
  where: Act['where'];
}

/** null: there is no such item, or the button speaks of another than the card it is on. */
export async function clickedItem(desk: Desk, click: Click): Promise<ClickedItem | null> {
  const card = await cardAt(desk.world.db, click.channel, click.ts);
  // A card whose post was never confirmed is not known by its message yet; its button's value is ours all the same.
  const item_id = card?.item_id ?? click.value;
  if (item_id === null || (card && click.value !== null && card.item_id !== click.value))
    return null;
  const record = await loadItem(desk.world.db, item_id);
  return (
    record && {
      record,
      card_id: card?.id ?? null,
      where: { channel: click.channel, thread_ts: click.thread_ts },
    }
  );
}
