// Reading the messages that the page knows: what stands in a channel, in a thread, and what is unread. Pure.
import type { ShownMessage } from '../protocol.ts';
import type { PageState, Seen } from './page-state.ts';

const byTs = (a: ShownMessage, b: ShownMessage): number => (a.ts < b.ts ? -1 : a.ts > b.ts ? 1 : 0);

/** What stands in the channel itself, oldest first; private notes where they were given. */
export const inChannel = ({ messages }: Pick<Seen, 'messages'>, channel: string): ShownMessage[] =>
  [...messages.values()]
    .filter(
      (each) => each.channel === channel && (each.thread_ts === undefined || each.is_broadcast),
    )
    .sort(byTs);

/** The parent, and what was said to it, oldest first. */
export const inThread = (
  { messages }: Pick<Seen, 'messages'>,
  channel: string,
  ts: string,
): ShownMessage[] =>
  [...messages.values()]
    .filter((each) => each.channel === channel && (each.ts === ts || each.thread_ts === ts))
    .sort(byTs);

/** How many messages of others came since this person last looked, by channel. */
export function unread(state: PageState): Map<string, number> {
  const counts = new Map<string, number>();
  const { as, seen, read_to } = state;
  for (const message of seen?.messages.values() ?? []) {
    const { channel, ts, user, thread_ts, is_broadcast, is_note } = message;
    if (user === as || ts <= (read_to[channel] ?? '')) continue;
    if (thread_ts !== undefined && !is_broadcast && !is_note) continue;
    counts.set(channel, (counts.get(channel) ?? 0) + 1);
  }
  return counts;
}
