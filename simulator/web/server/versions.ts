// The last versions of each message, so that a press on what someone still had before them can be
// told to the app as Slack would: with the button they saw.
import type { Message } from '../../slack/message-store.ts';
import type { Slack } from '../../slack/slack.ts';
import { versionOf } from './seen.ts';

const KEPT_OF_EACH = 6;
const KEPT_MESSAGES = 2_000;

export interface Versions {
  /** The message as it was at that version; as it is now where that is unknown. */
  at(channel: string, ts: string, version: string): Message | undefined;
  stop(): void;
}

export function rememberVersions(slack: Slack): Versions {
  const known = new Map<string, Message[]>();
  const remember = (message: Message) => {
    const key = `${message.channel} ${message.ts}`;
    known.set(key, [...(known.get(key) ?? []), message].slice(-KEPT_OF_EACH));
    if (known.size <= KEPT_MESSAGES) return;
    for (const oldest of known.keys()) {
      known.delete(oldest);
      break;
    }
  };
  const stop = slack.onChange((change) => {
    if (change.type !== 'message' || change.what === 'deleted') return;
    const message = slack.message(change.channel, change.ts);
    if (message) remember(message);
  });
  return {
    at(channel, ts, version) {
      const seen = known
        .get(`${channel} ${ts}`)
        ?.findLast((message) => versionOf(message) === version);
      return seen ?? slack.message(channel, ts);
    },
    stop,
  };
}
