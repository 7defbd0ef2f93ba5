/**
 * Who may do what: the one rule that every act asks, whichever door it came by. Pure; whom Slack must be asked about
 * first is named. What may be seen is in `may-see.ts`.
 */
import { mayOverride } from '../../policies/access/may-override.ts';
import { stillCalled } from '../../policies/access/still-called.ts';
import {
  isManager,
  isOurs,
  namesById,
  whoMay,
  type AskedOf,
  type Known,
  type Permission,
  type Unknown,
} from '../../policies/access/who-may.ts';
import type { PersonRef, Policy, Rotation } from '../../policies/policy.ts';
import type { Override } from '../../policies/schedule/rotation.ts';
import type { Forbidden, Person } from './refused.ts';

/** What of an item says who may. `paged`: whoever its pages reached, whether or not they still count. */
export type ItemFacts = Omit<AskedOf, 'paged'> & { paged: readonly PersonRef[] };

/** Acts on an item that are for whoever may decide it. */
export type ItemDeed =
  | ('decide' | 'own_words' | 'claim' | 'release' | 'escalate' | 'reassign' | 'snooze')
  | ('need_info' | 'send_back' | 'reopen');

/** Each act, with what it turns on. */
export type Deed =
  | { deed: ItemDeed; item: ItemFacts }
  /** `called`: whom its rung pages as soon as it has a card. */
  | { deed: 'show_next'; item: ItemFacts; called: readonly string[] }
  /** `paged`: whom the open rung has paged in person. */
  | { deed: 'pass'; paged: readonly string[] }
  | { deed: 'compare'; decided_by: string }
  | { deed: 'give_info'; requester: string | null }
  | { deed: 'close_raw'; domain: string | null }
  | { deed: 'lift_freeze' }
  | { deed: 'pause' | 'export' }
  | {
      deed: 'override';
      rotation: Rotation;
      overrides: readonly Override[];
      asked: Pick<Override, 'slack_user' | 'starts_at' | 'ends_at'>;
    }
  /** `concerned`: who made it, and whom it puts on call. */
  | { deed: 'cancel_override'; concerned: readonly string[] }
  | { deed: 'ask' | 'quiet' };

export type Answer = { may: 'yes' } | { may: 'no'; refusal: Forbidden } | Unknown;

export function mayDo(policy: Policy, deed: Deed, person: Person, known: Known): Answer {
  switch (deed.deed) {
    case 'decide':
    case 'own_words':
    case 'claim':
    case 'release':
    case 'escalate':
    case 'reassign':
    case 'snooze':
    case 'need_info':
    case 'send_back':
    case 'reopen':
      return answerOf(deciderOf(policy, deed.item, person, known));
    case 'show_next': {
      const decides = answerOf(deciderOf(policy, deed.item, person, known));
      const refused = decides.may === 'no' ? decides.refusal.refused : null;
      return refused === 'not_a_decider' && deed.called.includes(person.user)
        ? oneOf(policy, person, known, 'member')
        : decides;
    }
    case 'pass':
      return deed.paged.includes(person.user)
        ? oneOf(policy, person, known, 'anyone')
        : refusedUnlessOutside(policy, person, known, { refused: 'not_paged' });
    case 'compare':
      return deed.decided_by === person.user
        ? oneOf(policy, person, known, 'anyone')
        : refusedUnlessOutside(policy, person, known, {
            refused: 'others_decision',
            by: deed.decided_by,
          });
    case 'give_info':
      if (deed.requester !== null && deed.requester !== person.user)
        return refusedUnlessOutside(policy, person, known, { refused: 'not_requester' }, 'answer');
      // A guest whom the item names asked for it themselves; whoever else is in the conversation did not.
      return oneOf(policy, person, known, deed.requester === null ? 'member' : 'anyone', 'answer');
    case 'close_raw':
      return answerOf(
        eitherOf(deciderIn(policy, deed.domain, person, known), isManager(policy, person, known)),
      );
    case 'lift_freeze':
      return answerOf(lifterOf(policy, person, known));
    case 'pause':
    case 'export':
      return managerOf(policy, person, known, deed.deed);
    case 'override':
      return overrideAnswer(
        mayOverride(policy, deed.rotation, deed.overrides, deed.asked, person, known),
        { rotation: deed.rotation.id, who: deed.asked.slack_user },
      );
    case 'cancel_override': {
      const manager = isManager(policy, person, known);
      if (manager.may === 'yes') return manager;
      if (deed.concerned.includes(person.user)) return oneOf(policy, person, known, 'anyone');
      return manager.may === 'unknown'
        ? manager
        : refusedUnlessOutside(policy, person, known, { refused: 'not_your_override' });
    }
    case 'ask':
    case 'quiet':
      // Whoever asks is asked back, and nobody's hours but one's own are set: a guest may.
      return oneOf(policy, person, known, 'anyone', 'ask');
    default:
      return deed satisfies never;
  }
}

