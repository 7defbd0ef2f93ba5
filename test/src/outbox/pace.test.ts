import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoff, createPace } from '../../../src/outbox/pace.ts';

describe('the pace of a lane', () => {
  it('holds nothing back until it is told to', () => {
    const pace = createPace();
    pace.sent(1000);
    expect(pace.readyAt(1000)).toBeLessThanOrEqual(1000);
  });

  it('told to rest, it rests as long as it was told, then keeps a gap of a second', () => {
    const pace = createPace();
    pace.told(10_000, 3000);
    expect(pace.readyAt(10_000)).toBeGreaterThanOrEqual(13_000);
    expect(pace.readyAt(10_000)).toBeLessThan(13_100);
    pace.sent(13_050);
    expect(pace.readyAt(13_050)).toBeGreaterThanOrEqual(14_050);
    expect(pace.readyAt(13_050)).toBeLessThan(14_150);
  });

  it('told again, it keeps a wider gap; its backlog gone, none', () => {
    const pace = createPace();
    pace.told(0, 1000);
    pace.told(5000, 1000);
    pace.sent(10_000);
    expect(pace.readyAt(10_000)).toBeGreaterThanOrEqual(11_500);
    pace.forget();
    expect(pace.readyAt(10_000)).toBeLessThanOrEqual(10_000);
  });

  it('forgetting the gap does not cut a rest short', () => {
    const pace = createPace();
    pace.told(0, 60_000);
    pace.forget();
    expect(pace.readyAt(0)).toBeGreaterThanOrEqual(60_000);
  });

  it('a clock set back by an hour makes the rest no longer', () => {
    const pace = createPace();
    pace.told(7_200_000, 3000);
    const ready = pace.readyAt(3_600_000);
    expect(ready).toBeGreaterThanOrEqual(3_603_000);
    expect(ready).toBeLessThan(3_603_100);
    pace.sent(3_603_050);
    expect(pace.readyAt(3_050)).toBeLessThan(4_200);
  });
});

describe('how long a failed try waits', () => {
  it('doubles from a second to five minutes, each between half and whole', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2000 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (attempts, chance) => {
          const whole = Math.min(300_000, 1000 * 2 ** (attempts - 1));
          const waited = backoff(attempts, () => chance);
          expect(waited).toBeGreaterThanOrEqual(Math.floor(whole / 2));
          expect(waited).toBeLessThanOrEqual(whole);
        },
      ),
    );
  });

  it('the first within two seconds', () => {
    expect(backoff(1, () => 0.999)).toBeLessThanOrEqual(2000);
  });

  it('is not the same for all that failed together', () => {
    expect(new Set([0, 0.25, 0.5, 0.75].map((chance) => backoff(5, () => chance))).size).toBe(4);
  });
});
