// One channel's messages: by ts, in order, by thread. Posting, editing and finding one are O(1)
// however many there are; nothing here scans.
import type { Block } from './records.ts';

export interface Message {
  type: 'message';
  subtype?: string;
  ts: string;
  channel: string;
  user: string;
  text: string;
  blocks: Block[];
  attachments?: unknown[];
  metadata?: { event_type: string; event_payload: Record<string, unknown> };
  thread_ts?: string;
  bot_id?: string;
  app_id?: string;
  team?: string;
  /** Of a person of another workspace, in a channel shared with it. */
  user_team?: string;
  source_team?: string;
  bot_profile?: Record<string, unknown>;
  edited?: { user: string; ts: string };
  reply_count?: number;
  reply_users?: string[];
  reply_users_count?: number;
  latest_reply?: string;
  reactions?: { name: string; users: string[]; count: number }[];
  files?: { id: string; name: string; title: string; size: number }[];
  unfurl_links?: boolean;
  unfurl_media?: boolean;
}

export interface Conversation {
  by_ts: Map<string, Message>;
  /** ts of what stands in the channel itself, oldest first; deleted ones stay listed and are skipped. */
  top: string[];
  /** ts of the replies of each parent, oldest first. */
  threads: Map<string, string[]>;
}

export function emptyConversation(): Conversation {
  return { by_ts: new Map(), top: [], threads: new Map() };
}

/** Adds a message whose ts is the newest; a reply is counted on its parent. */
export function addMessage(conversation: Conversation, message: Message, broadcast = false): void {
  conversation.by_ts.set(message.ts, message);
  const parentTs = message.thread_ts;
  if (parentTs === undefined || parentTs === message.ts) {
    conversation.top.push(message.ts);
    return;
  }
  if (broadcast) conversation.top.push(message.ts);
  const replies = conversation.threads.get(parentTs);
  if (replies) replies.push(message.ts);
  else conversation.threads.set(parentTs, [message.ts]);
  const parent = conversation.by_ts.get(parentTs);
  if (!parent) return;
  const known = parent.reply_users ?? [];
  const users = known.includes(message.user) ? known : [...known, message.user];
  conversation.by_ts.set(parentTs, {
    ...parent,
    thread_ts: parentTs,
    reply_count: (parent.reply_count ?? 0) + 1,
    reply_users: users,
    reply_users_count: users.length,
    latest_reply: message.ts,
  });
}

/** Puts a new version in place of the old one; what someone read before stays as it was. */
export function replaceMessage(conversation: Conversation, message: Message): void {
  conversation.by_ts.set(message.ts, message);
}

/** Takes a message away; a parent with replies leaves a tombstone, as in Slack. */
export function removeMessage(conversation: Conversation, ts: string): void {
  const message = conversation.by_ts.get(ts);
  if (!message) return;
  if ((message.reply_count ?? 0) > 0) {
    const { metadata: _metadata, attachments: _attachments, ...rest } = message;
    conversation.by_ts.set(ts, {
      ...rest,
      subtype: 'tombstone',
      user: 'USLACKBOT',
      text: 'This message was deleted.',
      blocks: [],
    });
    return;
  }
  conversation.by_ts.delete(ts);
  const parent = message.thread_ts ? conversation.by_ts.get(message.thread_ts) : undefined;
  if (parent) {
    const reply_count = Math.max(0, (parent.reply_count ?? 1) - 1);
    conversation.by_ts.set(parent.ts, { ...parent, reply_count });
  }
}

/** Index of the first ts in a sorted list that is not before `ts`. */
function firstNotBefore(sorted: readonly string[], ts: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareTs(sorted[middle] ?? '', ts) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Compares two ts as numbers of seconds and microseconds; `0` and `1700000000` are ts too. */
function compareTs(a: string, b: string): number {
  const [aSeconds = '0', aMicros = ''] = a.split('.');
  const [bSeconds = '0', bMicros = ''] = b.split('.');
  return (
    Number(aSeconds) - Number(bSeconds) ||
    Number(aMicros.padEnd(6, '0')) - Number(bMicros.padEnd(6, '0'))
  );
}

interface Window {
  oldest?: string;
  latest?: string;
  inclusive: boolean;
  limit: number;
  order: 'newest_first' | 'oldest_first';
}

/** A page of a sorted list of ts, and whether more follows. Costs what it returns, plus a binary search. */
export function page(
  conversation: Conversation,
  sorted: readonly string[],
  window: Window,
): { messages: Message[]; has_more: boolean } {
  const { oldest, latest, inclusive, limit } = window;
  let start = oldest === undefined ? 0 : firstNotBefore(sorted, oldest);
  if (!inclusive && oldest !== undefined && sorted[start] === oldest) start += 1;
  let end = latest === undefined ? sorted.length : firstNotBefore(sorted, latest);
  if (inclusive && latest !== undefined && sorted[end] === latest) end += 1;
  const messages: Message[] = [];
  const newestFirst = window.order === 'newest_first';
  for (let step = 0; step < end - start; step += 1) {
    const ts = sorted[newestFirst ? end - 1 - step : start + step];
    const message = ts === undefined ? undefined : conversation.by_ts.get(ts);
    if (!message) continue;
    if (messages.length === limit) return { messages, has_more: true };
    messages.push(message);
  }
  return { messages, has_more: false };
}
