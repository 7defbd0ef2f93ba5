import fc from 'fast-check';
import pino from 'pino';
import { describe, expect, it } from 'vitest';
import { createOutage } from '../../../src/world/outage.ts';
import { manualClock } from '../../manual-clock.ts';

function watched() {
  const lines: Record<string, unknown>[] = [];
  const log = pino(
    { base: undefined },
    { write: (line: string) => void lines.push(JSON.parse(line)) },
  );
  const clock = manualClock(1_000_000);
  return { lines, clock, outage: createOutage({ clock, log }, { away: 'away', back: 'back' }) };
}

describe('an outage in the log', () => {
  it('is said once, once a minute while it lasts, and once that it is over', () => {
    const { lines, clock, outage } = watched();
    outage.over();
    for (let second = 0; second < 150; second += 1) {
      outage.met('ECONNREFUSED');
      clock.advance(1000);
    }
    outage.over();
    outage.over();
    expect(lines.map(({ msg, cause, for_s, unsaid }) => ({ msg, cause, for_s, unsaid }))).toEqual([
      { msg: 'away', cause: 'ECONNREFUSED' },
      { msg: 'away', cause: 'ECONNREFUSED', for_s: 60, unsaid: 59 },
      { msg: 'away', cause: 'ECONNREFUSED', for_s: 120, unsaid: 59 },
      { msg: 'back', for_s: 150 },
    ]);
  });

  it('a new cause is said at once, the first few of them', () => {
    const { lines, outage } = watched();
    for (const cause of ['a', 'b', 'a', 'c', 'd', 'e']) outage.met(cause);
    expect(lines.map((line) => line['cause'])).toEqual(['a', 'b', 'c']);
  });

  it('says no more than a line a minute and a few causes, whatever is met and wherever the clock is set', () => {
    const step = fc.record({
      cause: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      ms: fc.integer({ min: 0, max: 5000 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const { lines, clock, outage } = watched();
        for (const { cause, ms } of steps) {
          outage.met(cause);
          clock.advance(ms);
        }
        const lasted = steps.reduce((sum, { ms }) => sum + ms, 0);
        expect(lines.length).toBeLessThanOrEqual(3 + lasted / 60_000);
        expect(lines.length).toBeGreaterThanOrEqual(Math.min(1, steps.length));
      }),
      { numRuns: 50 },
    );
  });
});
