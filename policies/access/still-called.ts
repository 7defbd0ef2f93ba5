/** Which of an item's pages still count: those to people whom the policy in force calls for it. Pure. */
import { domainOf } from '../domain-of.ts';
import type { NotifyRef, PersonRef, Policy } from '../policy.ts';
import type { Known } from './who-may.ts';

/**
 * Of the users and user groups that were paged, those whom the ladder of the item's domain calls today: by id, by a group,
 * as one who takes turns in a rotation (the shift may be over), or by a user group that they are in today. Where its
 * members are not known the user group stands for them.
 */
export function stillCalled(
  policy: Policy,
  item: { domain: string | null },
  paged: readonly PersonRef[],
  known: Pick<Known, 'membersOf' | 'onCall'>,
): PersonRef[] {
  if (paged.length === 0) return [];
  const { users, usergroups } = called(policy, item.domain, known);
  const found = new Map<string, PersonRef>();
  for (const ref of paged) {
    if (ref.type === 'usergroup' && usergroups.has(ref.id)) found.set(ref.id, ref);
    if (ref.type !== 'user') continue;
    if (users.has(ref.id)) found.set(ref.id, ref);
    else
      for (const id of usergroups) {
        const members = known.membersOf(id);
        if (members === undefined) found.set(id, { type: 'usergroup', id });
        else if (members.has(ref.id)) found.set(ref.id, ref);
      }
  }
  return [...found.values()];
}

function called(
  policy: Policy,
  domain: string | null,
  known: Pick<Known, 'onCall'>,
): { users: Set<string>; usergroups: Set<string> } {
  const users = new Set<string>();
  const usergroups = new Set<string>();
  const add = (ref: NotifyRef): void => {
    switch (ref.type) {
      case 'user':
        users.add(ref.id);
        return;
      case 'usergroup':
        usergroups.add(ref.id);
        return;
      case 'oncall':
        for (const id of policy.rotations[ref.name]?.people ?? []) users.add(id);
        for (const id of known.onCall(ref.name)) users.add(id);
        return;
      case 'group':
        // Groups do not nest.
        for (const one of policy.groups[ref.name] ?? []) if (one.type !== 'group') add(one);
        return;
      case 'channel':
      case 'pagerduty':
        return;
      default:
        return ref satisfies never;
    }
  };
  const { ladder } = domainOf(policy, domain);
  for (const rung of policy.ladders[ladder]?.rungs ?? []) for (const ref of rung.notify) add(ref);
  return { users, usergroups };
}
