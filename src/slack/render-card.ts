/** Draws a card in Slack: posts it once, or edits it to how things now stand; elsewhere where its channel is closed. */
import { channelClosed } from '../domain/operator-reports.ts';
import type { KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { withinLimits } from '../../blocks/text/limits.ts';
import type { Message } from '../../blocks/text/message.ts';
import type { ItemRecord } from '../domain/decision.ts';
import type { Delivery } from '../outbox/delivery.ts';
import { notifyOperatorsOnce } from '../outbox/operator-notices.ts';
import { DIGEST_CALM_MS, drawCard as wantDrawn, drawDigestCard } from '../outbox/enqueue.ts';
import { nobodyLeft } from '../ladder/nobody-left.ts';
import {
  cardShown,
  cardsOfItem,
  keepCardView,
  loadCard,
  loadCardView,
  moveCard,
  wantCardAgain,
  type Card,
} from '../store/cards.ts';
import type { Unit } from '../store/commit.ts';
import { digestCardOf } from '../store/digest-cards.ts';
import { loadItem } from '../store/items.ts';
import { directPageFailed, directPageSent } from '../store/pages.ts';
import type { OutboxRow } from '../outbox/outbox-table.ts';
import type { Effect } from '../outbox/effects.ts';
import type { World } from '../world/world.ts';
import { drawnCard, type Drawn } from './card-message.ts';
import { postedBefore, postOnce, type Posted } from './post-once.ts';
import {
  BLOCKS_REFUSED,
  CHANNEL_CLOSED,
  MESSAGE_GONE,
  slackTrouble,
  type SlackTrouble,
} from './slack-error.ts';
import { passing, refusedForNow } from './undelivered.ts';

/** While a channel stays closed its operators are reminded of it now and then. */
const CLOSED_TOLD_EVERY_MS = 3_600_000;

type Draw = Extract<Effect, { effect: 'draw_card' }>;

export async function drawCard(
  world: World,
  web: WebClient,
  row: OutboxRow,
  effect: Draw,
): Promise<Delivery> {
  const card = await loadCard(world.db, effect.card_id);
  const drawn = card && (await drawnCard(world, card));
  if (!card || !drawn) return { delivery: 'failed', error: 'what the card showed is gone' };
  if (card.ts !== null && card.rendered_rev >= card.desired_rev)
    return { delivery: 'done', write: (unit) => againIfBehind(unit, card.id) };
  // Over before anyone was shown it: a card now would only be noise. One that was posted unknown to us is not.
  const late =
    card.ts === null &&
    (drawn.over === true ||
      ((shownToDecide(card) || card.purpose === 'page') && drawn.record?.status === 'decided'));
  let { message } = drawn;
  for (let form: 'whole' | 'classic' = 'whole'; ; form = 'classic') {
    try {
      if (!late && drawn.record) await keepBeforeSent(world, card, drawn.record, message);
      const shown = await showCard(web, row, card, message, late);
      if (shown === null) return { delivery: 'done' };
      world.log.info(
        { item_id: row.item_id, channel: shown.channel, ts: shown.ts, rev: card.desired_rev },
        card.ts === null ? 'card posted' : 'card drawn again',
      );
      return {
        delivery: 'done',
        write: (unit) => recordShown(world, unit, card, shown, { ...drawn, message }),
      };
    } catch (error) {
      const trouble = slackTrouble(error);
      if (form === 'whole' && trouble.trouble === 'refused' && BLOCKS_REFUSED.has(trouble.error)) {
        world.log.error(
          { item_id: row.item_id, error: trouble.error, messages: trouble.messages },
          'Slack refused the card as drawn; sending its plain form',
        );
        message = classicForm(message);
        continue;
      }
      return cardTrouble(world, row, card, trouble);
    }
  }
}

/** People decide on what it shows. */
const shownToDecide = (card: Card): boolean =>
  card.purpose === 'decide' || card.purpose === 'stage';

/**
 * What is about to be shown is kept first: a click may come before Slack has confirmed the message. Where only a claim
 * has changed, what is kept already says what there is to decide.
 */
async function keepBeforeSent(
  world: World,
  card: Card,
  record: ItemRecord,
  message: Message,
): Promise<void> {
  if (!shownToDecide(card) || record.status === 'decided') return;
  const { view_rev } = record;
  const shown_json = JSON.stringify(message);
  const kept = await loadCardView(world.db, card.id);
  const same = card.ts === null ? kept?.shown_json === shown_json : kept?.view_rev === view_rev;
  if (same) return;
  const salt = world.ids.salt();
  await world.commit((unit) =>
    keepCardView(unit.db, { card_id: card.id, view_rev, salt, shown_json }),
  );
}

/** Somebody may have wanted a newer one since the card was looked at, and found this row still in the outbox. */
async function againIfBehind(unit: Unit, id: string): Promise<'again' | void> {
  const card = await loadCard(unit.db, id);
  return card !== null && card.desired_rev > card.rendered_rev ? 'again' : undefined;
}

/** Posts it, or edits it where it is; where it comes too `late` to be posted it is only looked for. */
async function showCard(
  web: WebClient,
  row: OutboxRow,
  card: Card,
  message: Message,
  late: boolean,
): Promise<Posted | null> {
  if (card.ts !== null) return editCard(web, card, card.ts, message);
  const posting = {
    outbox_id: row.id,
    channel: card.channel,
    thread_ts: null,
    message,
    tried_before: row.attempts > 1 ? row.first_attempt_at : null,
  };
  return late ? postedBefore(web, posting) : postOnce(web, posting);
}

async function editCard(web: WebClient, card: Card, ts: string, message: Message) {
  await web.chat.update({ channel: card.channel, ts, text: message.text, blocks: message.blocks });
  return { channel: card.channel, ts };
}

async function recordShown(
  world: World,
  unit: Unit,
  card: Card,
  shown: Posted,
  drawn: Drawn,
): Promise<'again' | { again_in_ms: number } | void> {
  const { channel, ts, found } = shown;
  // What a message that was found shows is not known: it is drawn again.
  const rev = found ? 0 : card.desired_rev;
  const { behind } = await cardShown(unit.db, { id: card.id, channel, ts, rev, at: unit.now });
  if (card.purpose === 'page') await directPageSent(unit.db, card.id, unit.now);
  // The pages that went out before it was there lead to it now.
  if (shownToDecide(card) && card.ts === null && drawn.record)
    await drawPagesAgain(world, unit, drawn.record);
  if (found) return 'again';
  if (shownToDecide(card) && drawn.record) {
    const shown_json = JSON.stringify(drawn.message);
    await keepCardView(unit.db, {
      card_id: card.id,
      view_rev: drawn.record.view_rev,
      salt: world.ids.salt(),
      shown_json,
    });
  }
  // A digest card changes with each that comes and goes: not each change is an edit.
  if (behind && card.purpose === 'digest') return { again_in_ms: DIGEST_CALM_MS };
  return behind ? 'again' : undefined;
}

/** The words and the buttons, in blocks that every Slack takes. */
function classicForm(message: Message): Message {
  const actions = message.blocks.filter(
    (block): block is Extract<KnownBlock, { type: 'actions' }> => block.type === 'actions',
  );
  const words: KnownBlock = {
    type: 'section',
    text: { type: 'mrkdwn', text: message.text.slice(0, 2900), verbatim: true },
  };
  return withinLimits('message', { text: message.text, blocks: [words, ...actions] });
}

function cardTrouble(world: World, row: OutboxRow, card: Card, trouble: SlackTrouble): Delivery {
  if (trouble.trouble !== 'refused') return passing(trouble);
  if (
    card.purpose === 'page' &&
    (CHANNEL_CLOSED.has(trouble.error) || MESSAGE_GONE.has(trouble.error))
  )
    return unreachable(world, card, trouble.error);
  if (CHANNEL_CLOSED.has(trouble.error)) return moveElsewhere(world, row, card, trouble.error);
  if (MESSAGE_GONE.has(trouble.error)) {
    return {
      delivery: 'failed',
      error: `the card's message is gone (${trouble.error})`,
      write: async (unit) => {
        if (card.purpose === 'digest') {
          const digest = await digestCardOf(unit.db, card.id);
          if (digest === null || digest.closed_at !== null) return;
          await moveCard(unit.db, card.id, card.channel);
          await drawDigestCard(world, unit, { ...card, ts: null });
          return;
        }
        const record = card.item_id === null ? null : await loadItem(unit.db, card.item_id);
        if (!record || record.status === 'decided') return;
        await moveCard(unit.db, card.id, card.channel);
        await wantDrawn(world, unit, record, { ...card, ts: null });
      },
    };
  }
  return refusedForNow(trouble.error);
}

async function drawPagesAgain(world: World, unit: Unit, record: ItemRecord): Promise<void> {
  for (const card of await cardsOfItem(unit.db, record.id)) {
    if (card.purpose !== 'page') continue;
    for (const stale of await wantCardAgain(unit.db, card.id))
      await wantDrawn(world, unit, record, stale);
  }
}

/** Somebody whom Slack cannot reach is not waited for: where they were the only one, the item goes on at once. */
const unreachable = (world: World, card: Card, error: string): Delivery => ({
  delivery: 'failed',
  error: `the page to ${card.channel} cannot be delivered (${error})`,
  write: async (unit) => {
    const failed = await directPageFailed(unit.db, card.id);
    if (failed) await nobodyLeft(world, unit, failed.item_id);
  },
});

/** The channel takes no posts: the card goes to the fallback, and the operators are told. */
function moveElsewhere(world: World, row: OutboxRow, card: Card, error: string): Delivery {
  const policy = world.policy();
  const domain = Object.values(policy.domains).find((one) => one.channel === card.channel);
  const elsewhere = [domain?.fallback_channel, policy.operators_channel].find(
    (channel) => channel && channel !== card.channel,
  );
  if (!elsewhere || card.channel === policy.operators_channel) {
    // Nowhere left to go: it waits until somebody mends the channel.
    return { delivery: 'later', error: `${card.channel}: ${error}` };
  }
  return {
    delivery: 'failed',
    error: `${card.channel}: ${error}; sent to ${elsewhere}`,
    write: async (unit) => {
      const record = card.item_id === null ? null : await loadItem(unit.db, card.item_id);
      await moveCard(unit.db, card.id, elsewhere);
      await wantDrawn(world, unit, record, { ...card, channel: elsewhere, ts: null });
      // Every card of a closed channel comes by here: one message tells of all of them.
      await notifyOperatorsOnce(
        world,
        unit,
        `channel ${card.channel} ${error}`,
        CLOSED_TOLD_EVERY_MS,
        channelClosed({ channel: card.channel, error, instead: elsewhere }),
      );
    },
  };
}
