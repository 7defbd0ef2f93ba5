/**
 * A year of a busy desk: three rotations in three zones, overrides, people who are away, outages of the pager and a clock
 * that is wrong by an hour, and experts who answer, are late, or never do. The ladder of the product on one side; on the
 * other a plain specification that steps through the minutes and knows nothing of it.
 */
import { expect, test } from 'vitest';
import { asBuilt } from './busy-year/as-built.ts';
import { asSpecified } from './busy-year/as-specified.ts';
import { clockAt, ITEMS, MINUTE, OUTAGES } from './busy-year/year.ts';

test('at every instant exactly the people of the plain specification are paged, each rung once, and no item is without an end', () => {
  const ends = { decided: 0, expired: 0 };
  let paged = 0;
  /** Items for which nobody was on call at first. */
  let waited = 0;
  /** Pages of what came due while the pager was down; pages while its clock was wrong, and just as it was set. */
  let overtaken = 0;
  let wrong = 0;
  let jumped = 0;
  for (const [at, item] of ITEMS.entries()) {
    const built = asBuilt(item);
    expect({ at, ...built }).toEqual({ at, ...asSpecified(item) });
    const rungs = built.pages.map((page) => page.rung);
    expect(new Set(rungs).size).toBe(rungs.length);
    ends[built.end.how] += 1;
    paged += rungs.length;
    const later = built.pages.filter((one) => one.at > item.asked);
    waited += later.filter((one) => one === built.pages[0]).length;
    overtaken += later.filter((one) => OUTAGES.some(({ until }) => until === one.at)).length;
    wrong += later.filter((one) => clockAt(one.at) !== one.at).length;
    jumped += later.filter((one) => clockAt(one.at) - clockAt(one.at - MINUTE) > MINUTE).length;
  }
  // The year was a busy one, and everything in it happened.
  expect(Math.min(ends.decided, ends.expired, waited, overtaken, wrong, jumped)).toBeGreaterThan(
    50,
  );
  expect(paged).toBeGreaterThan(ITEMS.length);
});
