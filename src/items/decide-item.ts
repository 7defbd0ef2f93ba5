/** A person decides an item: authorised by policy, stored by compare-and-set with its audit and effects, or refused by name. */
import { actOnItem, type ActedOn } from '../access/act-on-item.ts';
import { answerProblems } from '../domain/answer-problems.ts';
import { shapeProblems } from '../domain/shape-problems.ts';
import { canonicalJson } from '../domain/hash.ts';
import { keepingProblem } from '../domain/keepable-json.ts';
import type { Person } from '../access/refused.ts';
import { ownWordsOf } from '../group-review/compare-blind.ts';
import {
  isBlindNow,
  ownWordsFirst,
  type Compared,
  type Decision,
  type ItemRecord,
} from '../domain/decision.ts';
import { gather, sign } from '../group-review/decide-in-group.ts';
import { forgetHolds, holdAfter } from '../containment/hold-after.ts';
import { endItem, wordsOf } from '../outcome/end-item.ts';
import { transition, type Verdict } from '../domain/lifecycle.ts';
import type { Seen } from '../outbox/seen-view.ts';
import type { World } from '../world/world.ts';

/** With the card they saw. */
export interface Deciding extends Seen {
  item_id: string;
  person: Person;
  verdict: Verdict;
  /** The revision on the card that the person saw; absent where they answered in words. */
  seen_rev?: number;
  /** Of a blind one whose proposal is judged: how the AI's words compare to the person's own, which came first. */
  compared?: Compared;
}

/** `decision` null: it waits for others, or has gone on to the next stage. `unseen`: the card does not show what changed. */
export interface Decided {
  done: true;
  record: ItemRecord;
  decision: Decision | null;
  unseen?: boolean;
}

/** Resolves once the decision is on disk. Of any number at the same moment one is done; the others hear who decided. */
export async function decideItem(world: World, deciding: Deciding): Promise<ActedOn<Decided>> {
  const { item_id, person, verdict } = deciding;
  let lifted: string | null = null;
  const committed = actOnItem<Decided>(world, deciding, 'decide', async (unit, record) => {
    const { several } = record;
    const together =
      several === null ? null : await gather(unit.db, { ...record, several }, person, verdict);
    const moved = transition(
      record,
      {
        type: 'decide',
        by: person.user,
        verdict: together?.verdict ?? verdict,
        seen_rev: deciding.seen_rev,
        ...together?.event,
      },
      unit.now,
    );
    if (!moved.ok) return moved;
    if (
      ownWordsFirst(record) &&
      (deciding.compared === undefined ||
        (await ownWordsOf(unit.db, item_id, person.user)) === null)
    )
      return { refused: 'own_words_first' };
    if (!sayable(together?.record ?? record, verdict))
      return { refused: 'does_not_fit', word: verdict.word };
    if (verdict.word === 'approve' && record.reason_required && !verdict.rationale)
      return { refused: 'needs_reason' };
    const compared = ownWordsFirst(record) ? deciding.compared : undefined;
    if (together !== null) {
      const word = {
        record,
        next: moved.state,
        together,
        person,
        verdict,
        seen: deciding,
        compared,
      };
      const signed = await sign(world, unit, word);
      if (signed.signed === true && signed.decision)
        lifted = await holdAfter(world, unit, record, signed.decision);
      return signed.signed === 'unknown'
        ? { done: 'unknown', look: signed.look }
        : {
            done: true,
            record: signed.record,
            decision: signed.decision,
            unseen: isBlindNow(signed.record) && together.changes_mind,
          };
    }
    const decision = await endItem(world, unit, {
      record,
      next: moved.state,
      by: { type: 'human', slack_user: person.user, name: person.name, level: record.level },
      words: wordsOf(record, verdict),
      seen: deciding,
      compared,
    });
    lifted = await holdAfter(world, unit, record, decision);
    return { done: true, record: { ...record, ...moved.state }, decision };
  });
  const decided = await committed.catch(async (error: unknown) => {
    await forgetHolds(world, item_id);
    throw error;
  });
  if (lifted !== null) world.holds.drop(lifted);
  if (decided.done === true) {
    world.log.info(
      {
        item_id,
        outcome: decided.decision?.outcome,
        by: person.user,
        decision_id: decided.decision?.id,
      },
      decided.decision === null ? 'a word on an item, which waits for others' : 'item decided',
    );
  } else if (decided.done === false) {
    world.log.info(
      { item_id, by: person.user, refused: decided.refusal.refused },
      'decision refused',
    );
  }
  return decided;
}

/** Whether what was said can be said of this very item: a candidate or option it has, arguments of its shape, its form's answer. */
function sayable(record: ItemRecord, verdict: Verdict): boolean {
  const { item } = record;
  if (keepingProblem(canonicalJson(verdict)) !== null) return false;
  if (item === null) return verdict.word === 'reject';
  switch (verdict.word) {
    case 'approve':
    case 'reject':
      return true;
    case 'prefer':
      return (
        verdict.choice === 'tie' || (item.candidates ?? []).some((one) => one.id === verdict.choice)
      );
    case 'answer':
      if (verdict.choice !== undefined)
        return (item.options ?? []).some((one) => one.id === verdict.choice);
      return item.answer_schema === undefined
        ? typeof verdict.answer === 'string'
        : typeof verdict.answer === 'object' &&
            answerProblems(item.answer_schema, verdict.answer).length === 0;
    case 'edit': {
      const before =
        item.kind === 'approval' && item.action ? (item.action.args ?? {}) : item.proposal;
      return shapeProblems(before, verdict.edited).length === 0;
    }
    default:
      return verdict satisfies never;
  }
}
