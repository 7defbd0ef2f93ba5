// chat.*: posting, editing, deleting, private notes, permalinks.
import { z } from 'zod';
import type { Message } from '../message-store.ts';
import type { Channel, Workspace } from '../records.ts';
import { changed, conversationOf, directMessage } from '../workspace.ts';
import { checkContent, contentArgs } from './message-content.ts';
import type { ApiResult, Method } from './method.ts';
import { failed, flag, method, optionalText, text } from './method.ts';
import { edit, post, postEphemeral, remove } from './post.ts';

type Found<T> = { ok: true; value: T } | { ok: false; result: ApiResult };

const found = <T>(value: T): Found<T> => ({ ok: true, value });
const missing = (error: string): Found<never> => ({ ok: false, result: failed(error) });

/** Where a post may go: a channel the bot is in, or a person, whose DM is opened. */
function postTarget(workspace: Workspace, target: string): Found<Channel> {
  const { app } = workspace;
  if (/^[UW]/.test(target)) {
    const user = workspace.users.get(target);
    if (!user || user.deleted) return missing('channel_not_found');
    if (user.is_bot) return missing('cannot_dm_bot');
    return found(directMessage(workspace, target));
  }
  const channel = workspace.channels.get(target) ?? byName(workspace, target);
  if (!channel) return missing('channel_not_found');
  const isMember = channel.members.has(app.bot_user_id);
  // What a bot is not in and cannot see does not exist for it.
  if (!isMember && channel.is_private) return missing('channel_not_found');
  if (channel.is_archived) return missing('is_archived');
  if (!isMember && !app.bot_scopes.includes('chat:write.public')) return missing('not_in_channel');
  return found(channel);
}

