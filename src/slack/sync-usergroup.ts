/** Makes a Slack user group hold exactly who is on call: looked at first, written only where it differs, never empty. */
import { usergroupNotKept } from '../domain/operator-reports.ts';
import type { WebClient } from '@slack/web-api';
import { samePeople } from '../../policies/schedule/rotation.ts';
import type { Delivery } from '../outbox/delivery.ts';
import { notifyOperatorsOnce } from '../outbox/operator-notices.ts';
import type { Unit } from '../store/commit.ts';
import type { Effect } from '../outbox/effects.ts';
import { forgetReported } from '../store/operator-notices.ts';
import { usergroupMembers } from '../on-call/usergroup-members.ts';
import type { World } from '../world/world.ts';
import { slackTrouble, TOKEN_REFUSED } from './slack-error.ts';
import { passing, refusedForNow } from './undelivered.ts';

type Sync = Extract<Effect, { effect: 'sync_usergroup' }>;

export async function keepUsergroup(
  world: World,
  web: WebClient,
  { usergroup }: Sync,
): Promise<Delivery> {
  const users = usergroupMembers(world, usergroup);
  if (users.length === 0) return { delivery: 'done' };
  try {
    const held = await web.usergroups.users.list({ usergroup });
    if (!samePeople(held.users ?? [], users)) {
      await web.usergroups.users.update({ usergroup, users: users.join(',') });
      world.log.info({ usergroup, users }, 'a user group holds who is on call');
    }
  } catch (error) {
    const trouble = slackTrouble(error);
    if (trouble.trouble !== 'refused') return passing(trouble);
    if (TOKEN_REFUSED.has(trouble.error)) return refusedForNow(trouble.error);
    return {
      delivery: 'failed',
      error: trouble.error,
      write: (unit) => reportFailure(world, unit, usergroup, trouble.error),
    };
  }
  return {
    delivery: 'done',
    write: async (unit) => {
      await forgetReported(unit.db, troubleOf(usergroup));
      // Somebody else came on call while Slack was being asked.
      return samePeople(usergroupMembers(world, usergroup), users) ? undefined : 'again';
    },
  };
}

const troubleOf = (usergroup: string): string => `usergroup:${usergroup}`;

/** Once: it is tried again every hour, and said again only after it has worked in between. */
const reportFailure = (world: World, unit: Unit, usergroup: string, error: string): Promise<void> =>
  notifyOperatorsOnce(
    world,
    unit,
    troubleOf(usergroup),
    Infinity,
    usergroupNotKept({
      usergroup,
      error,
      remedy: REMEDY[error] ?? 'Check `usergroup` in the rotations of the policy.',
    }),
  );

const REMEDY: Record<string, string> = {
  permission_denied:
    'Let the app edit user groups: in Slack, Settings, Permissions, who can manage user groups.',
  plan_upgrade_required:
    'User groups need a paid plan of Slack: take `usergroup` out of the policy.',
  missing_scope:
    'Install the app again with `usergroups:write`; `hitl doctor` says what is missing.',
};
