import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { movableClock } from '../../simulator/web/server/movable-clock.ts';
import { steps } from '../../simulator/web/server/advance-clock.ts';
import { wait } from '../../src/domain/clock.ts';
import { manualClock } from '../manual-clock.ts';

const MINUTE = 60_000;
const START = Date.parse('2026-11-23T09:00:00Z');

describe('the workspace’s clock', () => {
  it('runs as the one below, ahead by all that it was moved', () => {
    const below = manualClock(START);
    const clock = movableClock(below);
    clock.move(5 * MINUTE);
    below.advance(1_000);
    clock.move(MINUTE);
    expect(clock.now()).toBe(START + 6 * MINUTE + 1_000);
    expect(clock.offset()).toBe(6 * MINUTE);
  });

  it('rings what has become due in order, once, and leaves what has not', () => {
    const below = manualClock(START);
    const clock = movableClock(below);
    const rung: string[] = [];
    clock.at(START + 20 * MINUTE, () => rung.push('later'));
    clock.at(START + 10 * MINUTE, () => rung.push('sooner'));
    clock.at(START + 60 * MINUTE, () => rung.push('not yet'));
    const callOff = clock.at(START + 5 * MINUTE, () => rung.push('called off'));
    clock.move(3 * MINUTE);
    callOff();
    clock.move(27 * MINUTE);
    below.advance(0);
    expect(rung).toEqual(['sooner', 'later']);
    below.advance(30 * MINUTE);
    expect(rung).toEqual(['sooner', 'later', 'not yet']);
  });

  it('ends a wait over the machine’s own timers without the time passing', async () => {
    const clock = movableClock();
    const waited = wait(clock, 24 * 60 * MINUTE, new AbortController().signal);
    clock.move(24 * 60 * MINUTE);
    await waited;
    expect(clock.offset()).toBe(24 * 60 * MINUTE);
  });

  it('never goes back', () => {
    expect(() => movableClock().move(-1)).toThrow(RangeError);
    expect(() => movableClock().move(Number.NaN)).toThrow(RangeError);
  });
});

describe('walking the clock', () => {
  it('goes five minutes at a time for an hour, then by hours', () => {
    expect(steps(5 * MINUTE)).toEqual([5 * MINUTE]);
    expect(steps(60 * MINUTE)).toEqual(Array.from({ length: 12 }, () => 5 * MINUTE));
    expect(steps(24 * 60 * MINUTE).slice(11, 14)).toEqual([5 * MINUTE, 60 * MINUTE, 60 * MINUTE]);
  });

  it('sums up to what was asked', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 31 * 24 * 60 * MINUTE }), (ms) => {
        const walked = steps(ms);
        expect(walked.every((step) => step > 0)).toBe(true);
        expect(walked.reduce((sum, step) => sum + step, 0)).toBe(ms);
      }),
    );
  });
});
