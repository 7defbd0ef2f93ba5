/** What is read of Slack's payloads, each validated here. Who acted is taken from these and from nowhere else. */
import { z } from 'zod';
import type { Person } from '../src/authorise.ts';

const id = z.string().min(1).max(255);

const actor = z.object({
  user: z.object({
    id,
    name: z.string().optional(),
    username: z.string().optional(),
    team_id: id.optional(),
  }),
  team: z.object({ id }).nullish(),
});

const click = actor.extend({
  trigger_id: id,
  container: z.object({ channel_id: id.optional(), message_ts: id.optional() }).loose(),
  channel: z.object({ id }).nullish(),
  message: z.object({ ts: id, thread_ts: id.optional() }).loose().nullish(),
  actions: z
    .array(
      z.object({
        action_id: id,
        block_id: z.string(),
        value: z.string().optional(),
        selected_option: z.object({ value: z.string() }).nullish(),
      }),
    )
    .min(1),
});

/** One click on a message of ours. */
export interface Click {
  person: Person;
  trigger_id: string;
  channel: string;
  ts: string;
  thread_ts: string | null;
  action_id: string;
  /** The revision that the card's buttons speak of, null where the block names none. */
  seen_rev: number | null;
  /** A button's value. */
  value: string | null;
  /** A menu's chosen option. */
  option: string | null;
}

/** Reads a block_actions payload; null where it is not a click on a message. */
export function readClick(body: unknown): Click | null {
  const read = click.safeParse(body);
  if (!read.success) return null;
  const { data } = read;
  const [action] = data.actions;
  const channel = data.channel?.id ?? data.container.channel_id;
  const ts = data.message?.ts ?? data.container.message_ts;
  if (!action || !channel || !ts) return null;
  const [, rev] = /^item:(\d{1,9})(?::|$)/.exec(action.block_id) ?? [];
  return {
    person: personOf(data),
    trigger_id: data.trigger_id,
    channel,
    ts,
    thread_ts: data.message?.thread_ts ?? null,
    action_id: action.action_id,
    seen_rev: rev === undefined ? null : Number(rev),
    value: action.value ?? null,
    option: action.selected_option?.value ?? null,
  };
}

const submission = actor.extend({
  view: z
    .object({
      private_metadata: z.string(),
      state: z.object({ values: z.record(z.string(), z.unknown()) }),
    })
    .loose(),
});

export interface Submission {
  person: Person;
  private_metadata: string;
  /** `view.state.values`, as unknown as it came. */
  values: Record<string, unknown>;
}

export function readSubmission(body: unknown): Submission | null {
  const read = submission.safeParse(body);
  if (!read.success) return null;
  const { view } = read.data;
  return {
    person: personOf(read.data),
    private_metadata: view.private_metadata,
    values: view.state.values,
  };
}

const shortcut = actor.extend({
  trigger_id: id,
  channel: z.object({ id }).nullish(),
  message: z
    .object({ ts: id, thread_ts: id.optional(), text: z.string().optional(), user: id.optional() })
    .loose()
    .nullish(),
});

export interface Shortcut {
  person: Person;
  trigger_id: string;
  message: {
    channel: string;
    ts: string;
    thread_ts: string;
    text: string;
    user: string | null;
  } | null;
}

/** A global or a message shortcut. */
export function readShortcut(body: unknown): Shortcut | null {
  const read = shortcut.safeParse(body);
  if (!read.success) return null;
  const { message, channel, trigger_id } = read.data;
  return {
    person: personOf(read.data),
    trigger_id,
    message:
      message && channel
        ? {
            channel: channel.id,
            ts: message.ts,
            thread_ts: message.thread_ts ?? message.ts,
            text: message.text ?? '',
            user: message.user ?? null,
          }
        : null,
  };
}

const command = z.object({
  user_id: id,
  user_name: z.string().optional(),
  team_id: id.optional(),
  channel_id: id,
  trigger_id: id,
  text: z.string().max(10_000).optional(),
});

export interface Command {
  person: Person;
  channel: string;
  trigger_id: string;
  /** What follows `/hitl`, people and channels as ids. */
  text: string;
}

export function readCommand(body: unknown): Command | null {
  const read = command.safeParse(body);
  if (!read.success) return null;
  const { user_id, user_name, team_id, channel_id, trigger_id, text } = read.data;
  return {
    person: { user: user_id, team: team_id ?? null, name: user_name ?? user_id },
    channel: channel_id,
    trigger_id,
    text: (text ?? '').trim(),
  };
}

const mention = z.object({
  event_id: id.optional(),
  team_id: id.optional(),
  event: z.object({
    type: z.literal('app_mention'),
    user: id,
    text: z.string(),
    ts: id,
    thread_ts: id.optional(),
    channel: id,
    team: id.optional(),
    user_team: id.optional(),
    bot_id: z.string().optional(),
  }),
});

export interface Mention {
  person: Person;
  channel: string;
  ts: string;
  thread_ts: string | null;
  text: string;
}

/** A mention of the bot by a person; one by a bot is nobody's word. */
export function readMention(body: unknown): Mention | null {
  const read = mention.safeParse(body);
  if (!read.success || read.data.event.bot_id) return null;
  const { event, team_id } = read.data;
  return {
    person: {
      user: event.user,
      team: event.user_team ?? event.team ?? team_id ?? null,
      name: event.user,
    },
    channel: event.channel,
    ts: event.ts,
    thread_ts: event.thread_ts ?? null,
    text: event.text,
  };
}

function personOf(data: z.output<typeof actor>): Person {
  const { user, team } = data;
  return {
    user: user.id,
    team: user.team_id ?? team?.id ?? null,
    name: user.name ?? user.username ?? user.id,
  };
}
