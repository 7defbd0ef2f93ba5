/**
 * Blind items: a person's own words, kept before they see the AI's; and, once it is decided, whether both say the same.
 */
import type { Person, Refused } from '../authorise.ts';
import { authorise } from '../authorise.ts';
import {
  ownWordsFirst,
  type Compared,
  type Decision,
  type ItemRecord,
  type Opinion,
} from '../decision.ts';
import { transition } from '../lifecycle.ts';
import { drawCard } from '../send-effect.ts';
import { wantCardsAgain } from '../store/cards.ts';
import { swapItem, loadItem } from '../store/items.ts';
import { compareDecision, loadDecision } from '../store/decisions.ts';
import type { Db } from '../store/database.ts';
import { opinionsOf } from '../store/opinions.ts';
import { writeOpinion } from './write-opinion.ts';
import type { World } from '../world.ts';

type Done =
  | { done: true }
  | { done: false; refusal: Refused; record: ItemRecord | null; decision: Decision | null }
  | { done: 'unknown'; usergroups: string[] };

/** Keeps what a person would say. Once: what comes after they have seen the AI's words is no longer their own. */
export async function keepOwnWords(
  world: World,
  said: {
    item_id: string;
    person: Person;
    answer: string;
    seen_rev: number;
    card_id: string | null;
  },
): Promise<Done> {
  const { item_id, person, answer } = said;
  return world.commit(async (unit): Promise<Done> => {
    const record = await loadItem(unit.db, item_id);
    if (!record) return { done: false, refusal: { refused: 'gone' }, record: null, decision: null };
    const refuse = async (refusal: Refused): Promise<Done> => ({
      done: false,
      refusal,
      record,
      decision: await loadDecision(unit.db, item_id),
    });
    const may = await authorise(world, unit.db, record, person);
    if (may.may === 'unknown') return { done: 'unknown', usergroups: may.usergroups };
    if (may.may === 'no') return refuse(may.refusal);
    const moved = transition(
      record,
      { type: 'opine', by: person.user, seen_rev: said.seen_rev },
      unit.now,
    );
    if (!moved.ok) return refuse(moved);
    if (!ownWordsFirst(record)) return refuse({ refused: 'does_not_fit', word: 'answer' });
    if (ownWordsIn(await opinionsOf(unit.db, item_id), person.user)) return { done: true };
    await swapItem(unit.db, record, moved.state);
    await writeOpinion(
      world,
      unit,
      {
        item_id,
        slack_user: person.user,
        name: person.name,
        level: record.level,
        stage: 0,
        word: 'own_words',
        answer,
        error_tags: [],
      },
      said.card_id,
      moved.state,
    );
    return { done: true };
  });
}

/** What that person said before they saw the AI's words; null where they have not. */
export async function ownWordsOf(db: Db, item_id: string, user: string): Promise<string | null> {
  const answer = ownWordsIn(await opinionsOf(db, item_id), user)?.answer;
  return typeof answer === 'string' ? answer : null;
}

const ownWordsIn = (opinions: readonly Opinion[], user: string): Opinion | undefined =>
  opinions.find((one) => one.word === 'own_words' && one.slack_user === user);

/** Records whether the AI said the same as the person who decided; theirs to say, once. */
export async function compareBlind(
  world: World,
  said: { item_id: string; person: Person; compared: Compared },
): Promise<Done> {
  const { item_id, person, compared } = said;
  return world.commit(async (unit): Promise<Done> => {
    const record = await loadItem(unit.db, item_id);
    if (!record) return { done: false, refusal: { refused: 'gone' }, record: null, decision: null };
    const decision = await loadDecision(unit.db, item_id);
    const refuse = (refusal: Refused): Done => ({ done: false, refusal, record, decision });
    const by = decision?.decided_by;
    if (!record.blind || decision === null || by?.type !== 'human')
      return refuse({ refused: 'changed' });
    if (by.slack_user !== person.user)
      return refuse({ refused: 'others_decision', by: by.slack_user });
    if (!(await compareDecision(unit.db, item_id, compared)))
      return refuse({ refused: 'compared' });
    await unit.audit({
      event: 'item.compared',
      item_id,
      facts: { decision_id: decision.id, slack_user: person.user, compared },
    });
    for (const card of await wantCardsAgain(unit.db, item_id))
      await drawCard(world, unit, record, card);
    return { done: true };
  });
}
