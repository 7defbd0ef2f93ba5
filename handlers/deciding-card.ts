/** The card on which an item is decided now: its own, or that of the stage it is at, where that has one. */
import { cardsOfItem, type Card } from '../src/store/cards.ts';
import { loadItem } from '../src/store/items.ts';
import type { Desk } from './desk.ts';

export async function decidingCard(desk: Desk, item_id: string): Promise<Card | null> {
  const { db } = desk.world;
  const cards = await cardsOfItem(db, item_id);
  const own = cards.find((one) => one.purpose === 'decide') ?? null;
  const stage = cards.find((one) => one.purpose === 'stage');
  if (!stage) return own;
  return ((await loadItem(db, item_id))?.several?.stage ?? 0) > 0 ? stage : own;
}
