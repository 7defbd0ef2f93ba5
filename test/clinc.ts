/** The 3,100 real questions beside the checkout, as items that people looked at; null where the data is not there. */
import { existsSync, readFileSync } from 'node:fs';
import type { PastItem } from './history.ts';

export interface RealAnswer {
  id: string;
  predicted: string;
  domain: string;
  confidence: number;
  label: string;
}

const FILE = 'shared/data/clinc150-val.jsonl';

export function realAnswers(): RealAnswer[] | null {
  const path = [`../${FILE}`, `../../${FILE}`].find((one) => existsSync(one));
  if (path === undefined) return null;
  const lines = readFileSync(path, 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as RealAnswer);
}

/** Each was reviewed by somebody who knows: right is approved, wrong is edited. One a minute, the last at `until`. */
export function reviewed(answers: readonly RealAnswer[], until: number): PastItem[] {
  return answers.map((one, at) => {
    const requested_at = until - (answers.length - at) * 60_000;
    return {
      id: one.id,
      kind: 'review',
      domain: one.domain,
      rule: 'all',
      route: 'ask',
      model: 'softmax 1',
      cohort: null,
      tags: [],
      confidence: one.confidence,
      impact: 5,
      level: 1,
      check_of: null,
      sample: null,
      rungs: [],
      requested_at,
      claimed_at: null,
      due_at: null,
      end: {
        at: requested_at + 30_000,
        outcome: one.predicted === one.label ? 'approved' : 'edited',
        by: 'human',
        expert: 'U0ALICE',
      },
    };
  });
}
