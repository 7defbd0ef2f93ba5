// The workspace as plain records: who is in it, what was posted, which windows are open, and one
// subscription to its changes. No HTTP, no sockets, no validation of Block Kit here.
import { randomBytes } from 'node:crypto';
import type { Conversation } from './message-store.ts';
import { emptyConversation } from './message-store.ts';
import type { Change, Channel, Clock, Problem, View, Workspace } from './records.ts';

const ALL_BOT_SCOPES = [
  'app_mentions:read',
  'channels:history',
  'channels:read',
  'chat:write',
  'commands',
  'files:read',
  'files:write',
  'groups:history',
  'groups:read',
  'im:history',
  'im:read',
  'im:write',
  'mpim:history',
  'mpim:read',
  'mpim:write',
  'reactions:write',
  'team:read',
  'usergroups:read',
  'usergroups:write',
  'users:read',
  'users:read.email',
];

/** A workspace with the app installed in it and nobody else. */
export function emptyWorkspace(
  clock: Clock,
  options: { bot_scopes?: string[]; subscribed?: string[] } = {},
): Workspace {
  const team = { id: 'T0SIMULATED', name: 'Simulated', domain: 'simulated' };
  const workspace: Workspace = {
    clock,
    origin: '',
    team,
    app: {
      id: 'A0PAGER',
      bot_id: 'B0PAGER',
      bot_user_id: 'U0PAGER',
      bot_name: 'pager',
      bot_token: `xoxb-${randomBytes(12).toString('hex')}`,
      app_token: `xapp-1-A0PAGER-${randomBytes(12).toString('hex')}`,
      signing_secret: randomBytes(16).toString('hex'),
      verification_token: randomBytes(12).toString('hex'),
      bot_scopes: options.bot_scopes ?? ALL_BOT_SCOPES,
      subscribed: new Set(
        options.subscribed ?? ['app_home_opened', 'app_mention', 'message.im', 'user_change'],
      ),
    },
    users: new Map(),
    channels: new Map(),
    usergroups: new Map(),
    conversations: new Map(),
    ephemerals: [],
    views: new Map(),
    stacks: new Map(),
    homes: new Map(),
    triggers: new Map(),
    response_urls: new Map(),
    files: new Map(),
    calls: [],
    problems: [],
    last_micros: 0,
    listeners: new Set(),
  };
  workspace.users.set('U0PAGER', {
    id: 'U0PAGER',
    name: 'pager',
    real_name: 'Pager',
    email: '',
    tz: 'UTC',
    team_id: team.id,
    is_bot: true,
    is_restricted: false,
    is_ultra_restricted: false,
    deleted: false,
  });
  return workspace;
}

/** Calls `listener` on each change, at once; answers how to stop. Listeners must be quick. */
export function onChange(workspace: Workspace, listener: (change: Change) => void): () => void {
  workspace.listeners.add(listener);
  return () => workspace.listeners.delete(listener);
}

export function changed(workspace: Workspace, change: Change): void {
  for (const listener of workspace.listeners) listener(change);
}

export function addProblem(workspace: Workspace, kind: string, message: string): Problem {
  const problem = { kind, message, at: workspace.clock.now() };
  workspace.problems.push(problem);
  changed(workspace, { type: 'problem' });
  return problem;
}

/** The next ts: the clock's microseconds, never twice and never backwards. */
export function nextTs(workspace: Workspace): string {
  const micros = Math.max(Math.floor(workspace.clock.now() * 1000), workspace.last_micros + 1);
  workspace.last_micros = micros;
  return `${Math.floor(micros / 1_000_000)}.${String(micros % 1_000_000).padStart(6, '0')}`;
}

/** A random id with Slack's leading letter, such as `V0A1B2C3D4`. */
export function randomId(prefix: string): string {
  return `${prefix}0${randomBytes(5).toString('hex').toUpperCase()}`;
}

export function conversationOf(workspace: Workspace, channel: string): Conversation {
  let conversation = workspace.conversations.get(channel);
  if (!conversation) {
    conversation = emptyConversation();
    workspace.conversations.set(channel, conversation);
  }
  return conversation;
}

/** The direct message between the bot and a person, opened where there is none. */
export function directMessage(workspace: Workspace, user: string): Channel {
  const id = `D${user.slice(1)}`;
  let channel = workspace.channels.get(id);
  if (!channel) {
    channel = {
      id,
      name: 'directmessage',
      members: new Set([user, workspace.app.bot_user_id]),
      is_archived: false,
      is_private: true,
      im_user: user,
    };
    workspace.channels.set(id, channel);
    changed(workspace, { type: 'directory' });
  }
  return channel;
}

export function viewsOf(workspace: Workspace, user: string): View[] {
  return (workspace.stacks.get(user) ?? []).flatMap((id) => workspace.views.get(id) ?? []);
}
