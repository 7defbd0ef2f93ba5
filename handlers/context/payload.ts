/** What is read of Slack's payloads, each validated here. Who acted is taken from these and from nowhere else. */
import { z } from 'zod';
import type { Written } from '../../blocks/text/mentioned-text.ts';
import type { Where } from '../../src/access/where.ts';
import type { Person } from '../../src/access/refused.ts';
import { TEAMS_OF_MESSAGE, writersTeam } from './writers-team.ts';

const id = z.string().min(1).max(255);

const actor = z.object({
  user: z.object({
    id,
    name: z.string().optional(),
    username: z.string().optional(),
    team_id: id.optional(),
  }),
});

const click = actor.extend({
  trigger_id: id,
  container: z.object({ channel_id: id.optional(), message_ts: id.optional() }).loose(),
  channel: z.object({ id }).nullish(),
  message: z
    .object({ ts: id, thread_ts: id.optional(), blocks: z.unknown().optional() })
    .loose()
    .nullish(),
  view: z.object({ type: z.string(), blocks: z.unknown().optional() }).loose().nullish(),
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

/** One click on a message of ours, on the person's Home, or in a modal of theirs. */
export interface Click {
  person: Person;
  where: Where;
  trigger_id: string;
  /** Of the message; empty on a Home and in a modal. */
  ts: string;
  action_id: string;
  /** The revision that the card's buttons speak of, null where the block names none. */
  seen_rev: number | null;
  /** A button's value. */
  value: string | null;
  /** A menu's chosen option. */
  option: string | null;
  /** The item that the message's Details button names: a menu, unlike a button, has no value of its own. */
  details_of: string | null;
  /** JSON of the blocks that Slack showed the person; of a Home, those of the clicked item. */
  shown_json?: string;
}

/** Reads a block_actions payload; null where it is not a click on a message, a Home or a modal. */
export function readClick(body: unknown): Click | null {
  const read = click.safeParse(body);
  if (!read.success) return null;
  const { data } = read;
  const [action] = data.actions;
  // A Home or a modal has no message: what is said about a click there goes to the person's direct messages.
  const inView = data.view?.type === 'home' || data.view?.type === 'modal';
  const channel = inView ? data.user.id : (data.channel?.id ?? data.container.channel_id);
  const ts = inView ? '' : (data.message?.ts ?? data.container.message_ts);
  if (!action || !channel || ts === undefined) return null;
  const [, rev] = /^item:(\d{1,9})(?::|$)/.exec(action.block_id) ?? [];
  return {
    person: personOf(data),
    where: { channel, thread_ts: data.message?.thread_ts ?? null },
    trigger_id: data.trigger_id,
    ts,
    action_id: action.action_id,
    seen_rev: rev === undefined ? null : Number(rev),
    value: action.value ?? null,
    option: action.selected_option?.value ?? null,
    details_of: detailsOf(data.message?.blocks),
    ...shown(inView ? blocksAround(data.view?.blocks, action.block_id) : data.message?.blocks),
  };
}

/** What was shown, as text; absent where Slack does not say. */
const shown = (blocks: unknown): { shown_json?: string } =>
  Array.isArray(blocks) && blocks.length > 0 ? { shown_json: JSON.stringify({ blocks }) } : {};

const withId = z.object({ type: z.string(), block_id: z.string().optional() });

/** Of a Home: the blocks that end with that one, from behind the end of what is shown before. */
function blocksAround(blocks: unknown, block_id: string): unknown[] {
  if (!Array.isArray(blocks)) return [];
  const read = blocks.map((block) => withId.safeParse(block).data);
  const end = read.findIndex((block) => block?.block_id === block_id);
  const before = read
    .slice(0, Math.max(0, end))
    .findLastIndex((block) => ['actions', 'divider', 'header'].includes(block?.type ?? ''));
  return end < 0 ? [] : blocks.slice(before + 1, end + 1);
}

const detailsButton = z.object({ action_id: z.literal('item_details'), value: id });
const withElements = z.object({ elements: z.array(z.unknown()) });

/** The item that a card's Details button names; null where there is no such button. */
export function detailsOf(blocks: unknown): string | null {
  if (!Array.isArray(blocks)) return null;
  for (const block of blocks) {
    for (const element of withElements.safeParse(block).data?.elements ?? []) {
      const button = detailsButton.safeParse(element);
      if (button.success) return button.data.value;
    }
  }
  return null;
}

const submission = actor.extend({
  view: z
    .object({
      private_metadata: z.string(),
      blocks: z.unknown().optional(),
      state: z.object({ values: z.record(z.string(), z.unknown()) }),
    })
    .loose(),
});

export interface Submission {
  person: Person;
  private_metadata: string;
  /** `view.state.values`, as unknown as it came. */
  values: Record<string, unknown>;
  /** JSON of the form's blocks. */
  shown_json?: string;
}

export function readSubmission(body: unknown): Submission | null {
  const read = submission.safeParse(body);
  if (!read.success) return null;
  const { view } = read.data;
  return {
    person: personOf(read.data),
    private_metadata: view.private_metadata,
    values: view.state.values,
    ...shown(view.blocks),
  };
}

const shortcut = actor.extend({
  trigger_id: id,
  channel: z.object({ id }).nullish(),
  message: z
    .object({
      ts: id,
      thread_ts: id.optional(),
      text: z.string().optional(),
      blocks: z.unknown().optional(),
    })
    .loose()
    .nullish(),
});

export interface Shortcut {
  person: Person;
  /** Beside the message; of a global one, the person's own DM. */
  where: Where;
  trigger_id: string;
  /** `text` and `blocks` as Slack has them; `thread_ts` its own where it is in no thread. */
  message: (Written & { channel: string; ts: string; thread_ts: string }) | null;
}

/** A global or a message shortcut. */
export function readShortcut(body: unknown): Shortcut | null {
  const read = shortcut.safeParse(body);
  if (!read.success) return null;
  const { message, channel, trigger_id, user } = read.data;
  return {
    person: personOf(read.data),
    where: { channel: channel?.id ?? user.id, thread_ts: message?.thread_ts ?? null },
    trigger_id,
    message:
      message && channel
        ? {
            channel: channel.id,
            ts: message.ts,
            thread_ts: message.thread_ts ?? message.ts,
            text: message.text ?? '',
            blocks: message.blocks,
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
  text: z.string().optional(),
});

export interface Command {
  person: Person;
  where: Where;
  trigger_id: string;
  /** The first word behind `/hitl`, in small letters; empty where there is none. */
  word: string;
  /** What follows it, as Slack escapes it: people and channels as ids. */
  rest: string;
}

export function readCommand(body: unknown): Command | null {
  const read = command.safeParse(body);
  if (!read.success) return null;
  const { user_id, user_name, team_id, channel_id, trigger_id, text = '' } = read.data;
  const [, word = '', rest = ''] = /^\s*(\S*)\s*(.*)$/s.exec(text) ?? [];
  return {
    person: { user: user_id, team: team_id ?? null, name: user_name ?? user_id },
    where: { channel: channel_id, thread_ts: null },
    trigger_id,
    word: word.toLowerCase(),
    rest: rest.trim(),
  };
}

const homeOpened = z.object({
  team_id: id.optional(),
  event: z.object({
    type: z.literal('app_home_opened'),
    user: id,
    tab: z.literal('home'),
    ...TEAMS_OF_MESSAGE,
  }),
});

/** Whoever opened their Home; null where they opened another tab of the app. */
export function readHomeOpened(body: unknown): Person | null {
  const read = homeOpened.safeParse(body);
  if (!read.success) return null;
  const { event, team_id } = read.data;
  return { user: event.user, team: writersTeam(event) ?? team_id ?? null, name: event.user };
}

const mention = z.object({
  event_id: id.optional(),
  team_id: id.optional(),
  is_ext_shared_channel: z.boolean().optional(),
  event: z.object({
    type: z.literal('app_mention'),
    user: id,
    text: z.string(),
    blocks: z.unknown().optional(),
    ts: id,
    thread_ts: id.optional(),
    channel: id,
    ...TEAMS_OF_MESSAGE,
    bot_id: z.string().optional(),
  }),
});

export interface Mention {
  person: Person;
  /** Its channel, and its thread where it is in one. */
  where: Where;
  ts: string;
  message: Written;
}

/** A mention of the bot by a person; one by a bot is nobody's word. */
export function readMention(body: unknown): Mention | null {
  const read = mention.safeParse(body);
  if (!read.success || read.data.event.bot_id) return null;
  const { event, team_id, is_ext_shared_channel } = read.data;
  // The envelope names the workspace that hears of it: that is the writer's only where no other one shares the channel.
  const heardIn = is_ext_shared_channel === true ? null : (team_id ?? null);
  return {
    person: {
      user: event.user,
      team: writersTeam(event) ?? heardIn,
      name: event.user,
    },
    where: { channel: event.channel, thread_ts: event.thread_ts ?? null },
    ts: event.ts,
    message: { text: event.text, blocks: event.blocks },
  };
}

function personOf(data: z.output<typeof actor>): Person {
  const { user } = data;
  return {
    user: user.id,
    // Slack names it in every click, form and shortcut; `team` beside it is where the app is installed.
    team: user.team_id ?? null,
    name: user.name ?? user.username ?? user.id,
  };
}
