/** A reply in a card's thread that mentions the bot answers a question. */
import type { App } from '@slack/bolt';
import { readMentionedText } from '../blocks/mentioned-text.ts';
import { keepHeard, type Act } from '../src/act.ts';
import { openQuestionThreads } from '../src/store/heard.ts';
import { cardAt } from '../src/store/cards.ts';
import { loadItem } from '../src/store/items.ts';
import type { Desk } from './desk.ts';
import { tell } from './open-modal.ts';
import { readMention, type Mention } from './payload.ts';
import { settleLater } from './perform.ts';

export function onAnswerInThread(app: App, desk: Desk): void {
  app.event('app_mention', async ({ body }) => {
    const mention = readMention(body);
    if (mention) await answerInThread(desk, mention);
  });
}

/** Takes the reply as the answer, or tells the person privately how to give one. */
export async function answerInThread(desk: Desk, mention: Mention): Promise<void> {
  const { person, channel, thread_ts } = mention;
  const asked = { person, where: { channel, thread_ts } };
  const card = thread_ts === null ? null : await cardAt(desk.world.db, channel, thread_ts);
  const record = card?.item_id ? await loadItem(desk.world.db, card.item_id) : null;
  if (!card || !record || card.purpose !== 'decide') {
    return tell(
      desk,
      asked,
      'I take answers in the thread of a question card. To ask an expert something, type `/hitl ask`; `/hitl help` says what else there is.',
    );
  }
  const answer = readMentionedText(mention.text, desk.botUserId);
  if (record.kind !== 'question')
    return tell(desk, asked, 'This one is decided with the buttons on its card.');
  if (record.item?.answer_schema)
    return tell(desk, asked, 'This question has a form: press *Answer* on its card.');
  if (answer === '')
    return tell(
      desk,
      asked,
      'Write the answer behind the mention, and it goes back to whoever asked.',
    );
  const option = record.item?.options?.find(
    (one) => one.label.toLowerCase() === answer.toLowerCase(),
  );
  const verdict = option
    ? { word: 'answer' as const, answer: option.prefill ?? option.label, choice: option.id }
    : { word: 'answer' as const, answer };
  // Slack counts this message as delivered already: it is on disk before anything else happens.
  const act: Act = {
    act: 'decide',
    item_id: record.id,
    verdict,
    seen_rev: null,
    card_id: card.id,
    ...asked,
  };
  const id = await keepHeard(desk.world, act, { channel, ts: mention.ts });
  if (id !== null) await settleLater(desk, id, act, []);
}

const THREADS_READ_AGAIN = 50;

/** After a gap: what was said meanwhile in the threads of open questions is taken in now. */
export async function hearMissedAnswers(desk: Desk): Promise<void> {
  for (const thread of await openQuestionThreads(desk.world.db, THREADS_READ_AGAIN)) {
    const { messages } = await desk.web.conversations.replies({
      channel: thread.channel,
      ts: thread.ts,
      limit: 200,
    });
    for (const message of messages ?? []) {
      const { user, text, ts, bot_id } = message;
      if (
        !user ||
        !ts ||
        bot_id ||
        user === desk.botUserId ||
        !text?.includes(`<@${desk.botUserId}>`)
      )
        continue;
      const person = { user, team: message.team ?? null, name: user };
      await answerInThread(desk, {
        person,
        channel: thread.channel,
        ts,
        thread_ts: thread.ts,
        text,
      });
    }
  }
}
