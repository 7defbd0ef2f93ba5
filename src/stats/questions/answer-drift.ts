/** Answers how far what comes in has moved. */
import { countDrift, DRIFT_COLUMNS, type Drift } from '../formulas/drift.ts';
import type { Db } from '../../store/database.ts';
import { readFacts } from '../facts/read-facts.ts';
import { inTransaction } from '../../store/prepared.ts';
import type { DriftQuestion } from '../watch/watch-drift.ts';

export function answerDrift(db: Db, { reference, recent }: DriftQuestion): Promise<Drift> {
  const counting = countDrift({ reference, recent });
  const both = { from: reference.from, to: recent.to };
  return inTransaction(db, async (db) => {
    for await (const facts of readFacts(db, both, DRIFT_COLUMNS)) counting.add(facts);
    return counting.drift();
  });
}
