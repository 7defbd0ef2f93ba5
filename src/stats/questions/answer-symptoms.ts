/** Answers what stands out in a period, beside as long a one right before. */
import type { Symptom } from '../formulas/symptoms.ts';
import type { Db } from '../../store/database.ts';
import { answerPeriod } from './answer-question.ts';
import type { SymptomsQuestion } from '../watch/weekly-digest.ts';

export async function answerSymptoms(db: Db, asked: SymptomsQuestion): Promise<Symptom[]> {
  const { from, to, timezone } = asked;
  const everybody = { domain: null, expert: null, prices: null };
  const by = 'domain' as const;
  const { symptoms } = await answerPeriod(db, {
    ...{ ask: 'period', from, to, timezone, by },
    ...everybody,
  });
  return symptoms ?? [];
}
