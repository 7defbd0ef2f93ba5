import { describe, expect, it } from 'vitest';
import {
  factsOf,
  NAME_COLUMNS,
  NUMBER_COLUMNS,
  type FactRow,
} from '../../../../src/stats/formulas/facts.ts';
import type { Group } from '../../../../src/stats/formulas/period-figures.ts';
import { countLooks, symptomsOf, type Noticed } from '../../../../src/stats/formulas/symptoms.ts';
import { figuresOf, newTally, outcomePlace } from '../../../../src/stats/formulas/tally.ts';

/** So many came in, so many of them asked; so many were seen, so many of them edited. */
type Counts = [arrived: number, asked: number, seen: number, edited: number];

function figures([arrived, asked, seen, edited]: Counts) {
  const tally = newTally();
  tally.routes = [asked, arrived - asked, 0];
  tally.outcomes[outcomePlace('approved')] = seen - edited;
  tally.outcomes[outcomePlace('edited')] = edited;
  return figuresOf(tally);
}

const domain = (before: Counts, now: Counts): Group => ({
  name: 'billing',
  now: figures(now),
  before: figures(before),
});

const week = (more: Partial<Noticed>): Noticed => ({
  groups: [],
  agreement: [],
  looks: [],
  ...more,
});
const names = (more: Partial<Noticed>) => symptomsOf(week(more)).map((one) => one.symptom);

describe('a domain’s two weeks', () => {
  it.each<[string, Counts, Counts, string[]]>([
    ['more is asked of as much', [500, 100, 90, 9], [500, 200, 190, 19], ['review_grows']],
    ['more is asked, as more comes in', [500, 100, 90, 9], [1000, 200, 190, 19], []],
    ['a larger share, and fewer', [500, 250, 240, 24], [200, 140, 130, 13], []],
    ['a little more, within the interval', [500, 100, 90, 9], [500, 110, 100, 10], []],
    ['too few came in before', [49, 5, 5, 0], [500, 300, 290, 29], []],
    ['too few come in now', [500, 50, 45, 4], [49, 49, 40, 4], []],
    ['better answers, as much work', [500, 200, 200, 80], [500, 200, 200, 20], ['labour_stays']],
    ['better answers, less work', [500, 200, 200, 80], [500, 150, 150, 15], []],
    ['worse answers, as much work', [500, 200, 200, 20], [500, 200, 200, 80], []],
    ['better answers, of which too few were seen', [500, 200, 49, 40], [500, 200, 200, 2], []],
    ['nothing at all', [0, 0, 0, 0], [0, 0, 0, 0], []],
  ])('%s', (_, before, now, symptoms) => {
    expect(names({ groups: [domain(before, now)] })).toEqual(symptoms);
  });

  it('come with their numbers', () => {
    const groups = [domain([500, 100, 90, 9], [600, 200, 190, 19])];
    expect(symptomsOf(week({ groups }))).toEqual([
      {
        symptom: 'review_grows',
        domain: 'billing',
        asked: { now: 200, before: 100 },
        arrived: { now: 600, before: 500 },
      },
    ]);
  });
});

describe('what several people judged', () => {
  it.each([
    [6, 20, ['disputed']],
    [5, 20, []],
    [19, 19, []],
    [0, 0, []],
  ])('%i of %i disputed', (disputed, units, symptoms) => {
    const agreement = [{ domain: 'billing', agreement: { alpha: null, disputed, units } }];
    expect(names({ agreement })).toEqual(symptoms);
  });
});

describe('how fast somebody decides', () => {
  it.each([
    [3999, 20, ['hasty']],
    [4000, 20, []],
    [100, 19, []],
  ])('half within %i ms, of %i', (p50, count, symptoms) => {
    expect(names({ looks: [{ expert: 'U0ALICE', p50, count }] })).toEqual(symptoms);
  });

  it('is counted from the claim, else from coming in, of people’s decisions in that time', () => {
    const row = (more: Partial<FactRow>): FactRow => ({
      ...(Object.fromEntries(
        [...NUMBER_COLUMNS, ...NAME_COLUMNS].map((one) => [one, null]),
      ) as FactRow),
      ...{ requested_at: 1000, claimed_at: 6000, decided_at: 9000, by: 'human', expert: 'U0BOB' },
      ...more,
    });
    const counting = countLooks({ from: 2000, to: 10_000, domain: null });
    counting.add(factsOf([row({}), row({ claimed_at: null }), row({ decided_at: 10_000 })]));
    counting.add(
      factsOf([row({ by: 'policy' }), row({ decided_at: null }), row({ expert: null })]),
    );
    expect(counting.looks()).toEqual([{ expert: 'U0BOB', p50: 5500, count: 2 }]);
  });
});
