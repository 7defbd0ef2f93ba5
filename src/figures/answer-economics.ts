/** Answers what looking cost and what it saved. */
import { countEconomics, ECONOMICS_COLUMNS, type DomainEconomics } from '../../stats/economics.ts';
import type { Db } from '../store/database.ts';
import { readFacts } from '../store/facts.ts';
import { inTransaction } from '../store/prepared.ts';
import type { EconomicsQuestion } from './question.ts';

export function answerEconomics(db: Db, question: EconomicsQuestion): Promise<DomainEconomics[]> {
  const counting = countEconomics(question);
  return inTransaction(db, async (db) => {
    for await (const facts of readFacts(db, question, ECONOMICS_COLUMNS)) counting.add(facts);
    return counting.domains();
  });
}
