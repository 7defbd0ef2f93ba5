/** Whom a rung's `notify` reaches at an instant: people, user groups, the card's thread, PagerDuty. Pure. */
import type { NotifyRef, Policy } from '../policy.ts';
import type { OnCall } from './who-may.ts';

export interface Notified {
  /** Who is asked in person: by DM, and by name in the thread. */
  people: string[];
  /** Who is asked as one of a group: by name in the thread. */
  named: string[];
  /** Slack's user groups: whoever is in them then. */
  usergroups: string[];
  /** A line in the card's thread that names nobody. */
  channel: boolean;
  /** Names of PagerDuty keys: whoever is on call there. */
  pagerduty: string[];
}

/** Resolves it. A requester is never asked about their own item. */
export function notified(
  policy: Policy,
  notify: readonly NotifyRef[],
  requester: string | null,
  onCall: OnCall,
): Notified {
  const people = new Set<string>();
  const named = new Set<string>();
  const usergroups = new Set<string>();
  const pagerduty = new Set<string>();
  let channel = false;
  const add = (ref: NotifyRef, users: Set<string>): void => {
    switch (ref.type) {
      case 'user':
        if (ref.id !== requester) users.add(ref.id);
        return;
      case 'oncall':
        // In person, also where the rotation stands for a part of a group.
        for (const id of onCall(ref.name)) if (id !== requester) people.add(id);
        return;
      case 'usergroup':
        usergroups.add(ref.id);
        return;
      case 'group':
        // Groups do not nest: the file is checked for that.
        for (const one of groupOf(policy, ref.name)) if (one.type !== 'group') add(one, named);
        return;
      case 'channel':
        channel = true;
        return;
      case 'pagerduty':
        pagerduty.add(ref.name);
        return;
      default:
        return ref satisfies never;
    }
  };
  for (const ref of notify) add(ref, people);
  return {
    people: [...people],
    named: [...named].filter((one) => !people.has(one)),
    usergroups: [...usergroups],
    channel,
    pagerduty: [...pagerduty],
  };
}

const groupOf = (policy: Policy, name: string) =>
  Object.hasOwn(policy.groups, name) ? (policy.groups[name] ?? []) : [];

/** Whether that is anybody at all. */
export const reachesAnybody = (found: Notified): boolean => found.channel || namesAnybody(found);

/** Whether it calls anybody in particular. */
export const namesAnybody = (found: Notified): boolean =>
  found.people.length > 0 ||
  found.named.length > 0 ||
  found.usergroups.length > 0 ||
  found.pagerduty.length > 0;
