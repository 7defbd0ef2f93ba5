/** Any life of an item: states, events, and what comes of them. */
import fc from 'fast-check';
import { ALLOWABLE, ERROR_TAGS, KINDS } from '../../../src/domain/item.ts';
import {
  transition,
  type ItemState,
  type LifeEvent,
  type Transition,
  type Verdict,
} from '../../../src/domain/lifecycle.ts';
import { runs } from '../../runs.ts';

const REQUESTER = 'U0ASKED';
export const person = fc.constantFrom('U0ALICE', 'U0BOB', 'U0CAROL', REQUESTER);

export const verdict: fc.Arbitrary<Verdict> = fc.oneof(
  fc.constant<Verdict>({ word: 'approve' }),
  fc.constant<Verdict>({ word: 'edit', edited: { amount: 1 } }),
  fc
    .constantFrom(...ERROR_TAGS)
    .map((tag): Verdict => ({ word: 'reject', rationale: 'no', error_tags: [tag] })),
  fc.constant<Verdict>({ word: 'answer', answer: 'yes' }),
  fc.constant<Verdict>({ word: 'prefer', choice: 'a' }),
);

export const event: fc.Arbitrary<LifeEvent> = fc.oneof(
  { weight: 3, arbitrary: person.map((by): LifeEvent => ({ type: 'claim', by })) },
  { weight: 3, arbitrary: person.map((by): LifeEvent => ({ type: 'release', by })) },
  {
    weight: 3,
    arbitrary: fc
      .record(
        { by: person, verdict, seen_rev: fc.integer({ min: 1, max: 3 }) },
        { requiredKeys: ['by', 'verdict'] },
      )
      .map((decide): LifeEvent => ({ type: 'decide', ...decide })),
  },
  fc
    .constantFrom('let_through' as const, 'refuse' as const, 'expire' as const, 'cancel' as const)
    .map((type): LifeEvent => ({ type })),
);

export const fresh: fc.Arbitrary<ItemState> = fc.record({
  id: fc.constant('order-1'),
  kind: fc.constantFrom(...KINDS),
  allowed: fc.subarray([...ALLOWABLE], { minLength: 1 }),
  requester_slack_user: fc.constantFrom(null, REQUESTER),
  version: fc.constant(1),
  view_rev: fc.constant(1),
  status: fc.constant('open' as const),
  outcome: fc.constant(null),
  claimed_by: fc.constant(null),
  claimed_at: fc.constant(null),
  decided_at: fc.constant(null),
  several: fc.constant(null),
});

/** The item after each event that happened, with what each event was answered. */
export function live(start: ItemState, events: LifeEvent[]) {
  const states = [start];
  const steps: { event: LifeEvent; before: ItemState; answer: Transition }[] = [];
  for (const [at, one] of events.entries()) {
    const before = states.at(-1) ?? start;
    const answer = transition(before, one, 1000 + at);
    steps.push({ event: one, before, answer });
    if (answer.ok) states.push(answer.state);
  }
  return { end: states.at(-1) ?? start, steps };
}

export const lives = fc.tuple(fresh, fc.array(event, { maxLength: 30 }));
export const MANY = { numRuns: runs(500) };
