/** A reply in a card's thread that mentions the bot answers a question. */
import type { App } from '@slack/bolt';
import { readMessage } from '../../blocks/text/mentioned-text.ts';
import { answerHeard, keepHeard, type Act } from '../../src/items/action.ts';
import type { Where } from '../../src/access/where.ts';
import type { ItemRecord } from '../../src/domain/decision.ts';
import { infoAskedIn } from '../../src/ladder/info-asked-in.ts';
import type { Verdict } from '../../src/domain/lifecycle.ts';
import { cardAt, cardsOfItem } from '../../src/store/cards.ts';
import { loadItem } from '../../src/store/items.ts';
import { askSlack } from '../context/ask-slack.ts';
import type { HandlerContext } from '../context/handler-context.ts';
import { nameOf } from '../context/name-of.ts';
import { detailsOf, readMention, type Mention } from '../context/payload.ts';
import { settleLater } from '../context/run-action.ts';

export function onAnswerInThread(app: App, desk: HandlerContext): void {
  app.event('app_mention', async ({ body }) => {
    const mention = readMention(body);
    if (mention) await answerInThread(desk, mention);
  });
}

/** Takes the reply as the answer, or tells the person privately how to give one; once, however often the message comes. */
export async function answerInThread(desk: HandlerContext, mention: Mention): Promise<void> {
  const { person, where, ts } = mention;
  const message = { channel: where.channel, ts };
  const asked =
    where.thread_ts === null
      ? null
      : await infoAskedIn(desk.world.db, { channel: where.channel, thread_ts: where.thread_ts });
  if (asked) return giveInfo(desk, mention, asked.id);
  const of = await itemOfThread(desk, where);
  const read = of
    ? readReply(of.record, readMessage(mention.message, desk.botUserId))
    : NO_QUESTION;
  if (of === null || typeof read === 'string') {
    const words = typeof read === 'string' ? read : NO_QUESTION;
    return answerHeard(desk.world, mention, message, words);
  }
  // Slack counts this message as delivered already: it is on disk before anything else happens.
  const act: Act = {
    act: 'decide',
    item_id: of.record.id,
    verdict: read,
    seen_rev: null,
    card_id: of.card_id,
    person,
    where,
  };
  const id = await keepHeard(desk.world, act, message);
  if (id === null) return;
  // A message names nobody: the name for the record is asked for once the answer is safe.
  const named = nameOf(desk, person.user).then((name) => ({ ...act, person: { ...person, name } }));
  desk.afterwards(
    'an answer in a thread',
    named.then((one) => settleLater(desk, id, one)),
  );
}

/** What an expert asked back is answered where it was asked. */
async function giveInfo(desk: HandlerContext, mention: Mention, item_id: string): Promise<void> {
  const { person, where, ts } = mention;
  const message = { channel: where.channel, ts };
  const answer = readMessage(mention.message, desk.botUserId);
  if (answer === '')
    return answerHeard(desk.world, mention, message, 'Write the answer behind the mention.');
  const act: Act = { act: 'give_info', item_id, answer, person, where };
  const id = await keepHeard(desk.world, act, message);
  if (id !== null) desk.afterwards('an answer to an expert', settleLater(desk, id, act));
}

/** The item on whose card the thread hangs, or null where it hangs on anything else. */
async function itemOfThread(
  desk: HandlerContext,
  { channel, thread_ts }: Where,
): Promise<{ record: ItemRecord; card_id: string } | null> {
  const { db } = desk.world;
  if (thread_ts === null) return null;
  let card = await cardAt(db, channel, thread_ts);
  if (card === null) {
    // A card that was posted a moment ago, or whose post was never confirmed, is known by what it shows.
    const item_id = await shownAt(desk, channel, thread_ts);
    const cards = item_id === null ? [] : await cardsOfItem(db, item_id);
    card = cards.find((one) => one.purpose === 'decide') ?? null;
  }
  if (card === null || card.item_id === null) return null;
  if (card.purpose !== 'decide' && card.purpose !== 'stage') return null;
  const record = await loadItem(db, card.item_id);
  return record && { record, card_id: card.id };
}

/** The item that a message of ours shows, as Slack has it; null where it is not ours or shows none. */
async function shownAt(desk: HandlerContext, channel: string, ts: string): Promise<string | null> {
  const thread = await askSlack(desk, 'what a thread hangs on', () =>
    desk.web.conversations.replies({ channel, ts, limit: 1 }),
  );
  const root = thread?.messages?.find((one) => one.ts === ts && one.user === desk.botUserId);
  return detailsOf(root?.blocks);
}

const NO_QUESTION =
  'I take answers in the thread of a question’s card. To ask an expert something, type `/hitl ask`; `/hitl help` says what else there is.';

/** The answer that a reply gives, or words on how to give one. */
function readReply({ kind, item }: ItemRecord, said: string): Verdict | string {
  if (kind !== 'question') return 'This one is decided with the buttons on its card.';
  if (item?.answer_schema) return 'This question has a form: press *Answer* on its card.';
  if (said === '') return 'Write the answer behind the mention, and it goes back to whoever asked.';
  const option = item?.options?.find((one) => one.label.toLowerCase() === said.toLowerCase());
  return option
    ? { word: 'answer', answer: option.prefill ?? option.label, choice: option.id }
    : { word: 'answer', answer: said };
}
