/**
 * Who may decide an item, and whom to ask instead. Pure: membership of user groups is handed in.
 */
import type { PersonRef, Policy } from '../policy.ts';
import { domainOf } from '../domain-of.ts';
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
}

export type Permission =
  | { may: 'yes' }
  | {
      may: 'no';
      because: 'not_a_decider' | 'own_request' | 'other_team';
      /** Users and user groups, without the person and the requester. */
      ask: PersonRef[];
    }
  | {
      may: 'unknown';
      /** Whose members must be known to say. */
      usergroups: string[];
    };

/** What of an item bears on who may decide it. */
export interface AskedOf {
  domain: string | null;
  /** As the rule's `by` is written; null: the domain's deciders. */
  by: string | null;
  requester_slack_user: string | null;
  /** Users and user groups whom its rungs have paged. */
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

/**
 * Whether this person may see what the cards are about, and answer what is asked back: people of the policy's workspaces
 * (the bot's own, where it names none). Nobody of another workspace may, and nobody whose workspace is not known.
 */
export function maySee(
  policy: Policy,
  person: Person,
  known: Pick<Known, 'ownTeam'>,
): { may: 'yes' } | { may: 'no'; because: 'other_team' } {
  const teams = policy.teams.length > 0 ? policy.teams : [known.ownTeam()];
  return person.team !== null && teams.includes(person.team)
    ? { may: 'yes' }
    : { may: 'no', because: 'other_team' };
}

/** Whether this person may do what only managers do. */
export function isManager(policy: Policy, person: Person, known: Known): Permission {
  const managers = flat(policy, policy.managers, known.onCall);
  const others = managers.filter((ref) => ref.type !== 'user' || ref.id !== person.user);
  return permission(policy, managers, others, person, known);
}

/**
 * The users and user groups who may decide; groups are resolved, and whoever is on call; with `onCall` null that stays
 * a reference. A `by` that names nobody leaves nobody.
 */
export function deciderRefs(
  policy: Policy,
  asked: { domain: string | null; by: string | null },
  onCall: OnCall | null,
): PersonRef[] {
  if (asked.by === null) return flat(policy, domainOf(policy, asked.domain).deciders, onCall);
  const by = readPersonRef(asked.by);
  return by.ok ? flat(policy, [by.value], onCall) : [];
}

function permission(
  policy: Policy,
  allowed: PersonRef[],
  ask: PersonRef[],
  person: Person,
  known: Known,
): Permission {
  const sight = maySee(policy, person, known);
  if (sight.may === 'no') return { ...sight, ask };
  const unknown: string[] = [];
  for (const ref of allowed) {
    switch (ref.type) {
      case 'user':
        if (ref.id === person.user) return { may: 'yes' };
        break;
      case 'usergroup': {
        const members = known.membersOf(ref.id);
        if (members === undefined) unknown.push(ref.id);
        else if (members.has(person.user)) return { may: 'yes' };
        break;
      }
      case 'group':
      case 'oncall':
        // `flat` has resolved these.
        break;
      default:
        return ref satisfies never;
    }
  }
  if (unknown.length > 0) return { may: 'unknown', usergroups: unknown };
  return { may: 'no', because: 'not_a_decider', ask };
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
