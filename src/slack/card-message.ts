/** Loads what a card shows and has it drawn. */
import { decidingCard } from '../outbox/deciding-card.ts';
import { askedCard } from '../../blocks/modals/ask.ts';
import { itemCard } from '../../blocks/cards/item-card.ts';
import { withinLimits } from '../../blocks/text/limits.ts';
import type { Message } from '../../blocks/text/message.ts';
import { pageCard, type PageInput } from '../../blocks/cards/page-card.ts';
import { rawNotice } from '../../blocks/messages/raw-notice.ts';
import type { ItemRecord } from '../domain/decision.ts';
import { shownItem } from '../items/shown-item.ts';
import { messageLink } from '../items/message-link.ts';
import type { Card } from '../store/cards.ts';
import { pagesOfItem } from '../store/pages.ts';
import { loadRawPayload } from '../store/raw-payloads.ts';
import type { PersonalStory } from '../domain/page-reason.ts';
import { rungsOfItem, type RungRow } from '../store/rungs.ts';
import type { World } from '../world/world.ts';
import { drawnDigest } from './digest-message.ts';

export interface Drawn {
  message: Message;
  /** The item it shows; null for a raw payload, and for many. */
  record: ItemRecord | null;
  /** What it tells of is over: where it was never posted it is not posted any more. */
  over?: boolean;
}

/** The card as it should now be shown, or null where what it showed no longer exists. */
export async function drawnCard(world: World, card: Card): Promise<Drawn | null> {
  switch (card.purpose) {
    case 'decide':
    case 'stage':
    case 'asked': {
      const input = card.item_id === null ? null : await shownItem(world, card.item_id);
      if (!input) return null;
      const message = card.purpose === 'asked' ? askedCard(input) : itemCard(input);
      return { message: withinLimits('message', message), record: input.record };
    }
    case 'page':
      return drawnPage(world, card);
    case 'raw': {
      const raw = card.raw_id === null ? null : await loadRawPayload(world.db, card.raw_id);
      if (!raw) return null;
      const { closed_at, closed_by } = raw;
      const closed = closed_at === null ? null : { by: closed_by ?? '', at: closed_at };
      return { message: withinLimits('message', rawNotice({ ...raw, closed })), record: null };
    }
    case 'digest':
      return drawnDigest(world, card);
    default:
      return card.purpose satisfies never;
  }
}

async function drawnPage(world: World, card: Card): Promise<Drawn | null> {
  const shown = card.item_id === null ? null : await shownItem(world, card.item_id);
  if (!shown) return null;
  const { record } = shown;
  const page = (await pagesOfItem(world.db, record.id)).find((one) => one.card_id === card.id);
  const rungs = await rungsOfItem(world.db, record.id);
  const open = rungs.find((one) => one.state === 'paged');
  const main = await decidingCard(world, world.db, record);
  const message = pageCard({
    ...shown,
    person: page?.target ?? '',
    story: page?.story ? storyTold(page.story, page.rung, rungs) : null,
    standing:
      page?.state === 'void' ? 'passed' : open && open.number !== page?.rung ? 'over' : 'called',
    ...(main?.ts ? { permalink: messageLink(world, main.channel, main.ts) } : {}),
  });
  return { message: withinLimits('message', message), record };
}

/** With levels in place of the numbers of rungs. */
function storyTold(
  story: PersonalStory,
  number: number,
  rungs: readonly RungRow[],
): PageInput['story'] {
  const levels = (numbers: number[]) =>
    rungs.filter((one) => numbers.includes(one.number)).map((one) => one.level);
  const before = rungs.findLast((one) => one.number < number && one.state === 'over');
  return {
    ...story,
    skipped: levels(story.skipped),
    missed: levels(story.missed),
    before: before?.level ?? null,
  };
}
