/** Which queue an item's result goes to, and which queues `reply_to` may name. Pure. */

/** Where results go that name no other queue. */
export const DECISIONS_QUEUE = 'hitl-decisions';

/** A queue's name, or a pattern of names in which each `*` stands for any characters. BullMQ refuses colons. */
export const QUEUE_NAME = /^[\w.-]{1,100}$/;
export const QUEUE_PATTERN = /^[\w.*-]{1,100}$/;

/** Names and patterns as HITL_REPLY_QUEUES has them, comma-separated. */
export const listedQueues = (list: string | undefined): string[] =>
  (list ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);

/** The queue of items is none of them: results there would come in as items. */
export interface ReplyQueues {
  patterns: readonly string[];
  items: string;
}

/** Whether results may go to the queue of that name. The default queue always takes them. */
export const isReplyQueue = (name: string, { patterns, items }: ReplyQueues): boolean =>
  name === DECISIONS_QUEUE || (name !== items && patterns.some((pattern) => fits(name, pattern)));

/** What is wrong with a queue as `reply_to` in this installation, in words for the producer, or null. */
export function replyProblem(name: string, here: ReplyQueues & { redis: boolean }): string | null {
  if (!here.redis)
    return 'cannot be used here: without REDIS_URL results are on no queue; GET and the callback tell them';
  if (isReplyQueue(name, here)) return null;
  const allowed = [DECISIONS_QUEUE, ...here.patterns].join(', ');
  return `is not a queue that HITL_REPLY_QUEUES allows: ${allowed}`;
}

/** The parts between the stars must stand in the name in their order: the first fit of each is as good as any. */
function fits(name: string, pattern: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return name === pattern;
  const last = rest.pop() ?? '';
  if (!name.startsWith(first)) return false;
  let from = first.length;
  for (const part of rest) {
    const at = name.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return name.length - last.length >= from && name.endsWith(last);
}
