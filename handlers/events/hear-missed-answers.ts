/** After a gap: what was said meanwhile in the threads of open questions is taken in now. */
import { openQuestionThreads } from '../../src/store/seen-messages.ts';
import { answerInThread } from './answer-in-thread.ts';
import { askSlack } from '../context/ask-slack.ts';
import type { HandlerContext } from '../context/handler-context.ts';
import type { Mention } from '../context/payload.ts';
import { writersTeam } from '../context/writers-team.ts';

/** Slack allows about 50 such look-ups a minute. */
const THREADS_READ_AGAIN = 50;
const PAGE = 200;

interface Thread {
  channel: string;
  ts: string;
}

/** Reads them again, oldest reply first. A reply that was heard before is not heard again. */
export async function hearMissedAnswers(desk: HandlerContext): Promise<void> {
  for (const thread of await openQuestionThreads(desk.world.db, THREADS_READ_AGAIN)) {
    const mentions = await askSlack(desk, 'what was said in a thread', () =>
      mentionsIn(desk, thread),
    );
    for (const mention of mentions ?? []) await answerInThread(desk, mention);
  }
}

async function mentionsIn(
  desk: HandlerContext,
  { channel, ts: thread_ts }: Thread,
): Promise<Mention[]> {
  const mentions: Mention[] = [];
  let cursor: string | undefined;
  do {
    const page = await desk.web.conversations.replies({
      channel,
      ts: thread_ts,
      limit: PAGE,
      ...(cursor === undefined ? {} : { cursor }),
    });
    for (const message of page.messages ?? []) {
      const { user, text, blocks, ts, bot_id } = message;
      if (!user || !ts || bot_id || !text?.includes(`<@${desk.botUserId}>`)) continue;
      const person = { user, team: writersTeam(message), name: user };
      mentions.push({ person, where: { channel, thread_ts }, ts, message: { text, blocks } });
    }
    cursor = page.response_metadata?.next_cursor || undefined;
  } while (cursor !== undefined);
  return mentions;
}
