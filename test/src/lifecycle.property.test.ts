import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALLOWABLE, ERROR_TAGS, KINDS, OUTCOMES } from '../../src/item.ts';
import {
  STATUSES,
  transition,
  type ItemState,
  type LifeEvent,
  type Several,
  type Transition,
  type Verdict,
} from '../../src/lifecycle.ts';

const REQUESTER = 'U0ASKED';
const person = fc.constantFrom('U0ALICE', 'U0BOB', 'U0CAROL', REQUESTER);

const verdict: fc.Arbitrary<Verdict> = fc.oneof(
  fc.constant<Verdict>({ word: 'approve' }),
  fc.constant<Verdict>({ word: 'edit', edited: { amount: 1 } }),
  fc
    .constantFrom(...ERROR_TAGS)
    .map((tag): Verdict => ({ word: 'reject', rationale: 'no', error_tags: [tag] })),
  fc.constant<Verdict>({ word: 'answer', answer: 'yes' }),
  fc.constant<Verdict>({ word: 'prefer', choice: 'a' }),
);

const event: fc.Arbitrary<LifeEvent> = fc.oneof(
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

const fresh: fc.Arbitrary<ItemState> = fc.record({
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
function live(start: ItemState, events: LifeEvent[]) {
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

const lives = fc.tuple(fresh, fc.array(event, { maxLength: 30 }));
const MANY = { numRuns: 500 };

describe('the life of an item, whatever happens to it', () => {
  it('stays in the table: its status fits its outcome, its claim and its times', () => {
    fc.assert(
      fc.property(lives, ([start, events]) => {
        for (const { answer } of live(start, events).steps) {
          if (!answer.ok) continue;
          const { state } = answer;
          expect(STATUSES).toContain(state.status);
          expect(state.status === 'decided').toBe(state.outcome !== null);
          expect(state.status === 'decided').toBe(state.decided_at !== null);
          if (state.outcome !== null) expect(OUTCOMES).toContain(state.outcome);
          if (state.status === 'claimed') expect(state.claimed_by).not.toBeNull();
          if (state.status === 'open') expect(state.claimed_by).toBeNull();
          if (state.claimed_by !== null) expect(state.claimed_at).not.toBeNull();
        }
      }),
      MANY,
    );
  });

  it('changes its version by one at each change, and what was never its own to change stays', () => {
    fc.assert(
      fc.property(lives, ([start, events]) => {
        for (const { before, answer } of live(start, events).steps) {
          if (!answer.ok) continue;
          const { state } = answer;
          expect(state.version).toBe(before.version + 1);
          expect(state.view_rev - before.view_rev).toBe(state.status === 'decided' ? 1 : 0);
          expect(state).toMatchObject({
            id: start.id,
            kind: start.kind,
            allowed: start.allowed,
            requester_slack_user: start.requester_slack_user,
          });
        }
      }),
      MANY,
    );
  });

  it('ends once: of any row of decisions, expiries and cancellations exactly the first that holds wins', () => {
    fc.assert(
      fc.property(lives, ([start, events]) => {
        const { end, steps } = live(start, events);
        const ends = steps.filter(({ answer }) => answer.ok && answer.state.status === 'decided');
        expect(ends.length).toBe(end.status === 'decided' ? 1 : 0);
        const [first] = ends;
        if (!first) return;
        for (const { answer } of steps.slice(steps.indexOf(first) + 1))
          expect(answer).toEqual({ ok: false, refused: 'decided', outcome: end.outcome });
        expect(first.answer).toEqual({ ok: true, state: end });
      }),
      MANY,
    );
  });

  it('never lets a requester decide their own, nor a word that its kind or its producer does not take', () => {
    fc.assert(
      fc.property(lives, ([start, events]) => {
        for (const { event, before, answer } of live(start, events).steps) {
          if (event.type !== 'decide' || !answer.ok) continue;
          expect(event.by).not.toBe(start.requester_slack_user);
          expect(event.seen_rev ?? before.view_rev).toBe(before.view_rev);
          const needed = event.verdict.word === 'prefer' ? 'answer' : event.verdict.word;
          expect(start.allowed).toContain(needed);
          expect(OUTCOME[start.kind]).toContain(answer.state.outcome);
        }
      }),
      MANY,
    );
  });

  it('is not altered by being asked: the state that went in is the one it was', () => {
    fc.assert(
      fc.property(fresh, event, (state, one) => {
        const before = structuredClone(state);
        transition(state, one, 5);
        expect(state).toEqual(before);
      }),
      MANY,
    );
  });
});

/** The table of kinds and outcomes, as the design has it. */
const OUTCOME = {
  approval: ['approved', 'edited', 'rejected'],
  review: ['approved', 'edited', 'rejected'],
  question: ['answered'],
  comparison: ['preferred'],
};

describe('claims', () => {
  const open: ItemState = {
    id: 'order-1',
    kind: 'approval',
    allowed: ['approve'],
    requester_slack_user: null,
    version: 1,
    view_rev: 1,
    status: 'open',
    outcome: null,
    claimed_by: null,
    claimed_at: null,
    decided_at: null,
    several: null,
  };
  const claimed: ItemState = {
    ...open,
    version: 2,
    status: 'claimed',
    claimed_by: 'U0ALICE',
    claimed_at: 10,
  };

  it.each<[string, ItemState, LifeEvent, object]>([
    [
      'an open item is claimed',
      open,
      { type: 'claim', by: 'U0ALICE' },
      { ok: true, state: claimed },
    ],
    ['not twice', claimed, { type: 'claim', by: 'U0ALICE' }, { refused: 'claimed', by: 'U0ALICE' }],
    ['not from another', claimed, { type: 'claim', by: 'U0BOB' }, { refused: 'claimed' }],
    [
      'an unclaimed one is not let go',
      open,
      { type: 'release', by: 'U0BOB' },
      { refused: 'not_claimed' },
    ],
    [
      'nor by another',
      claimed,
      { type: 'release', by: 'U0BOB' },
      { refused: 'not_yours', by: 'U0ALICE' },
    ],
    [
      'let go, it remembers when it was first claimed',
      claimed,
      { type: 'release', by: 'U0ALICE' },
      { state: { status: 'open', claimed_by: null, claimed_at: 10, version: 3 } },
    ],
    [
      'another may still decide what somebody has claimed',
      claimed,
      { type: 'decide', by: 'U0BOB', verdict: { word: 'approve' }, seen_rev: 1 },
      { state: { outcome: 'approved', view_rev: 2, decided_at: 10 } },
    ],
    [
      'a click on an older card is told so',
      { ...open, view_rev: 2 },
      { type: 'decide', by: 'U0BOB', verdict: { word: 'approve' }, seen_rev: 1 },
      { refused: 'changed' },
    ],
  ])('%s', (_story, state, event, answer) => {
    expect(transition(state, event, 10)).toMatchObject(answer);
  });
});

describe('where several people decide', () => {
  const stage = (name: string) => ({ name, by: `group:${name}`, level: null, decide_within: null });
  const several: fc.Arbitrary<Several> = fc.oneof(
    fc.integer({ min: 2, max: 4 }).map((quorum): Several => ({ ...alone, quorum })),
    fc.integer({ min: 2, max: 4 }).map((count): Several => ({
      ...alone,
      stages: ['one', 'two', 'three', 'four'].slice(0, count).map(stage),
    })),
  );
  const alone: Several = {
    quorum: 1,
    stages: [],
    stage: 0,
    sent_back: [],
    from_rung: 1,
    singly: false,
  };
  const signed = fc.array(fc.record({ by: person, stage: fc.integer({ min: 0, max: 3 }) }), {
    maxLength: 3,
  });
  const step: fc.Arbitrary<LifeEvent> = fc.oneof(
    {
      weight: 5,
      arbitrary: fc
        .record({ by: person, verdict, agreed: fc.integer({ min: 1, max: 4 }), signed })
        .map((decide): LifeEvent => ({ type: 'decide', ...decide, next_rung: 7 })),
    },
    {
      weight: 2,
      arbitrary: fc
        .record({ by: person, seen_rev: fc.integer({ min: 1, max: 4 }), signed })
        .map((send): LifeEvent => ({ type: 'send_back', ...send, next_rung: 7 })),
    },
    event,
    fc.constant<LifeEvent>({ type: 'open_up', next_rung: 3 }),
  );
  const together = fc.tuple(
    fc.tuple(fresh, several).map(([state, of]): ItemState => ({ ...state, several: of })),
    fc.array(step, { maxLength: 30 }),
  );

  it('fewer than the quorum never end it, nor anyone before the last stage, unless by a rejection', () => {
    fc.assert(
      fc.property(together, ([start, events]) => {
        for (const { event: one, before, answer } of live(start, events).steps) {
          if (one.type !== 'decide' || !answer.ok || before.several === null) continue;
          const { quorum, stages, stage: at } = before.several;
          if (answer.state.status !== 'decided') continue;
          expect(one.agreed ?? 1).toBeGreaterThanOrEqual(quorum);
          if (one.verdict.word !== 'reject') expect(at).toBeGreaterThanOrEqual(stages.length - 1);
        }
      }),
      MANY,
    );
  });

  it('nobody has a word at two stages, nor the requester at any', () => {
    fc.assert(
      fc.property(together, ([start, events]) => {
        for (const { event: one, before, answer } of live(start, events).steps) {
          if ((one.type !== 'decide' && one.type !== 'send_back') || !answer.ok) continue;
          expect(one.by).not.toBe(start.requester_slack_user);
          for (const other of one.signed ?? [])
            if (other.by === one.by) expect(other.stage).toBe(before.several?.stage);
        }
      }),
      MANY,
    );
  });

  it('each change of stage is unclaimed and makes older cards out of date; each stage sends back once', () => {
    fc.assert(
      fc.property(together, ([start, events]) => {
        const { end, steps } = live(start, events);
        for (const { before, answer } of steps) {
          if (!answer.ok || before.several === null) continue;
          const { state } = answer;
          const turned = state.several !== before.several;
          const ended = state.status === 'decided';
          expect(state.version).toBe(before.version + 1);
          expect(state.view_rev - before.view_rev).toBe(turned || ended ? 1 : 0);
          if (turned) expect([state.status, state.claimed_by]).toEqual(['open', null]);
          if (state.several) expect(state.several.stage).toBeGreaterThanOrEqual(0);
        }
        const back = end.several?.sent_back ?? [];
        expect(new Set(back).size).toBe(back.length);
        expect(back).not.toContain(0);
      }),
      MANY,
    );
  });
});
