/** Who may see what: the one rule that every view asks, whichever door it came by. Pure. Acts are in `may-do.ts`. */
import { isManager, whoMay, type Known, type Permission } from '../../policies/access/who-may.ts';
import type { Policy } from '../../policies/policy.ts';
import {
  answerOf,
  deciderIn,
  deciderOf,
  eitherOf,
  lifterOf,
  managerOf,
  oneOf,
  refusedUnlessOutside,
  type Answer,
  type ItemFacts,
} from './may-do.ts';
import type { Forbidden, Person } from './refused.ts';

/** Each view, with what it turns on. */
export type View =
  /** A card, and what a click on it is answered with; `to`: what for, where not to decide. */
  | { view: 'card'; to?: 'see' | 'answer' }
  /** The whole of an item, in a window or a file. */
  | { view: 'details'; requester: string | null }
  /** What could not be read. */
  | { view: 'raw' }
  /** `/hitl why` and `/hitl audit`. */
  | { view: 'past'; item: ItemFacts }
  /** What waits in a domain; of rules and stages with people of their own, for whom `by` names. */
  | { view: 'queue'; domain: string }
  | { view: 'queue'; by: string }
  | { view: 'freeze'; domain: string }
  /** What of a domain stands on the Home of whoever decides there. */
  | { view: 'home_domain'; domain: string }
  | { view: 'home_managed' | 'all_figures' }
  | { view: 'own_figures' }
  | { view: 'digest' | 'thresholds' | 'draft' }
  /** Who is on call, and what is paused. */
  | { view: 'on_call' | 'pauses' };

export function maySee(policy: Policy, view: View, person: Person, known: Known): Answer {
  switch (view.view) {
    case 'card':
      return oneOf(policy, person, known, 'anyone', view.to);
    case 'details':
      return oneOf(
        policy,
        person,
        known,
        view.requester === person.user ? 'anyone' : 'member',
        'see',
      );
    case 'raw':
      return oneOf(policy, person, known, 'member', 'see');
    case 'past': {
      if (view.item.requester_slack_user === person.user)
        return oneOf(policy, person, known, 'anyone', 'see');
      const manager = isManager(policy, person, known);
      const answer = eitherOf(deciderOf(policy, view.item, person, known), manager);
      return orElse(answer, { refused: 'not_concerned' });
    }
    case 'queue': {
      const asked =
        'by' in view ? { by: view.by, domain: null } : { by: null, domain: view.domain };
      const decider = whoMay(policy, { ...asked, requester_slack_user: null }, person, known);
      return orElse('by' in view ? decider : eitherOf(decider, isManager(policy, person, known)), {
        refused: 'decides_nothing',
        of: 'queue',
      });
    }
    case 'freeze':
      return answerOf(
        [
          deciderIn(policy, view.domain, person, known),
          isManager(policy, person, known),
          lifterOf(policy, person, known),
        ].reduce(eitherOf),
        'see',
      );
    case 'home_domain':
      return answerOf(deciderIn(policy, view.domain, person, known), 'see');
    case 'home_managed':
    case 'all_figures':
      return answerOf(isManager(policy, person, known), 'see');
    case 'own_figures': {
      const [first, ...rest] = Object.keys(policy.domains).map((domain) =>
        deciderIn(policy, domain, person, known),
      );
      const decides = first && rest.reduce(eitherOf, first);
      const none: Forbidden = { refused: 'decides_nothing', of: 'figures' };
      return decides ? orElse(decides, none) : refusedUnlessOutside(policy, person, known, none);
    }
    case 'digest':
    case 'thresholds':
    case 'draft':
      return managerOf(policy, person, known, view.view);
    case 'on_call':
    case 'pauses':
      return oneOf(policy, person, known, 'anyone', 'see');
    default:
      return view satisfies never;
  }
}

/** Whoever is none of them is told this, and not whom to ask. */
function orElse(permission: Permission, refusal: Forbidden): Answer {
  const answer = answerOf(permission, 'see');
  const refused = answer.may === 'no' ? answer.refusal.refused : null;
  return refused === 'not_a_decider' || refused === 'own_request' || refused === 'guest'
    ? { may: 'no', refusal }
    : answer;
}