/** Whether somebody may decide an item: its deciders today, and whom it has paged and the policy in force still calls. */
export const deciderOf = (
  policy: Policy,
  item: ItemFacts,
  person: Person,
  known: Known,
): Permission =>
  whoMay(policy, { ...item, paged: stillCalled(policy, item, item.paged, known) }, person, known);

/** Whether somebody is one of a domain's deciders. */
export const deciderIn = (
  policy: Policy,
  domain: string | null,
  person: Person,
  known: Known,
): Permission => whoMay(policy, { domain, by: null, requester_slack_user: null }, person, known);

/** The `compliance_domain` lifts freezes; where the policy has none, the managers do. */
export const lifterOf = (policy: Policy, person: Person, known: Known): Permission =>
  policy.compliance_domain === null
    ? isManager(policy, person, known)
    : deciderIn(policy, policy.compliance_domain, person, known);

/** Either will do; what the first says where neither is so. */
export function eitherOf(first: Permission, second: Permission): Permission {
  if (first.may === 'yes' || second.may === 'yes') return { may: 'yes' };
  const look = [first, second].flatMap((one) => (one.may === 'unknown' ? one.look : []));
  return look.length > 0 ? { may: 'unknown', look: [...new Set(look)] } : first;
}

/** One of ours; `member`: a guest only where the policy names them by id. */
export function oneOf(
  policy: Policy,
  person: Person,
  known: Known,
  who: 'anyone' | 'member',
  to?: Extract<Forbidden, { refused: 'other_team' }>['to'],
): Answer {
  const ours = isOurs(policy, person, known);
  switch (ours.may) {
    case 'unknown':
      return ours;
    case 'no':
      return { may: 'no', refusal: outside(ours.because, to) };
    case 'yes':
      return ours.account === 'guest' && who === 'member' && !namesById(policy, person.user)
        ? { may: 'no', refusal: { refused: 'guest' } }
        : { may: 'yes' };
    default:
      return ours satisfies never;
  }
}

/** A refusal that costs no look-up: whoever is known to be outside hears that instead. */
export function refusedUnlessOutside(
  policy: Policy,
  person: Person,
  known: Known,
  refusal: Forbidden,
  to?: Extract<Forbidden, { refused: 'other_team' }>['to'],
): Answer {
  const ours = isOurs(policy, person, known);
  return { may: 'no', refusal: ours.may === 'no' ? outside(ours.because, to) : refusal };
}

export function managerOf(
  policy: Policy,
  person: Person,
  known: Known,
  of: Extract<Forbidden, { refused: 'not_a_manager' }>['of'],
): Answer {
  const answer = answerOf(isManager(policy, person, known));
  return answer.may === 'no' && answer.refusal.refused === 'not_a_decider'
    ? { may: 'no', refusal: { refused: 'not_a_manager', of } }
    : answer;
}

/** A permission as an answer to whoever tried. */
export function answerOf(
  permission: Permission,
  to?: Extract<Forbidden, { refused: 'other_team' }>['to'],
): Answer {
  if (permission.may !== 'no') return permission;
  const { because, ask } = permission;
  switch (because) {
    case 'not_a_decider':
      return { may: 'no', refusal: { refused: because, ask } };
    case 'own_request':
      return { may: 'no', refusal: { refused: because } };
    case 'other_team':
    case 'bot':
    case 'deactivated':
    case 'guest':
      return { may: 'no', refusal: outside(because, to) };
    default:
      return because satisfies never;
  }
}

const outside = (
  because: 'other_team' | 'bot' | 'deactivated' | 'guest',
  to?: Extract<Forbidden, { refused: 'other_team' }>['to'],
): Forbidden =>
  because !== 'other_team'
    ? { refused: because }
    : { refused: because, ...(to === undefined ? {} : { to }) };

function overrideAnswer(
  may: ReturnType<typeof mayOverride>,
  { rotation, who }: { rotation: string; who: string },
): Answer {
  if (may.may !== 'no') return may;
  switch (may.because) {
    case 'not_in_rotation':
      return { may: 'no', refusal: { refused: may.because, rotation } };
    case 'not_your_shift':
      return { may: 'no', refusal: { refused: may.because } };
    case 'stranger':
      return { may: 'no', refusal: { refused: may.because, who, rotation } };
    case 'other_team':
    case 'bot':
    case 'deactivated':
    case 'guest':
      return { may: 'no', refusal: outside(may.because) };
    default:
      return may.because satisfies never;
  }
}
