/**
 * Blind items: a person's own words, kept before they see the AI's; and, once it is decided, whether both say the same.
 */
import { actOnItem, onItem, type ActedOn } from '../access/act-on-item.ts';
import { drawCardsAgain } from '../outbox/enqueue.ts';
import { mayDo } from '../access/may-do.ts';
import type { Person } from '../access/refused.ts';
import type { Seen } from '../outbox/seen-view.ts';
import { ownWordsFirst, type Compared, type Opinion } from '../domain/decision.ts';
import { transition } from '../domain/lifecycle.ts';
import { swapItem } from '../store/items.ts';
import { compareDecision, loadDecision } from '../store/decisions.ts';
import type { Db } from '../store/database.ts';
import { opinionsOf } from '../store/opinions.ts';
import { writeOpinion } from './write-opinion.ts';
import type { World } from '../world/world.ts';

/** Keeps what a person would say. Once: what comes after they have seen the AI's words is no longer their own. */
export async function keepOwnWords(
  world: World,
  said: {
    item_id: string;
    person: Person;
    answer: string;
    seen_rev: number;
  } & Seen,
): Promise<ActedOn> {
  const { item_id, person, answer } = said;
  return actOnItem(world, said, 'own_words', async (unit, record) => {
    const moved = transition(
      record,
      { type: 'opine', by: person.user, seen_rev: said.seen_rev },
      unit.now,
    );
    if (!moved.ok) return moved;
    if (!ownWordsFirst(record)) return { refused: 'does_not_fit', word: 'answer' };
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
      said,
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
): Promise<ActedOn> {
  const { item_id, person, compared } = said;
  return onItem(world, item_id, async (unit, record) => {
    const decision = await loadDecision(unit.db, item_id);
    const by = decision?.decided_by;
    if (!record.blind || decision === null || by?.type !== 'human') return { refused: 'changed' };
    const may = mayDo(
      world.policy(),
      { deed: 'compare', decided_by: by.slack_user },
      person,
      world,
    );
    if (may.may === 'unknown') return { done: 'unknown', look: may.look };
    if (may.may === 'no') return may.refusal;
    if (!(await compareDecision(unit.db, item_id, compared))) return { refused: 'compared' };
    await unit.audit({
      event: 'item.compared',
      item_id,
      facts: { decision_id: decision.id, slack_user: person.user, compared },
    });
    await drawCardsAgain(world, unit, record);
    return { done: true };
  });
}
