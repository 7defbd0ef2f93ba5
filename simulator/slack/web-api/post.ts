// Putting messages in and changing them, for the bot and for people alike; the Web API's methods, the
// answers to slash commands and response_url all come through here.
import type { Message } from '../message-store.ts';
import { addMessage, removeMessage, replaceMessage } from '../message-store.ts';
import type { Channel, Ephemeral, Workspace } from '../records.ts';
import { changed, conversationOf, nextTs } from '../workspace.ts';
import type { Content } from './message-content.ts';

interface PostOptions {
  thread_ts?: string;
  reply_broadcast?: boolean;
  unfurl_links?: boolean;
  unfurl_media?: boolean;
  files?: Message['files'];
}

/** Posts as `user`; the bot's own carry bot_id and app_id as Slack's do. */
export function post(
  workspace: Workspace,
  channel: Channel,
  user: string,
  content: Content,
  options: PostOptions = {},
): Message {
  const { app, team } = workspace;
  const conversation = conversationOf(workspace, channel.id);
  const parent =
    options.thread_ts === undefined ? undefined : conversation.by_ts.get(options.thread_ts);
  // A reply to a reply lands in the same thread.
  const thread_ts = parent?.thread_ts ?? options.thread_ts;
  const message: Message = {
    type: 'message',
    ts: nextTs(workspace),
    channel: channel.id,
    user,
    text: content.text,
    blocks: content.blocks,
    team: team.id,
    ...ofElsewhere(workspace, user),
    ...(content.attachments ? { attachments: content.attachments } : {}),
    ...(content.metadata ? { metadata: content.metadata } : {}),
    ...(thread_ts ? { thread_ts } : {}),
    ...(options.reply_broadcast && thread_ts ? { subtype: 'thread_broadcast' } : {}),
    ...(options.files ? { files: options.files } : {}),
    ...(options.unfurl_links === undefined ? {} : { unfurl_links: options.unfurl_links }),
    ...(options.unfurl_media === undefined ? {} : { unfurl_media: options.unfurl_media }),
    ...(user === app.bot_user_id
      ? {
          bot_id: app.bot_id,
          app_id: app.id,
          bot_profile: {
            id: app.bot_id,
            app_id: app.id,
            name: app.bot_name,
            deleted: false,
            team_id: team.id,
          },
        }
      : {}),
  };
  addMessage(conversation, message, options.reply_broadcast ?? false);
  changed(workspace, { type: 'message', what: 'posted', channel: channel.id, ts: message.ts });
  return message;
}

/** What Slack adds to a message by a person of another workspace. */
function ofElsewhere(workspace: Workspace, user: string): Partial<Message> {
  const team = workspace.users.get(user)?.team_id;
  return team === undefined || team === workspace.team.id
    ? {}
    : { user_team: team, source_team: team };
}

/** Edits; what is not given stays. Slack marks only what people can see as edited. */
export function edit(
  workspace: Workspace,
  message: Message,
  content: Partial<Content>,
  by: string,
): Message {
  const next: Message = { ...message, edited: { user: by, ts: nextTs(workspace) } };
  if (content.text !== undefined) next.text = content.text;
  if (content.blocks !== undefined) next.blocks = content.blocks;
  if ('attachments' in content) next.attachments = content.attachments;
  if ('metadata' in content) next.metadata = content.metadata;
  replaceMessage(conversationOf(workspace, message.channel), next);
  changed(workspace, {
    type: 'message',
    what: 'changed',
    channel: message.channel,
    ts: message.ts,
  });
  return next;
}

export function remove(workspace: Workspace, message: Message): void {
  removeMessage(conversationOf(workspace, message.channel), message.ts);
  changed(workspace, {
    type: 'message',
    what: 'deleted',
    channel: message.channel,
    ts: message.ts,
  });
}

const EPHEMERALS_KEPT = 10_000;

export function postEphemeral(
  workspace: Workspace,
  channel: Channel,
  to: string,
  content: Content,
  thread_ts?: string,
): Ephemeral {
  const note: Ephemeral = {
    ts: nextTs(workspace),
    channel: channel.id,
    to,
    user: workspace.app.bot_user_id,
    text: content.text,
    blocks: content.blocks,
    ...(thread_ts ? { thread_ts } : {}),
  };
  workspace.ephemerals.push(note);
  if (workspace.ephemerals.length > EPHEMERALS_KEPT * 2) {
    workspace.ephemerals.splice(0, EPHEMERALS_KEPT);
  }
  changed(workspace, { type: 'ephemeral', channel: channel.id, user: to });
  return note;
}

export function removeEphemeral(workspace: Workspace, ts: string): Ephemeral | undefined {
  const index = workspace.ephemerals.findLastIndex((note) => note.ts === ts);
  if (index < 0) return undefined;
  const [note] = workspace.ephemerals.splice(index, 1);
  if (note) changed(workspace, { type: 'ephemeral', channel: note.channel, user: note.to });
  return note;
}

/** Puts new content into a note only one person sees; a new record, as with messages. */
export function replaceEphemeral(workspace: Workspace, ts: string, content: Content): void {
  const index = workspace.ephemerals.findLastIndex((note) => note.ts === ts);
  const old = workspace.ephemerals[index];
  if (!old) return;
  workspace.ephemerals[index] = { ...old, text: content.text, blocks: content.blocks };
  changed(workspace, { type: 'ephemeral', channel: old.channel, user: old.to });
}
