import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limitsOver, limitsUnder, spaceWarning } from '../../../src/domain/free-space.ts';

const GB = 1e9;

describe('free space', () => {
  it.each([
    [{ free: 50 * GB, total: 100 * GB }, []],
    [{ free: 10 * GB, total: 100 * GB }, []],
    [{ free: 9.9 * GB, total: 100 * GB }, ['tenth']],
    [{ free: 0.9 * GB, total: 100 * GB }, ['tenth', 'gigabyte']],
    [{ free: 0.9 * GB, total: 2 * GB }, ['gigabyte']],
    [{ free: 0, total: 0 }, ['gigabyte']],
  ] as const)('of %o is under %o', (space, limits) => {
    expect(limitsUnder(space)).toEqual(limits);
    expect(spaceWarning(space, '/data') === null).toBe(limits.length === 0);
  });

  it('is warned of with how much is left, and where', () => {
    expect(spaceWarning({ free: 0.44 * GB, total: 20 * GB }, '/data')).toMatch(
      /^0\.4 GB \(2%\) free on the disk that HITL_DATA_DIR \(\/data\) is on: make room/,
    );
  });

  it('is never under and over a limit at once, and just above it is neither', () => {
    const bytes = fc.integer({ min: 0, max: 4e12 });
    fc.assert(
      fc.property(bytes, bytes, (free, total) => {
        const space = { free: Math.min(free, total), total };
        const over = limitsOver(space);
        expect(limitsUnder(space).filter((limit) => over.includes(limit))).toEqual([]);
      }),
    );
    const brim = { free: 10.5 * GB, total: 100 * GB };
    expect([limitsUnder(brim), limitsOver(brim)]).toEqual([[], ['gigabyte']]);
  });
});
