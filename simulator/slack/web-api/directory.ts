// Who is who: users.*, usergroups.*, team.info, bots.info.
import { z } from 'zod';
import type { User, Usergroup, Workspace } from '../records.ts';
import { changed } from '../workspace.ts';
import type { Method } from './method.ts';
import { count, failed, flag, method, optionalText, paged, text } from './method.ts';

export function userRecord(user: User): Record<string, unknown> {
  return {
    id: user.id,
    team_id: user.team_id,
    name: user.name,
    deleted: user.deleted,
    real_name: user.real_name,
    tz: user.tz,
    tz_label: user.tz,
    tz_offset: zoneOffsetSeconds(user.tz),
    is_admin: false,
    is_owner: false,
    is_restricted: user.is_restricted,
    is_ultra_restricted: user.is_ultra_restricted,
    is_bot: user.is_bot,
    is_app_user: false,
    updated: 0,
    profile: {
      real_name: user.real_name,
      real_name_normalized: user.real_name,
      display_name: user.name,
      display_name_normalized: user.name,
      email: user.email,
      team: user.team_id,
    },
  };
}

function zoneOffsetSeconds(zone: string): number {
  const part = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
    .formatToParts(new Date())
    .find((candidate) => candidate.type === 'timeZoneName')?.value;
  const match = /GMT([+-])(\d{2}):(\d{2})/.exec(part ?? '');
  if (!match) return 0;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 3600 + Number(match[3]) * 60);
}

const usersInfo = method({
  scopes: ['users:read'],
  tier: 4,
  args: z.object({ user: text, include_locale: flag }),
  run(workspace, args) {
    const user = workspace.users.get(args.user);
    return user ? { ok: true, user: userRecord(user) } : failed('user_not_found');
  },
});

const usersList = method({
  scopes: ['users:read'],
  tier: 2,
  args: z.object({ limit: count, cursor: optionalText, include_locale: flag }),
  run(workspace, args) {
    const part = paged([...workspace.users.values()], args.limit, args.cursor);
    if (!part) return failed('invalid_cursor');
    return {
      ok: true,
      members: part.page.map(userRecord),
      cache_ts: Math.floor(workspace.clock.now() / 1000),
      response_metadata: { next_cursor: part.next_cursor },
    };
  },
});

const lookupByEmail = method({
  scopes: ['users:read.email'],
  tier: 3,
  args: z.object({ email: text }),
  run(workspace, args) {
    for (const user of workspace.users.values()) {
      if (user.email === args.email && !user.deleted) return { ok: true, user: userRecord(user) };
    }
    return failed('users_not_found');
  },
});

function groupRecord(workspace: Workspace, group: Usergroup, withUsers: boolean) {
  return {
    id: group.id,
    team_id: workspace.team.id,
    is_usergroup: true,
    name: group.name,
    handle: group.handle,
    description: '',
    is_external: false,
    date_delete: 0,
    user_count: group.users.length,
    ...(withUsers ? { users: group.users } : {}),
  };
}

const groupsList = method({
  scopes: ['usergroups:read'],
  tier: 2,
  args: z.object({ include_users: flag, include_count: flag, include_disabled: flag }),
  run(workspace, args) {
    return {
      ok: true,
      usergroups: [...workspace.usergroups.values()].map((group) =>
        groupRecord(workspace, group, args.include_users ?? false),
      ),
    };
  },
});

const groupUsersList = method({
  scopes: ['usergroups:read'],
  tier: 2,
  args: z.object({ usergroup: text, include_disabled: flag }),
  run(workspace, args) {
    const group = workspace.usergroups.get(args.usergroup);
    return group ? { ok: true, users: group.users } : failed('no_such_subteam');
  },
});

const groupUsersUpdate = method({
  scopes: ['usergroups:write'],
  tier: 2,
  args: z.object({ usergroup: text, users: optionalText, include_count: flag }),
  run(workspace, args) {
    const group = workspace.usergroups.get(args.usergroup);
    if (!group) return failed('no_such_subteam');
    const users = (args.users ?? '')
      .split(',')
      .map((id) => id.trim())
      .filter((id) => id !== '');
    if (users.length === 0) return failed('no_users_provided');
    // Nobody who has left can be put into a group.
    if (users.some((id) => workspace.users.get(id)?.deleted ?? true))
      return failed('invalid_users');
    workspace.usergroups.set(group.id, { ...group, users });
    changed(workspace, { type: 'directory' });
    return { ok: true, usergroup: groupRecord(workspace, { ...group, users }, true) };
  },
});

const teamInfo = method({
  scopes: ['team:read'],
  tier: 3,
  args: z.object({ team: optionalText }),
  run(workspace) {
    const { id, name, domain } = workspace.team;
    return { ok: true, team: { id, name, domain, email_domain: '', icon: {} } };
  },
});

const botsInfo = method({
  scopes: ['users:read'],
  tier: 3,
  args: z.object({ bot: optionalText }),
  run(workspace, args) {
    const { app } = workspace;
    if (args.bot !== undefined && args.bot !== app.bot_id) return failed('bot_not_found');
    return {
      ok: true,
      bot: {
        id: app.bot_id,
        deleted: false,
        name: app.bot_name,
        app_id: app.id,
        user_id: app.bot_user_id,
        icons: {},
      },
    };
  },
});

export const directoryMethods: Record<string, Method> = {
  'users.info': usersInfo,
  'users.list': usersList,
  'users.lookupByEmail': lookupByEmail,
  'usergroups.list': groupsList,
  'usergroups.users.list': groupUsersList,
  'usergroups.users.update': groupUsersUpdate,
  'team.info': teamInfo,
  'bots.info': botsInfo,
};
