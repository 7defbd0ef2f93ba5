/** Answers what confidence promised and what was found, and from where on the data supports letting through. */
import { calibrate } from '../formulas/calibration.ts';
import { CHECKED_COLUMNS, countChecked } from '../formulas/checked.ts';
import { searchThreshold } from '../formulas/threshold.ts';
import { comparedAnswers } from '../facts/blind-checks.ts';
import type { Db } from '../../store/database.ts';
import { readFacts } from '../facts/read-facts.ts';
import { inTransaction } from '../../store/prepared.ts';
import { turnedOut } from '../facts/ground-truth.ts';
import type { CheckedAnswer, CheckedQuestion } from './question.ts';

export function answerChecked(db: Db, question: CheckedQuestion): Promise<CheckedAnswer> {
  const { from, to, domain, target } = question;
  return inTransaction(db, async (db) => {
    const turned_out = await turnedOut(db, to);
    const compared = await comparedAnswers(db, { from, to });
    const counting = countChecked({ from, to, domain, target, turned_out, compared });
    for await (const facts of readFacts(db, { from, to }, CHECKED_COLUMNS)) counting.add(facts);
    const groups = counting.groups();
    const named = question.model?.toLowerCase();
    const model = groups.find((one) => one.model.toLowerCase() === named)?.model ?? null;
    const own = groups.filter((one) => model === null || one.model === model);
    const total = (of: 'items' | 'let_through') => own.reduce((sum, group) => sum + group[of], 0);
    const samples = counting.samples(model);
    return {
      model,
      groups,
      all: calibrate(samples),
      items: total('items'),
      let_through: total('let_through'),
      search: searchThreshold(samples, target),
    };
  });
}
