/** Why an act did not happen, or a view is not shown: each reason has one sentence (`blocks/messages/notes.ts`). Types only. */
import type { PersonRef } from '../../policies/policy.ts';
import type { Refusal } from '../domain/lifecycle.ts';

/** A person, as Slack's signed payload or socket names them. */
export interface Person {
  user: string;
  team: string | null;
  name: string;
}

/** Of permission, whatever the item's state. */
export type Forbidden =
  /** `to`: what they tried; absent: to decide. */
  | { refused: 'other_team'; to?: 'see' | 'answer' | 'ask' }
  /** Apps do nothing. */
  | { refused: 'bot' }
  /** Nor do people who have left. */
  | { refused: 'deactivated' }
  /** The policy does not name this guest by id. */
  | { refused: 'guest' }
  | { refused: 'not_a_decider'; ask: PersonRef[] }
  | { refused: 'own_request' }
  /** Only whom the open rung paged in person can pass it on. */
  | { refused: 'not_paged' }
  | { refused: 'not_requester' }
  /** Only who decided may say how the AI's answer compares. */
  | { refused: 'others_decision'; by: string }
  | { refused: 'not_a_manager'; of: 'pause' | 'export' | 'digest' | 'thresholds' | 'draft' }
  /** Neither asked for it, nor may decide it: the same words as for an item that is not there. */
  | { refused: 'not_concerned' }
  | { refused: 'decides_nothing'; of: 'queue' | 'figures' }
  | { refused: 'not_in_rotation'; rotation: string }
  | { refused: 'not_your_shift' }
  | { refused: 'stranger'; who: string; rotation: string }
  | { refused: 'not_your_override' };

/** The item's own refusals, and the ones of permission. */
export type Refused =
  | Refusal
  | Forbidden
  | { refused: 'gone' }
  /** Slack does not say who somebody is, or who is in a user group. */
  | { refused: 'unsure' }
  /** Whom it was to be given to may not decide it either. */
  | { refused: 'not_theirs'; who: string; ask: PersonRef[] }
  | { refused: 'cannot_escalate' }
  /** A snooze that would outlast the item. */
  | { refused: 'past_its_end'; expires_at: number }
  | { refused: 'asked_already'; by: string }
  | { refused: 'nobody_to_ask' }
  | { refused: 'not_asked' }
  /** It was asked again already. */
  | { refused: 'reopened'; by: string }
  /** Nothing waits behind the open cards of that domain. */
  | { refused: 'none_behind' }
  /** There is no rung above to go to. */
  | { refused: 'nobody_above' }
  /** Of a blind one: the person's own answer comes before the judgement of the AI's. */
  | { refused: 'own_words_first' }
  | { refused: 'compared' };