function byName(workspace: Workspace, target: string): Channel | undefined {
  const name = target.replace(/^#/, '');
  for (const channel of workspace.channels.values()) {
    if (channel.name === name && channel.im_user === undefined) return channel;
  }
  return undefined;
}

/** The bot's own message, to be edited or deleted. */
function ownMessage(
  workspace: Workspace,
  args: { channel: string; ts: string },
  refusal: string,
): Found<{ channel: Channel; message: Message }> {
  const channel = workspace.channels.get(args.channel);
  if (!channel) return missing('channel_not_found');
  const isMember = channel.members.has(workspace.app.bot_user_id);
  if (!isMember && channel.is_private) return missing('channel_not_found');
  if (channel.is_archived) return missing('is_archived');
  const message = conversationOf(workspace, channel.id).by_ts.get(args.ts);
  if (!message || message.subtype === 'tombstone') return missing('message_not_found');
  if (message.user !== workspace.app.bot_user_id) return missing(refusal);
  return found({ channel, message });
}

function asAnswered(message: Message): Record<string, unknown> {
  const { channel: _channel, unfurl_links: _links, unfurl_media: _media, ...rest } = message;
  return rest.blocks.length > 0 ? rest : { ...rest, blocks: undefined };
}

const postMessage = method({
  scopes: ['chat:write'],
  tier: 'post',
  args: z.object({
    channel: text,
    ...contentArgs,
    thread_ts: optionalText,
    reply_broadcast: flag,
    unfurl_links: flag,
    unfurl_media: flag,
    mrkdwn: flag,
    link_names: flag,
  }),
  run(workspace, args) {
    const target = postTarget(workspace, args.channel);
    if (!target.ok) return target.result;
    const checked = checkContent(workspace, args, 'cut');
    if (!checked.ok) return checked.result;
    const channel = target.value;
    if (
      args.thread_ts !== undefined &&
      !conversationOf(workspace, channel.id).by_ts.has(args.thread_ts)
    ) {
      return failed('thread_not_found');
    }
    const message = post(workspace, channel, workspace.app.bot_user_id, checked.content, args);
    const { warnings } = checked.content;
    return {
      ok: true,
      channel: channel.id,
      ts: message.ts,
      message: asAnswered(message),
      ...(warnings.length > 0
        ? { warning: warnings.join(','), response_metadata: { warnings } }
        : {}),
    };
  },
});

const update = method({
  scopes: ['chat:write'],
  tier: 3,
  args: z.object({ channel: text, ts: text, ...contentArgs, reply_broadcast: flag }),
  run(workspace, args) {
    const own = ownMessage(workspace, args, 'cant_update_message');
    if (!own.ok) return own.result;
    const checked = checkContent(workspace, args, 'refuse');
    if (!checked.ok) return checked.result;
    const { content } = checked;
    // What is not sent stays: a text alone does not take the old blocks away, an empty list does.
    const message = edit(
      workspace,
      own.value.message,
      {
        text: content.text,
        ...(args.blocks === undefined ? {} : { blocks: content.blocks }),
        ...(args.attachments === undefined ? {} : { attachments: content.attachments }),
        ...(args.metadata === undefined ? {} : { metadata: content.metadata }),
      },
      workspace.app.bot_user_id,
    );
    return {
      ok: true,
      channel: own.value.channel.id,
      ts: message.ts,
      text: message.text,
      message: asAnswered(message),
    };
  },
});

const deleteMessage = method({
  scopes: ['chat:write'],
  tier: 3,
  args: z.object({ channel: text, ts: text }),
  run(workspace, args) {
    const own = ownMessage(workspace, args, 'cant_delete_message');
    if (!own.ok) return own.result;
    remove(workspace, own.value.message);
    return { ok: true, channel: own.value.channel.id, ts: args.ts };
  },
});

const ephemeral = method({
  scopes: ['chat:write'],
  tier: 4,
  args: z.object({ channel: text, user: text, ...contentArgs, thread_ts: optionalText }),
  run(workspace, args) {
    const channel = workspace.channels.get(args.channel);
    if (!channel) return failed('channel_not_found');
    const isMember = channel.members.has(workspace.app.bot_user_id);
    if (!isMember && channel.is_private) return failed('channel_not_found');
    if (channel.is_archived) return failed('is_archived');
    if (!isMember) return failed('not_in_channel');
    const user = workspace.users.get(args.user);
    if (!user) return failed('user_not_found');
    if (!channel.members.has(user.id)) return failed('user_not_in_channel');
    const checked = checkContent(workspace, args, 'cut');
    if (!checked.ok) return checked.result;
    const note = postEphemeral(workspace, channel, user.id, checked.content, args.thread_ts);
    return { ok: true, message_ts: note.ts };
  },
});

/** `https://simulated.slack.com/archives/C0BILLING/p1700000000123456` */
export function permalink(workspace: Workspace, channel: string, ts: string): string | undefined {
  const message = conversationOf(workspace, channel).by_ts.get(ts);
  if (!message) return undefined;
  const base = `https://${workspace.team.domain}.slack.com/archives/${channel}/p${ts.replace('.', '')}`;
  return message.thread_ts && message.thread_ts !== ts
    ? `${base}?thread_ts=${message.thread_ts}&cid=${channel}`
    : base;
}

const getPermalink = method({
  tier: 'none',
  args: z.object({ channel: text, message_ts: text }),
  run(workspace, args) {
    if (!workspace.channels.has(args.channel)) return failed('channel_not_found');
    const link = permalink(workspace, args.channel, args.message_ts);
    if (!link) return failed('message_not_found');
    return { ok: true, channel: args.channel, permalink: link };
  },
});

const reactionsAdd = method({
  scopes: ['reactions:write'],
  tier: 3,
  args: z.object({ channel: text, timestamp: text, name: text }),
  run(workspace, args) {
    const channel = workspace.channels.get(args.channel);
    if (!channel) return failed('channel_not_found');
    if (channel.is_archived) return failed('is_archived');
    const message = conversationOf(workspace, channel.id).by_ts.get(args.timestamp);
    if (!message) return failed('message_not_found');
    const name = args.name.replaceAll(':', '');
    if (!/^[a-z0-9_'+-]+$/.test(name)) return failed('invalid_name');
    const bot = workspace.app.bot_user_id;
    const others = (message.reactions ?? []).filter((reaction) => reaction.name !== name);
    const same = (message.reactions ?? []).find((reaction) => reaction.name === name);
    if (same?.users.includes(bot)) return failed('already_reacted');
    const users = [...(same?.users ?? []), bot];
    react(workspace, { ...message, reactions: [...others, { name, users, count: users.length }] });
    return { ok: true };
  },
});

function react(workspace: Workspace, message: Message): void {
  conversationOf(workspace, message.channel).by_ts.set(message.ts, message);
  changed(workspace, {
    type: 'message',
    what: 'changed',
    channel: message.channel,
    ts: message.ts,
  });
}

export const chatMethods: Record<string, Method> = {
  'chat.postMessage': postMessage,
  'chat.update': update,
  'chat.delete': deleteMessage,
  'chat.postEphemeral': ephemeral,
  'chat.getPermalink': getPermalink,
  'reactions.add': reactionsAdd,
};
