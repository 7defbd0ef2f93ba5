/** Whom a rung's `notify` reaches at an instant: people, user groups, the card's thread. Pure. */
import type { NotifyRef, Policy } from './policy.ts';
import type { OnCall } from './who-may.ts';

export interface Notified {
  /** Each by name. */
  people: string[];
  /** Slack's user groups: whoever is in them then. */
  usergroups: string[];
  /** A line in the card's thread that names nobody. */
  channel: boolean;
}

/** Resolves it. A requester is never asked about their own item. */
export function notified(
  policy: Policy,
  notify: readonly NotifyRef[],
  requester: string | null,
  onCall: OnCall,
): Notified {
  const found = { people: new Set<string>(), usergroups: new Set<string>(), channel: false };
  const addPerson = (id: string): void => {
    if (id !== requester) found.people.add(id);
  };
  const add = (ref: NotifyRef): void => {
    switch (ref.type) {
      case 'user':
        return addPerson(ref.id);
      case 'oncall':
        return onCall(ref.name).forEach(addPerson);
      case 'usergroup':
        found.usergroups.add(ref.id);
        return;
      case 'group':
        // Groups do not nest: the file is checked for that.
        for (const one of groupOf(policy, ref.name)) if (one.type !== 'group') add(one);
        return;
      case 'channel':
        found.channel = true;
        return;
      default:
        return ref satisfies never;
    }
  };
  for (const ref of notify) add(ref);
  return { people: [...found.people], usergroups: [...found.usergroups], channel: found.channel };
}

const groupOf = (policy: Policy, name: string) =>
  Object.hasOwn(policy.groups, name) ? (policy.groups[name] ?? []) : [];

/** Whether that is anybody at all. */
export const reachesAnybody = (found: Notified): boolean =>
  found.channel || found.people.length > 0 || found.usergroups.length > 0;
