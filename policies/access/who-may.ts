/**
 * Who may decide an item, and whom to ask instead. Pure: membership of user groups is handed in.
 */
import type { PersonRef, Policy } from '../policy.ts';
import { domainOf } from '../domain-of.ts';
import type { Account } from './account.ts';
import { byInForce, type Routed } from './by-in-force.ts';
import { namedInPolicy } from './named-in-policy.ts';
import { readPersonRef, writtenRef } from './person-ref.ts';

/** A person as Slack's signed payload names them. `team` null: it did not say. */
export interface Person {
  user: string;
  team: string | null;
}

/** Who is in a user group; undefined: not known now. */
export type MembersOf = (usergroup: string) => ReadonlySet<string> | undefined;

/** Who is on call by a rotation now. */
export type OnCall = (rotation: string) => readonly string[];

/** What must be known, beside the policy, to say who somebody is. */
export interface Known {
  /** The bot's own workspace. */
  ownTeam(): string;
  membersOf: MembersOf;
  onCall: OnCall;
  /** What Slack says of somebody's account; undefined: not known now. */
  accountOf(user: string): Account | undefined;
}

/** Slack must be asked first: about these user groups and people, by their ids. */
export interface Unknown {
  may: 'unknown';
  look: string[];
}

/** Why somebody may do nothing here, whatever the policy says; of a guest: that it does not name them by id. */
export type Outside = 'other_team' | 'bot' | 'deactivated' | 'guest';

export type Permission =
  | { may: 'yes' }
  | {
      may: 'no';
      because: 'not_a_decider' | 'own_request' | Outside;
      /** Users and user groups, without the person and the requester. */
      ask: PersonRef[];
    }
  | Unknown;

/** What of an item bears on who may decide it. */
export interface AskedOf extends Routed {
  requester_slack_user: string | null;
  /** Users and user groups whom its rungs have paged, and whom the policy in force still calls (`stillCalled`). */
  paged?: readonly PersonRef[];
  /** Those alone decide, where there are any: a quorum is out of reach. */
  alone?: boolean;
}

/** Whether this person may decide that item. A requester never may, whoever they are. */
export function whoMay(policy: Policy, asked: AskedOf, person: Person, known: Known): Permission {
  const deciders = deciderRefs(policy, asked, known.onCall);
  const others = deciders.filter(
    (ref) =>
      ref.type !== 'user' || (ref.id !== person.user && ref.id !== asked.requester_slack_user),
  );
  if (person.user === asked.requester_slack_user) {
    return { may: 'no', because: 'own_request', ask: others };
  }
  const paged = asked.paged ?? [];
  const allowed = asked.alone && paged.length > 0 ? [...paged] : [...deciders, ...paged];
  return permission(policy, allowed, others, person, known);
}

/** Whether somebody is one of ours: of the policy's workspaces (the bot's own, where it names none), and a person in them. */
export function isOurs(
  policy: Policy,
  person: Person,
  known: Pick<Known, 'ownTeam' | 'accountOf'>,
): { may: 'yes'; account: 'member' | 'guest' } | { may: 'no'; because: Outside } | Unknown {
  const teams = policy.teams.length > 0 ? policy.teams : [known.ownTeam()];
  if (person.team === null || !teams.includes(person.team))
    return { may: 'no', because: 'other_team' };
  const account = known.accountOf(person.user);
  switch (account) {
    case undefined:
      return { may: 'unknown', look: [person.user] };
    case 'bot':
    case 'deactivated':
      return { may: 'no', because: account };
    case 'member':
    case 'guest':
      return { may: 'yes', account };
    default:
      return account satisfies never;
  }
}

/** Whether the policy names somebody by their own id, anywhere: what a guest needs. */
export const namesById = (policy: Policy, user: string): boolean =>
  namedInPolicy(policy).users.has(user);

/** Whether this person may do what only managers do. */
export function isManager(policy: Policy, person: Person, known: Known): Permission {
  const managers = flat(policy, policy.managers, known.onCall);
  const others = managers.filter((ref) => ref.type !== 'user' || ref.id !== person.user);
  return permission(policy, managers, others, person, known);
}

/**
 * The users and user groups who may decide, by the policy in force; groups are resolved, and whoever is on call; with
 * `onCall` null that stays a reference. A `by` that names nobody leaves nobody.
 */
export function deciderRefs(policy: Policy, asked: Routed, onCall: OnCall | null): PersonRef[] {
  const written = byInForce(policy, asked);
  if (written === null) return flat(policy, domainOf(policy, asked.domain).deciders, onCall);
  const by = readPersonRef(written);
  return by.ok ? flat(policy, [by.value], onCall) : [];
}

function permission(
  policy: Policy,
  allowed: PersonRef[],
  ask: PersonRef[],
  person: Person,
  known: Known,
): Permission {
  const ours = isOurs(policy, person, known);
  if (ours.may === 'no') return { ...ours, ask };
  const byId = allowed.some((ref) => ref.type === 'user' && ref.id === person.user);
  const groups = allowed.flatMap((ref) => (ref.type === 'usergroup' ? [ref.id] : []));
  const byGroup = groups.some((id) => known.membersOf(id)?.has(person.user));
  const unknown = groups.filter((id) => known.membersOf(id) === undefined);
  // Slack is asked who somebody is only where that decides: what is refused anyway costs no call.
  if (!byId && !byGroup && unknown.length === 0)
    return { may: 'no', because: 'not_a_decider', ask };
  if (ours.may === 'unknown')
    return { may: 'unknown', look: [...(byId || byGroup ? [] : unknown), ...ours.look] };
  switch (ours.account) {
    case 'guest':
      // Whoever runs Slack puts guests into user groups, and a manager puts them on call: the policy is asked for their id.
      return byId && namesById(policy, person.user)
        ? { may: 'yes' }
        : { may: 'no', because: 'guest', ask };
    case 'member':
      return byId || byGroup ? { may: 'yes' } : { may: 'unknown', look: unknown };
    default:
      return ours.account satisfies never;
  }
}

/** Groups replaced by who is in them, rotations by who is on call; each person and user group once. */
function flat(policy: Policy, refs: readonly PersonRef[], onCall: OnCall | null): PersonRef[] {
  const people = refs
    .flatMap((ref) => {
      if (ref.type !== 'group') return [ref];
      return Object.hasOwn(policy.groups, ref.name) ? (policy.groups[ref.name] ?? []) : [];
    })
    .flatMap((ref): PersonRef[] =>
      ref.type === 'oncall' && onCall !== null
        ? onCall(ref.name).map((id) => ({ type: 'user', id }))
        : [ref],
    );
  const seen = new Set<string>();
  return people.filter((ref) => {
    const written = writtenRef(ref);
    if (ref.type === 'group' || seen.has(written)) return false;
    seen.add(written);
    return true;
  });
}
