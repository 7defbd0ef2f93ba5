// Which events the app gets for what happens: what it subscribed to, has the scope for, and can see.
import type { Delivery } from './delivery.ts';
import type { Json } from './controls.ts';
import { eventCallback, messagePayload } from './interactions.ts';
import type { Message } from './message-store.ts';
import { userRecord } from './web-api/directory.ts';
import { viewOutput } from './view-state.ts';
import type { Channel, Usergroup, User, Workspace } from './records.ts';
import { directMessage, nextTs } from './workspace.ts';

const MESSAGE_EVENT = {
  channel: { type: 'message.channels', scope: 'channels:history', channel_type: 'channel' },
  group: { type: 'message.groups', scope: 'groups:history', channel_type: 'group' },
  im: { type: 'message.im', scope: 'im:history', channel_type: 'im' },
} as const;

function kindOf(channel: Channel): keyof typeof MESSAGE_EVENT {
  if (channel.im_user !== undefined) return 'im';
  return channel.is_private ? 'group' : 'channel';
}

function emit(workspace: Workspace, delivery: Delivery, event: Json): void {
  void delivery.sendEvent(eventCallback(workspace, event), `event ${String(event['type'])}`);
}

/** A message someone wrote: `message` where subscribed, and `app_mention` where it names the bot. */
export function messageEvents(
  workspace: Workspace,
  delivery: Delivery,
  channel: Channel,
  message: Message,
): void {
  const { app } = workspace;
  if (!channel.members.has(app.bot_user_id)) return;
  const kind = MESSAGE_EVENT[kindOf(channel)];
  const common = {
    ...messagePayload(message),
    channel: channel.id,
    event_ts: message.ts,
  };
  if (app.subscribed.has(kind.type) && app.bot_scopes.includes(kind.scope)) {
    emit(workspace, delivery, { ...common, type: 'message', channel_type: kind.channel_type });
  }
  const mentions = message.text.includes(`<@${app.bot_user_id}>`);
  if (
    mentions &&
    channel.im_user === undefined &&
    message.user !== app.bot_user_id &&
    app.subscribed.has('app_mention') &&
    app.bot_scopes.includes('app_mentions:read')
  ) {
    emit(workspace, delivery, { ...common, type: 'app_mention' });
  }
}

export function homeOpened(workspace: Workspace, delivery: Delivery, user: User): void {
  if (!workspace.app.subscribed.has('app_home_opened')) return;
  const id = workspace.homes.get(user.id);
  const view = id ? workspace.views.get(id) : undefined;
  emit(workspace, delivery, {
    type: 'app_home_opened',
    user: user.id,
    channel: directMessage(workspace, user.id).id,
    tab: 'home',
    event_ts: nextTs(workspace),
    ...(view ? { view: viewOutput(workspace, view) } : {}),
  });
}

export function userChanged(workspace: Workspace, delivery: Delivery, user: User): void {
  if (!workspace.app.subscribed.has('user_change')) return;
  if (!workspace.app.bot_scopes.includes('users:read')) return;
  emit(workspace, delivery, {
    type: 'user_change',
    user: userRecord(user),
    event_ts: nextTs(workspace),
  });
}

export function usergroupChanged(
  workspace: Workspace,
  delivery: Delivery,
  before: Usergroup,
  after: Usergroup,
): void {
  const { app } = workspace;
  if (!app.subscribed.has('subteam_members_changed')) return;
  if (!app.bot_scopes.includes('usergroups:read')) return;
  emit(workspace, delivery, {
    type: 'subteam_members_changed',
    subteam_id: after.id,
    team_id: workspace.team.id,
    date_previous_update: 0,
    date_update: Math.floor(workspace.clock.now() / 1000),
    added_users: after.users.filter((id) => !before.users.includes(id)),
    removed_users: before.users.filter((id) => !after.users.includes(id)),
    event_ts: nextTs(workspace),
  });
}
