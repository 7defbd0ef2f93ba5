/** Who and what there is in a workspace: people, channels and user groups, and how that changes. */
import type { Delivery } from './delivery.ts';
import { userChanged, usergroupChanged } from './events.ts';
import type { Workspace } from './records.ts';
import type { SeedChannel, SeedUser, SeedUsergroup } from './seed.ts';
import { changed } from './workspace.ts';

export function addUser(workspace: Workspace, user: SeedUser): void {
  workspace.users.set(user.id, {
    id: user.id,
    name: user.name,
    real_name: user.real_name ?? user.name,
    email: user.email ?? `${user.name}@example.com`,
    tz: user.tz ?? 'UTC',
    team_id: user.team_id ?? workspace.team.id,
    is_bot: user.is_bot ?? false,
    is_restricted: user.is_restricted ?? false,
    is_ultra_restricted: user.is_ultra_restricted ?? false,
    deleted: user.deleted ?? false,
  });
  changed(workspace, { type: 'directory' });
}

export function addChannel(workspace: Workspace, channel: SeedChannel): void {
  const members = new Set(channel.members);
  if (channel.bot_is_member ?? true) members.add(workspace.app.bot_user_id);
  workspace.channels.set(channel.id, {
    id: channel.id,
    name: channel.name,
    members,
    is_archived: channel.is_archived ?? false,
    is_private: channel.is_private ?? false,
  });
  changed(workspace, { type: 'directory' });
}

export function addUsergroup(workspace: Workspace, group: SeedUsergroup): void {
  workspace.usergroups.set(group.id, {
    id: group.id,
    handle: group.handle,
    name: group.name ?? group.handle,
    users: [...group.users],
  });
  changed(workspace, { type: 'directory' });
}

/** The app hears of it where it is subscribed. */
export function changeUser(
  workspace: Workspace,
  delivery: Delivery,
  id: string,
  change: Partial<Omit<SeedUser, 'id'>>,
): void {
  const user = workspace.users.get(id);
  if (!user) throw new Error(`there is no user ${id}`);
  const after = { ...user, ...change };
  workspace.users.set(id, after);
  changed(workspace, { type: 'directory' });
  userChanged(workspace, delivery, after);
}

/** The app hears of it where it is subscribed. */
export function setUsergroupUsers(
  workspace: Workspace,
  delivery: Delivery,
  id: string,
  users: string[],
): void {
  const before = workspace.usergroups.get(id);
  if (!before) throw new Error(`there is no user group ${id}`);
  const after = { ...before, users };
  workspace.usergroups.set(id, after);
  changed(workspace, { type: 'directory' });
  usergroupChanged(workspace, delivery, before, after);
}
