// conversations.*: what there is, who is in it, and what was said.
import { z } from 'zod';
import type { Message } from '../message-store.ts';
import { page } from '../message-store.ts';
import type { Channel, Workspace } from '../records.ts';
import { conversationOf, directMessage } from '../workspace.ts';
import type { ApiResult, Method } from './method.ts';
import { count, failed, flag, method, optionalText, paged, scopeError, text } from './method.ts';

/** A channel as `conversations.info` shows it. */
function channelRecord(workspace: Workspace, channel: Channel): Record<string, unknown> {
  const bot = workspace.app.bot_user_id;
  if (channel.im_user !== undefined) {
    return {
      id: channel.id,
      is_im: true,
      user: channel.im_user,
      is_archived: false,
      is_user_deleted: workspace.users.get(channel.im_user)?.deleted ?? false,
      is_open: true,
    };
  }
  return {
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: !channel.is_private,
    is_group: channel.is_private,
    is_im: false,
    is_mpim: false,
    is_private: channel.is_private,
    is_archived: channel.is_archived,
    is_general: channel.name === 'general',
    is_shared: false,
    is_ext_shared: false,
    is_org_shared: false,
    is_member: channel.members.has(bot),
    context_team_id: workspace.team.id,
    topic: { value: '', creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
    num_members: channel.members.size,
  };
}

/** A channel the bot can see: private ones only from inside. */
function visible(workspace: Workspace, id: string): Channel | undefined {
  const channel = workspace.channels.get(id);
  if (!channel) return undefined;
  const isMember = channel.members.has(workspace.app.bot_user_id);
  return channel.is_private && !isMember ? undefined : channel;
}

const info = method({
  tier: 3,
  args: z.object({ channel: text, include_num_members: flag }),
  run(workspace, args) {
    const channel = visible(workspace, args.channel);
    if (!channel) return failed('channel_not_found');
    return (
      scopeError(workspace, channel, 'read') ?? {
        ok: true,
        channel: channelRecord(workspace, channel),
      }
    );
  },
});

const open = method({
  scopes: ['im:write', 'mpim:write'],
  tier: 3,
  args: z.object({
    users: optionalText,
    channel: optionalText,
    return_im: flag,
    prevent_creation: flag,
  }),
  run(workspace, args) {
    const ids = (args.users ?? '').split(',').filter((id) => id !== '');
    const [id] = ids;
    if (id === undefined) {
      const channel = args.channel ? workspace.channels.get(args.channel) : undefined;
      if (!channel?.im_user)
        return failed(args.channel ? 'channel_not_found' : 'users_list_not_supplied');
      return { ok: true, already_open: true, channel: { id: channel.id } };
    }
    if (ids.length > 1) return failed('method_not_supported_for_channel_type');
    const user = workspace.users.get(id);
    if (!user) return failed('user_not_found');
    if (user.deleted) return failed('user_disabled');
    if (user.is_bot) return failed('cannot_dm_bot');
    const already_open = workspace.channels.has(`D${id.slice(1)}`);
    const channel = directMessage(workspace, id);
    return {
      ok: true,
      no_op: already_open,
      already_open,
      channel: args.return_im ? channelRecord(workspace, channel) : { id: channel.id },
    };
  },
});

/** What a reader is given: metadata only when asked for. */
function asRead(message: Message, withMetadata: boolean): Record<string, unknown> {
  const { channel: _channel, unfurl_links: _links, unfurl_media: _media, ...rest } = message;
  const record: Record<string, unknown> = { ...rest };
  if (message.blocks.length === 0) delete record['blocks'];
  if (!withMetadata) delete record['metadata'];
  return record;
}

const reading = {
  channel: text,
  oldest: optionalText,
  latest: optionalText,
  inclusive: flag,
  limit: count,
  cursor: optionalText,
  include_all_metadata: flag,
};

/** The channel, where the bot may read what was said in it. */
function readable(workspace: Workspace, id: string): { channel: Channel } | { error: ApiResult } {
  const channel = visible(workspace, id);
  if (!channel) return { error: failed('channel_not_found') };
  const scope = scopeError(workspace, channel, 'history');
  if (scope) return { error: scope };
  if (!channel.members.has(workspace.app.bot_user_id)) return { error: failed('not_in_channel') };
  return { channel };
}

const cursorOf = (ts: string) => Buffer.from(`next_ts:${ts}`).toString('base64');
const tsOf = (cursor: string) =>
  /^next_ts:([\d.]+)$/.exec(Buffer.from(cursor, 'base64').toString())?.[1];

const history = method({
  tier: 3,
  args: z.object(reading),
  run(workspace, args) {
    const target = readable(workspace, args.channel);
    if ('error' in target) return target.error;
    const limit = args.limit ?? 100;
    if (limit < 1 || limit > 999) return failed('invalid_limit');
    const from = args.cursor ? tsOf(args.cursor) : undefined;
    if (args.cursor && !from) return failed('invalid_cursor');
    const conversation = conversationOf(workspace, target.channel.id);
    const found = page(conversation, conversation.top, {
      oldest: args.oldest,
      latest: from ?? args.latest,
      inclusive: from === undefined ? (args.inclusive ?? false) : false,
      limit,
      order: 'newest_first',
    });
    const last = found.messages.at(-1);
    return {
      ok: true,
      messages: found.messages.map((message) =>
        asRead(message, args.include_all_metadata ?? false),
      ),
      has_more: found.has_more,
      pin_count: 0,
      response_metadata: { next_cursor: found.has_more && last ? cursorOf(last.ts) : '' },
    };
  },
});

const replies = method({
  tier: 3,
  args: z.object({ ...reading, ts: text }),
  run(workspace, args) {
    const target = readable(workspace, args.channel);
    if ('error' in target) return target.error;
    const conversation = conversationOf(workspace, target.channel.id);
    const asked = conversation.by_ts.get(args.ts);
    if (!asked) return failed('thread_not_found');
    const limit = args.limit ?? 1_000;
    if (limit < 1 || limit > 1_000) return failed('invalid_limit');
    const from = args.cursor ? tsOf(args.cursor) : undefined;
    if (args.cursor && !from) return failed('invalid_cursor');
    const isReply = asked.thread_ts !== undefined && asked.thread_ts !== asked.ts;
    const thread = isReply ? [asked.ts] : [asked.ts, ...(conversation.threads.get(asked.ts) ?? [])];
    const found = page(conversation, thread, {
      oldest: from ?? args.oldest,
      latest: args.latest,
      inclusive: from === undefined ? (args.inclusive ?? false) : false,
      limit,
      order: 'oldest_first',
    });
    const last = found.messages.at(-1);
    return {
      ok: true,
      messages: found.messages.map((message) =>
        asRead(message, args.include_all_metadata ?? false),
      ),
      has_more: found.has_more,
      response_metadata: { next_cursor: found.has_more && last ? cursorOf(last.ts) : '' },
    };
  },
});

const members = method({
  tier: 4,
  args: z.object({ channel: text, limit: count, cursor: optionalText }),
  run(workspace, args) {
    const channel = visible(workspace, args.channel);
    if (!channel) return failed('channel_not_found');
    const scope = scopeError(workspace, channel, 'read');
    if (scope) return scope;
    const part = paged([...channel.members], args.limit, args.cursor);
    if (!part) return failed('invalid_cursor');
    return {
      ok: true,
      members: part.page,
      response_metadata: { next_cursor: part.next_cursor },
    };
  },
});

const list = method({
  scopes: ['channels:read', 'groups:read', 'im:read', 'mpim:read'],
  tier: 2,
  args: z.object({
    types: optionalText,
    exclude_archived: flag,
    limit: count,
    cursor: optionalText,
  }),
  run(workspace, args) {
    const types = (args.types ?? 'public_channel').split(',').map((type) => type.trim());
    const typeOf = (channel: Channel) =>
      channel.im_user !== undefined
        ? 'im'
        : channel.is_private
          ? 'private_channel'
          : 'public_channel';
    const all = [...workspace.channels.values()].filter(
      (channel) =>
        types.includes(typeOf(channel)) &&
        visible(workspace, channel.id) !== undefined &&
        !(args.exclude_archived && channel.is_archived),
    );
    const part = paged(all, args.limit, args.cursor);
    if (!part) return failed('invalid_cursor');
    return {
      ok: true,
      channels: part.page.map((channel) => channelRecord(workspace, channel)),
      response_metadata: { next_cursor: part.next_cursor },
    };
  },
});

export const conversationMethods: Record<string, Method> = {
  'conversations.info': info,
  'conversations.open': open,
  'conversations.history': history,
  'conversations.replies': replies,
  'conversations.members': members,
  'conversations.list': list,
};
