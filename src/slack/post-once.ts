/**
 * Posts a message exactly once: the outbox row's id travels in the message's metadata, and a row that may have been
 * posted before is looked for in the channel's history before it is posted again.
 */
import type { WebClient } from '@slack/web-api';
import type { Message } from '../../blocks/text/message.ts';
import type { EpochMs } from '../domain/clock.ts';

/** The name our messages carry in their metadata. */
export const POSTED_EVENT = 'hitl_pager_message';
/** Clocks differ, and ours may have been an hour ahead: history, the newest first, is read from this long before the first attempt. */
const CLOCK_SKEW_MS = 2 * 3_600_000;
/** Of 200 messages each. */
const PAGES_MOST = 40;

export interface Posting {
  outbox_id: string;
  /** A channel, or a person's id for their DM. */
  channel: string;
  thread_ts: string | null;
  message: Message;
  /** When it was first tried, where this is not the first time. */
  tried_before: EpochMs | null;
}

export interface Posted {
  channel: string;
  ts: string;
  /** It was there from an earlier try, and shows what was so then. */
  found?: true;
}

/** Returns where the message is. Throws what the Web API threw. */
export async function postOnce(web: WebClient, posting: Posting): Promise<Posted> {
  const found = await postedBefore(web, posting);
  if (found) return found;
  const answer = await web.chat.postMessage({
    channel: posting.channel,
    text: posting.message.text,
    blocks: posting.message.blocks,
    ...(posting.thread_ts === null ? {} : { thread_ts: posting.thread_ts }),
    unfurl_links: false,
    unfurl_media: false,
    metadata: { event_type: POSTED_EVENT, event_payload: { outbox_id: posting.outbox_id } },
  });
  if (!answer.ts || !answer.channel)
    throw new Error('chat.postMessage answered without ts or channel');
  return { channel: answer.channel, ts: answer.ts };
}

/** The message that an earlier try posted, though its answer never came; null where there is none. */
export async function postedBefore(
  web: WebClient,
  posting: Pick<Posting, 'outbox_id' | 'channel' | 'thread_ts' | 'tried_before'>,
): Promise<Posted | null> {
  if (posting.tried_before === null) return null;
  const channel = await conversationOf(web, posting.channel);
  return findPosted(web, channel, posting, posting.tried_before);
}

/** History is read by conversation, a person's DM by its own id. */
async function conversationOf(web: WebClient, channel: string): Promise<string> {
  if (!/^[UW]/.test(channel)) return channel;
  const opened = await web.conversations.open({ users: channel });
  return opened.channel?.id ?? channel;
}

interface Page {
  messages?: { ts?: string; metadata?: { event_type?: string; event_payload?: object } }[];
  response_metadata?: { next_cursor?: string };
}

async function findPosted(
  web: WebClient,
  channel: string,
  posting: Pick<Posting, 'outbox_id' | 'thread_ts'>,
  since: EpochMs,
): Promise<Posted | null> {
  const oldest = ((since - CLOCK_SKEW_MS) / 1000).toFixed(6);
  let cursor: string | undefined;
  for (let page = 0; page < PAGES_MOST; page += 1) {
    const query = {
      channel,
      oldest,
      limit: 200,
      include_all_metadata: true,
      ...(cursor ? { cursor } : {}),
    };
    const answer: Page =
      posting.thread_ts === null
        ? await web.conversations.history(query)
        : await web.conversations.replies({ ...query, ts: posting.thread_ts });
    const found = answer.messages?.find((message) =>
      carries(message.metadata?.event_payload, posting.outbox_id),
    );
    if (found?.ts) return { channel, ts: found.ts, found: true };
    cursor = answer.response_metadata?.next_cursor || undefined;
    if (!cursor) return null;
  }
  return null;
}

const carries = (payload: object | undefined, id: string): boolean =>
  payload !== undefined && 'outbox_id' in payload && payload.outbox_id === id;
