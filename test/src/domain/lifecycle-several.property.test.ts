import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ItemState, type LifeEvent, type Several } from '../../../src/domain/lifecycle.ts';
import { person, verdict, event, fresh, live, MANY } from './lives.ts';

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
