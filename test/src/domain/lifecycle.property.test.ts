import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OUTCOMES } from '../../../src/domain/item.ts';
import {
  STATUSES,
  transition,
  type ItemState,
  type LifeEvent,
} from '../../../src/domain/lifecycle.ts';
import { event, fresh, live, lives, MANY } from './lives.ts';

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
