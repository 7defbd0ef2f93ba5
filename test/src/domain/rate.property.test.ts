/** A rate takes as many at once as it has, and never more than twice that in any time as long as its own. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nextOf, type Rate, type Taken } from '../../../src/domain/rate.ts';

const START = Date.UTC(2026, 10, 23);

/** The moments at which one who tries at each of these was let in. */
function letIn(rate: Rate, tries: readonly number[]): number[] {
  let taken: Taken | undefined;
  return tries.filter((now) => {
    const next = nextOf(rate, taken, now);
    if (next.at > now) return false;
    taken = next.taken;
    return true;
  });
}

it('as many at once as it has; then one each time its share has passed', () => {
  const rate = { count: 3, per_ms: 60_000 };
  const at = (...seconds: number[]) => seconds.map((one) => START + one * 1000);
  expect(letIn(rate, at(0, 0, 0, 0, 19, 20, 20, 39, 40, 200, 200, 200, 200))).toEqual(
    at(0, 0, 0, 20, 40, 200, 200, 200),
  );
  expect(nextOf(rate, { until: START + 60_000, seen: START }, START).at).toBe(START + 20_000);
});

it('never more than twice its number in any such time, and who waits as told is let in', () => {
  fc.assert(
    fc.property(
      fc.record({
        count: fc.integer({ min: 1, max: 20 }),
        per_ms: fc.integer({ min: 1000, max: 60_000 }),
      }),
      fc.array(fc.integer({ min: 0, max: 5000 }), { maxLength: 200 }),
      (rate, gaps) => {
        let now = START;
        const tries = gaps.map((gap) => (now += gap));
        const came = letIn(rate, tries);
        for (const from of came)
          expect(
            came.filter((one) => one >= from && one < from + rate.per_ms).length,
          ).toBeLessThanOrEqual(2 * rate.count);
        let taken: Taken | undefined;
        for (let at = 0; at < 50; at += 1) {
          const next = nextOf(rate, taken, Math.ceil(nextOf(rate, taken, now).at));
          expect(next.at).toBeLessThanOrEqual(
            Math.max(now, Math.ceil(nextOf(rate, taken, now).at)),
          );
          now = Math.max(now, Math.ceil(next.at));
          taken = next.taken;
        }
      },
    ),
  );
});

it('a clock that is set back makes nobody wait longer', () => {
  const rate = { count: 1, per_ms: 1000 };
  const { taken } = nextOf(rate, undefined, START);
  expect(nextOf(rate, taken, START - 3_600_000).at - (START - 3_600_000)).toBe(1000);
});
