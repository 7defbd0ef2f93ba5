// The workspace as one person sees it, in the page's records. Reads only.
import type { Message } from '../../slack/message-store.ts';
import type { Channel, Ephemeral, View, Workspace } from '../../slack/records.ts';
import { stateValues } from '../../slack/view-state.ts';
import type {
  ChannelInfo,
  CommandInfo,
  Directory,
  ShortcutInfo,
  ShownMessage,
  ShownView,
} from '../protocol.ts';
import { conversationOf, viewsOf } from '../../slack/workspace.ts';

/** Messages of a channel that a page gets at first: the newest, with all replies to them. */
const NEWEST = 150;
const NEWEST_NOTES = 50;

export interface Offers {
  commands: CommandInfo[];
  shortcuts: ShortcutInfo[];
  /** What a person is, in a few words. */
  hintOf(user: string): string;
}

export const canSee = (channel: Channel, user: string): boolean =>
  !channel.is_private || channel.members.has(user);

export function directoryOf(workspace: Workspace, me: string, offers: Offers): Directory {
  const { app, team } = workspace;
  return {
    me,
    team: team.name,
    bot: { id: app.bot_user_id, name: app.bot_name },
    people: [...workspace.users.values()]
      .filter((user) => !user.deleted)
      .map((user) => ({
        id: user.id,
        name: user.name,
        real_name: user.real_name,
        tz: user.tz,
        is_bot: user.is_bot,
        hint: user.is_bot ? 'the app' : offers.hintOf(user.id),
      })),
    channels: [...workspace.channels.values()]
      .filter((channel) => canSee(channel, me))
      .map((channel): ChannelInfo => channelInfo(workspace, channel, me)),
    usergroups: [...workspace.usergroups.values()].map(({ id, handle }) => ({ id, handle })),
    commands: offers.commands,
    shortcuts: offers.shortcuts,
  };
}

function channelInfo(workspace: Workspace, channel: Channel, me: string): ChannelInfo {
  return {
    id: channel.id,
    name: channel.name,
    kind: channel.im_user === undefined ? 'channel' : 'direct',
    is_private: channel.is_private,
    is_archived: channel.is_archived,
    is_member: channel.members.has(me),
    member_count: channel.members.size - Number(channel.members.has(workspace.app.bot_user_id)),
  };
}

/** What a version of a message is called: unchanged, or when it was edited last. */
export const versionOf = (message: Message): string => message.edited?.ts ?? '';

export function shownMessage(message: Message): ShownMessage {
  const { channel, ts, thread_ts } = message;
  return {
    channel,
    ts,
    user: message.user,
    text: message.text,
    blocks: message.blocks,
    version: versionOf(message),
    is_note: false,
    is_edited: message.edited !== undefined,
    is_deleted: message.subtype === 'tombstone',
    ...(thread_ts === undefined || thread_ts === ts ? {} : { thread_ts }),
    is_broadcast: message.subtype === 'thread_broadcast',
    reply_count: message.reply_count ?? 0,
    reply_users: message.reply_users ?? [],
    ...(message.latest_reply === undefined ? {} : { latest_reply: message.latest_reply }),
    reactions: (message.reactions ?? []).map(({ name, users }) => ({ name, users })),
    files: (message.files ?? []).map(({ id, name, size }) => ({ id, name, size })),
  };
}

function shownNote(note: Ephemeral): ShownMessage {
  const { channel, ts, user, text, blocks, thread_ts } = note;
  return {
    channel,
    ts,
    user,
    text,
    blocks,
    version: '',
    is_note: true,
    is_edited: false,
    is_deleted: false,
    ...(thread_ts === undefined ? {} : { thread_ts }),
    is_broadcast: false,
    reply_count: 0,
    reply_users: [],
    reactions: [],
    files: [],
  };
}

export function shownMessages(workspace: Workspace, me: string): ShownMessage[] {
  return [...workspace.channels.values()]
    .filter((channel) => canSee(channel, me))
    .flatMap((channel) => {
      const { by_ts, top, threads } = conversationOf(workspace, channel.id);
      return top
        .slice(-NEWEST)
        .flatMap((ts) => [ts, ...(threads.get(ts) ?? [])])
        .flatMap((ts) => by_ts.get(ts) ?? []);
    })
    .map(shownMessage);
}

export const shownNotes = (workspace: Workspace, me: string): ShownMessage[] =>
  workspace.ephemerals
    .filter((note) => note.to === me)
    .slice(-NEWEST_NOTES)
    .map(shownNote);

export const shownModals = (workspace: Workspace, me: string): ShownView[] =>
  viewsOf(workspace, me).map(shownView);

export function shownHome(workspace: Workspace, me: string): ShownView | null {
  const view = workspace.views.get(workspace.homes.get(me) ?? '');
  return view ? shownView(view) : null;
}

function shownView(view: View): ShownView {
  return {
    id: view.id,
    title: view.title?.text ?? 'Home',
    submit: view.submit?.text ?? null,
    close: view.type === 'home' ? null : (view.close?.text ?? 'Cancel'),
    blocks: view.blocks,
    values: stateValues(view.blocks, view.entered),
    hash: view.hash,
  };
}
