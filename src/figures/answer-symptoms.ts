/** Answers what stands out in a period, beside as long a one right before. */
import { countLooks, LOOK_COLUMNS, symptomsOf, type Symptom } from '../../stats/symptoms.ts';
import type { Db } from '../store/database.ts';
import { readFacts } from '../store/facts.ts';
import { inTransaction } from '../store/prepared.ts';
import { answerPeriod } from './answer-question.ts';
import type { SymptomsQuestion } from './weekly-digest.ts';

export async function answerSymptoms(db: Db, asked: SymptomsQuestion): Promise<Symptom[]> {
  const { from, to, timezone } = asked;
  const by = 'domain' as const;
  const everybody = { domain: null, expert: null, prices: null };
  const period = { ask: 'period' as const, from, to, timezone, by, ...everybody };
  const { groups, agreement } = await answerPeriod(db, period);
  const counting = countLooks(from, to);
  const looks = await inTransaction(db, async (db) => {
    for await (const facts of readFacts(db, asked, LOOK_COLUMNS)) counting.add(facts);
    return counting.looks();
  });
  return symptomsOf({ groups, agreement, looks });
}
