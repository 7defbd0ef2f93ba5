/** Whether a person may act on an item: asked of the policy, for that item, each time. */
import { whoMay } from '../../policies/access/who-may.ts';
import type { PersonRef } from '../../policies/policy.ts';
import type { ItemRecord } from '../domain/decision.ts';
import type { Refusal } from '../domain/lifecycle.ts';
import type { Db } from '../store/database.ts';
import { pagesOfItem, type Page } from '../store/pages.ts';
import type { World } from '../world/world.ts';

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
  /** Only whom the open rung paged in person can pass it on. */
  | { refused: 'not_paged' }
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
  | { refused: 'not_requester' }
  /** There is no rung above to go to. */
  | { refused: 'nobody_above' }
  | { refused: 'not_a_decider'; ask: PersonRef[] }
  /** `to`: what they tried; absent: to decide. */
  | { refused: 'other_team'; to?: 'see' | 'answer' }
  /** Of a blind one: the person's own answer comes before the judgement of the AI's. */
  | { refused: 'own_words_first' }
  /** Only who decided may say how the AI's answer compares. */
  | { refused: 'others_decision'; by: string }
  | { refused: 'compared' };

export type Authorised =
  | { may: 'yes' }
  | { may: 'no'; refusal: Refused }
  | { may: 'unknown'; usergroups: string[] };

/**
 * Asks the policy, and whom this item's rungs have paged: they may decide it too. `unknown` names the user groups whose
 * members must be looked up in Slack first.
 */
export async function authorise(
  world: World,
  db: Db,
  record: ItemRecord,
  person: Person,
): Promise<Authorised> {
  const alone = record.several?.singly === true;
  const ask = (paged: PersonRef[]) =>
    whoMay(world.policy(), { ...record, paged, alone }, person, world);
  let answer = alone ? ask(await pagedSince(db, record)) : ask([]);
  // Who was paged matters only to those whom the policy does not name.
  if (answer.may !== 'yes' && !alone) answer = ask(await pagedSince(db, record));
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

/** Whom the item's rungs have paged; of stages, those of the open one. */
export const pagedSince = async (db: Db, record: ItemRecord): Promise<PersonRef[]> =>
  pagedRefs(
    (await pagesOfItem(db, record.id)).filter(
      (page) => page.rung >= (record.several?.from_rung ?? 0),
    ),
  );

/** Whom any of the item's rungs has paged, of stages those of each. */
export const pagedEver = async (db: Db, record: ItemRecord): Promise<PersonRef[]> =>
  pagedRefs(await pagesOfItem(db, record.id));

const pagedRefs = (pages: readonly Page[]): PersonRef[] =>
  pages.flatMap(({ target }): PersonRef[] =>
    /^[UW]/.test(target)
      ? [{ type: 'user', id: target }]
      : target.startsWith('S')
        ? [{ type: 'usergroup', id: target }]
        : [],
  );

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
