/** Whether a person may act on an item: asked of the policy, for that item, each time. */
import { whoMay } from '../policies/who-may.ts';
import type { PersonRef } from '../policies/policy.ts';
import type { ItemRecord } from './decision.ts';
import type { Refusal } from './lifecycle.ts';
import type { World } from './world.ts';

/** A person, as Slack's signed payload or socket names them. */
export interface Person {
  user: string;
  team: string | null;
  name: string;
}

/** Why an act did not happen: the item's own refusals, and the ones of permission. */
export type Refused =
  | Refusal
  | { refused: 'gone' }
  | { refused: 'not_a_decider'; ask: PersonRef[] }
  | { refused: 'other_team' };

export type Authorised =
  | { may: 'yes' }
  | { may: 'no'; refusal: Refused }
  | { may: 'unknown'; usergroups: string[] };

/** `unknown` names the user groups whose members must be looked up in Slack first. */
export function authorise(world: World, record: ItemRecord, person: Person): Authorised {
  const answer = whoMay(world.policy(), record, person, world.ownTeam(), world.membersOf);
  switch (answer.may) {
    case 'yes':
    case 'unknown':
      return answer;
    case 'no':
      return { may: 'no', refusal: refusalOf(answer.because, answer.ask) };
    default:
      return answer satisfies never;
  }
}

function refusalOf(
  because: 'not_a_decider' | 'own_request' | 'other_team',
  ask: PersonRef[],
): Refused {
  switch (because) {
    case 'not_a_decider':
      return { refused: 'not_a_decider', ask };
    case 'own_request':
      return { refused: 'own_request' };
    case 'other_team':
      return { refused: 'other_team' };
    default:
      return because satisfies never;
  }
}
