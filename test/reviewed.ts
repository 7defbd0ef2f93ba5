/** Real questions as items that people looked at. */
import type { Query } from './clinc150.ts';
import type { PastItem } from './history.ts';

/** Each was reviewed by somebody who knows: right is approved, wrong is edited. One a minute, the last at `until`. */
export function reviewed(
  answers: readonly Omit<Query, 'text' | 'second_opinion'>[],
  until: number,
): PastItem[] {
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
