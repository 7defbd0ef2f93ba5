/**
 * What every click on an item's card has in common: it is read, its item is found, whoever is not one of ours is turned
 * away, and it is answered whatever comes.
 */
import type { App } from '@slack/bolt';
import type { ItemRecord } from '../../src/domain/decision.ts';
import { cardAt } from '../../src/store/cards.ts';
import type { Seen } from '../../src/outbox/seen-view.ts';
import { decidingCard } from '../../src/outbox/deciding-card.ts';
import { loadItem } from '../../src/store/items.ts';
import type { HandlerContext } from './handler-context.ts';
import { readClick, type Click } from './payload.ts';
import { refuseGone } from './refuse-gone.ts';
import { maySee } from '../../src/access/may-see.ts';
import { maySeeNow, refuseUnless } from './ask-whether.ts';

/** A click, and the item that the clicked card shows. */
export interface ItemClick extends Click {
  record: ItemRecord;
  seen: Seen;
  ack: () => Promise<unknown>;
}

/**
 * Calls `handle` for clicks under that `action_id`. A click on what is not there is refused, privately, and so is one by
 * whoever is not one of ours. `to` is what it is for, where that is not to decide: to `see` the whole item asks for that.
 */
export function onItemClick(
  app: App,
  desk: HandlerContext,
  action_id: string | RegExp,
  handle: (click: ItemClick) => Promise<unknown>,
  to?: 'see' | 'answer',
): void {
  app.action(action_id, async ({ ack, body }) => {
    const click = readClick(body);
    if (click && (await refuseUnless(desk, click, ack, cardFor(desk, click, to)))) return;
    const clicked = click && (await clickedItem(desk, click));
    if (!click || !clicked) return refuseGone(desk, click, ack);
    if (to === 'see') {
      const requester = clicked.record.requester_slack_user;
      const sees = await maySeeNow(desk, { view: 'details', requester }, click.person);
      if (await refuseUnless(desk, click, ack, sees)) return;
    }
    await handle({ ...click, ...clicked, ack: () => ack() });
  });
}

/** Whoever is known to be outside is told so first; who else may is asked by each act itself. */
const cardFor = (desk: HandlerContext, { person }: Click, to: 'see' | 'answer' | undefined) =>
  maySee(desk.world.policy(), { view: 'card', to }, person, desk.world);

/** A card acts on its own item only: null where its button speaks of another, and where there is no such item. */
async function clickedItem(
  desk: HandlerContext,
  click: Click,
): Promise<Pick<ItemClick, 'record' | 'seen'> | null> {
  const card = await cardAt(desk.world.db, click.where.channel, click.ts);
  if (card && click.value !== null && card.item_id !== click.value) return null;
  // What the message says of itself came back from Slack as we wrote it.
  const item_id = card?.item_id ?? click.value ?? click.details_of;
  const record = item_id === null ? null : await loadItem(desk.world.db, item_id);
  if (record === null) return null;
  const { shown_json } = click;
  if (click.ts === '') return { record, seen: { card_id: null, shown_json } };
  // Where the card's post has not been confirmed yet, its message is not known for it.
  const shown = card ?? (await decidingCard(desk.world, desk.world.db, record));
  return { record, seen: { card_id: shown?.id ?? null, shown_json } };
}
