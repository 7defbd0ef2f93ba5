/** Puts effects into the outbox, inside the transaction that caused them. Decides which lane each one stands in. */
import { decidingCard } from './deciding-card.ts';
import type { World } from '../world/world.ts';
import type { ItemRecord } from '../domain/decision.ts';
import { producerOf } from '../domain/producer.ts';
import { laneName, type Lane } from '../domain/lane.ts';
import { loadCard, wantCardsAgain, type Stale } from '../store/cards.ts';
import type { Unit } from '../store/commit.ts';
import { insertEffect } from './outbox-table.ts';
import type { Address, Effect, Line } from './effects.ts';

/** How long a digest card that has changed waits for what else changes. */
export const DIGEST_CALM_MS = 3000;

type Item = Pick<ItemRecord, 'id' | 'impact' | 'owner' | 'source'> | null;

function put(
  world: Pick<World, 'ids'>,
  unit: Unit,
  item: Item,
  to: Lane,
  effect: Effect,
  more: { priority?: number; after_ms?: number } = {},
): Promise<void> {
  const lane = laneName(to);
  unit.lanes.add(lane);
  return insertEffect(unit.db, {
    id: world.ids.uuid(),
    effect,
    lane,
    item_id: item?.id ?? null,
    producer: item === null ? '' : producerOf(item),
    // What is about no item is about the pager itself, and waits behind nothing.
    priority: more.priority ?? item?.impact ?? 10,
    now: unit.now,
    not_before: unit.now + (more.after_ms ?? 0),
  });
}

/** Posts and edits of one channel have lanes of their own: Slack counts them apart. */
const cardLane = (card: Stale): Lane => ({
  kind: card.ts === null ? 'post' : 'edit',
  of: card.channel,
});

/** Draws a card that is behind. */
export const drawCard = (
  world: Pick<World, 'ids'>,
  unit: Unit,
  item: Item,
  card: Stale,
): Promise<void> =>
  put(world, unit, item, cardLane(card), {
    effect: 'draw_card',
    card_id: card.id,
  });

/** Draws a digest card. It yields to the cards themselves, and what changes in a moment is one edit. */
export const drawDigestCard = (world: Pick<World, 'ids'>, unit: Unit, card: Stale): Promise<void> =>
  put(
    world,
    unit,
    null,
    cardLane(card),
    { effect: 'draw_card', card_id: card.id },
    { priority: 0, after_ms: card.ts === null ? 0 : DIGEST_CALM_MS },
  );

/** Draws every card of an item again, as it then stands. */
export async function drawCardsAgain(
  world: Pick<World, 'ids'>,
  unit: Unit,
  item: NonNullable<Item>,
): Promise<void> {
  for (const card of await wantCardsAgain(unit.db, item.id))
    await drawCard(world, unit, item, card);
}

/** Says a line in the thread of the card on which the item is decided now; nothing where it has none. */
export async function sayOnCard(
  world: World,
  unit: Unit,
  record: ItemRecord,
  what: Line,
): Promise<void> {
  const card = await decidingCard(world, unit.db, record);
  if (card) await say(world, unit, record, { to: 'card', card_id: card.id }, what);
}

/** Says a line in a thread, a channel or a DM. */
export async function say(
  world: World,
  unit: Unit,
  item: Item,
  address: Address,
  what: Line,
): Promise<void> {
  await put(
    world,
    unit,
    item,
    { kind: 'post', of: await channelOf(unit, address) },
    {
      effect: 'say',
      address,
      what,
    },
  );
}

async function channelOf(unit: Unit, address: Address): Promise<string> {
  switch (address.to) {
    case 'card':
      return (await loadCard(unit.db, address.card_id))?.channel ?? 'nowhere';
    case 'thread':
    case 'channel':
      return address.channel;
    case 'user':
      return address.user;
    default:
      return address satisfies never;
  }
}

/** A private note to one person, where they clicked. */
export const note = (
  world: World,
  unit: Unit,
  to: { channel: string; user: string; thread_ts: string | null },
  words: string,
): Promise<void> => put(world, unit, null, { kind: 'notes' }, { effect: 'note', ...to, words });

/** A person's Home, drawn as things stand when its turn comes. */
export const drawHome = (world: World, unit: Unit, user: string): Promise<void> =>
  put(world, unit, null, { kind: 'home', of: user }, { effect: 'home', user });

/** An export, as a file in that person's direct messages. */
export const sendExport = (
  world: World,
  unit: Unit,
  wanted: Omit<Extract<Effect, { effect: 'export' }>, 'effect'>,
): Promise<void> => put(world, unit, null, { kind: 'files' }, { effect: 'export', ...wanted });

/** Makes a user group hold who is on call. Each has a lane of its own, so that Slack's limits on them delay no page. */
export const syncUsergroup = (world: World, unit: Unit, usergroup: string): Promise<void> =>
  put(
    world,
    unit,
    null,
    { kind: 'usergroup', of: usergroup },
    { effect: 'sync_usergroup', usergroup },
  );

/** Asks whether somebody who takes turns is still in Slack. */
export const askAboutPerson = (world: World, unit: Unit, user: string): Promise<void> =>
  put(world, unit, null, { kind: 'people' }, { effect: 'ask_about_person', user });

const webhookLane = (url: string): Lane => ({ kind: 'webhook', of: new URL(url).origin });

/** The result, to its queue and to the item's callback: `reply_to` and `callback` as the item has them. */
export async function sendResult(
  world: World,
  unit: Unit,
  item: Item,
  decision_id: string,
  { reply_to, callback }: { reply_to?: string; callback?: { url: string } },
): Promise<void> {
  const to = reply_to === undefined ? {} : { to: reply_to };
  await put(world, unit, item, { kind: 'results' }, { effect: 'result', decision_id, ...to });
  if (callback !== undefined) {
    await put(world, unit, item, webhookLane(callback.url), {
      effect: 'webhook',
      decision_id,
      url: callback.url,
    });
  }
}

/** PagerDuty hears of an item. Each key has a lane of its own: services are limited apart. */
export const tellPagerduty = (
  world: World,
  unit: Unit,
  item: Item,
  what:
    | { action: 'trigger'; key: string; rung: number }
    | { action: 'acknowledge' | 'resolve'; key: string },
): Promise<void> =>
  put(world, unit, item, { kind: 'pagerduty', of: what.key }, { effect: 'pagerduty', ...what });

/** What an expert asks back, to the item's callback. */
export const sendInfoRequest = (
  world: World,
  unit: Unit,
  item: Item,
  info_id: string,
  callback: string,
): Promise<void> =>
  put(world, unit, item, webhookLane(callback), {
    effect: 'info_webhook',
    info_id,
    url: callback,
  });
