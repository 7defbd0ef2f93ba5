import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  breakEven,
  countEconomics,
  ECONOMICS_COLUMNS,
  errorCost,
  FEWEST_LOOKS,
  LONGEST_LOOK_MS,
  type Prices,
} from '../../../../src/stats/formulas/economics.ts';
import {
  factsOf,
  NAME_COLUMNS,
  NUMBER_COLUMNS,
  type FactRow,
} from '../../../../src/stats/formulas/facts.ts';
import { pastItem, seeded } from '../../../history.ts';
import { runs } from '../../../runs.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const PRICES: Prices = {
  by_person: [['U0CAROL', 3]],
  by_domain: [['billing', 2]],
  otherwise: 1,
  error: { per_point: 10 },
  delay_hour: 6,
};

/** Approved by somebody after ten minutes, the last five of them claimed. */
const row = (more: Partial<FactRow>): FactRow => ({
  ...(Object.fromEntries(
    [...NUMBER_COLUMNS, ...NAME_COLUMNS].map((one) => [one, null]),
  ) as FactRow),
  requested_at: 0,
  claimed_at: 5 * MINUTE,
  decided_at: 10 * MINUTE,
  impact: 4,
  domain: 'billing',
  outcome: 'approved',
  by: 'human',
  expert: 'U0BOB',
  ...more,
});

function economics(rows: FactRow[], prices = PRICES, domain: string | null = null) {
  const counting = countEconomics({ from: 0, to: DAY, domain, prices });
  // In two batches, as they are read.
  counting.add(factsOf(rows.slice(0, 3)));
  counting.add(factsOf(rows.slice(3)));
  return counting.domains();
}

describe('what one item costs and saves', () => {
  it.each<[string, Partial<FactRow>, object]>([
    // 5 min × 2, 1/6 h × 6
    ['five minutes from the claim', {}, { spent: 10, delay: 1, looked: 1, wrong: 0, avoided: 0 }],
    ['from coming in, where nobody claimed', { claimed_at: null }, { spent: 20, delay: 1 }],
    [
      'a quarter of an hour at most',
      { claimed_at: null, decided_at: 3 * HOUR },
      { spent: 30, delay: 18 },
    ],
    ['a person’s own price', { expert: 'U0CAROL' }, { spent: 15 }],
    ['everybody else’s, where the domain has none', { domain: 'legal' }, { spent: 5 }],
    ['an edit, by its impact', { outcome: 'edited' }, { wrong: 1, avoided: 40 }],
    [
      'a rejection without an impact',
      { outcome: 'rejected', impact: null },
      { wrong: 1, avoided: 0 },
    ],
    [
      'an answer, which finds no error',
      { outcome: 'answered' },
      { spent: 10, delay: 1, looked: 0, break_even: null },
    ],
    [
      'a check behind what was let through',
      { check: 'check', outcome: 'edited' },
      { spent: 10, spent_on_checks: 10, delay: 0, looked: 0, avoided: 0 },
    ],
  ])('%s', (_, more, expected) => {
    expect(economics([row(more)])).toMatchObject([{ decided: 1, costs_more: null, ...expected }]);
  });

  it('is of what people decided in that time only', () => {
    const others = [
      { by: 'policy' },
      { decided_at: DAY },
      { decided_at: -1 },
      { decided_at: null },
    ];
    expect(economics(others.map(row))).toEqual([]);
    expect(economics([row({}), row({ domain: 'legal' })], PRICES, 'legal')).toHaveLength(1);
  });
});

describe('an error', () => {
  const table = {
    table: [
      { from: 2, cost: 5 },
      { from: 8, cost: 2000 },
    ],
  };
  it.each([
    [{ per_point: 10 }, 0, 0],
    [{ per_point: 10 }, 7.5, 75],
    [table, 1.9, 0],
    [table, 2, 5],
    [table, 7.9, 5],
    [table, 10, 2000],
  ])('by %j at an impact of %d costs %d', (error, impact, cost) => {
    expect(errorCost(error, impact)).toBe(cost);
  });
});

describe('whether looking pays', () => {
  it.each([
    // A look for 11 against an error of 40: 1 − 11/40.
    [11, 40, 0.725],
    [0, 40, 1],
    [40, 40, 0],
    [90, 40, 0],
    [11, 0, null],
  ])('a look for %d against an error of %d breaks even at %s', (look, error, confidence) => {
    expect(breakEven(look, error)).toBe(confidence);
  });

  it('is said from thirty looks on: 11 each, against 40 for each error found', () => {
    const of = (wrong: number, looked = FEWEST_LOOKS) =>
      economics(
        Array.from({ length: looked }, (_, at) =>
          row({ outcome: at < wrong ? 'edited' : 'approved' }),
        ),
      )[0];
    expect(of(0, FEWEST_LOOKS - 1)?.costs_more).toBeNull();
    // 330 spent: eight errors avoid 320, nine 360.
    expect(of(8)).toMatchObject({ avoided: 320, costs_more: true });
    expect(of(9)).toMatchObject({ avoided: 360, costs_more: false });
    expect(of(9)?.break_even).toBeCloseTo(0.725, 9);
  });

  it('says of a dearer minute nothing kinder', () => {
    const money = fc.double({ min: 0, max: 100, noNaN: true });
    fc.assert(
      fc.property(money, money, money, (minute, more, error) => {
        const at = (otherwise: number) =>
          economics([row({ domain: 'x', impact: 1 })], {
            ...{ by_person: [], by_domain: [], delay_hour: 0 },
            ...{ otherwise, error: { per_point: error } },
          })[0]?.break_even ?? 0;
        expect(at(minute + more)).toBeLessThanOrEqual(at(minute));
        expect(at(minute)).toBeLessThanOrEqual(1);
        expect(at(minute + more)).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: runs(100) },
    );
  });
});

describe('computed a second time, item by item', () => {
  const ids = ['U0EXPERT0', 'U0EXPERT1'];
  const price = (one: FactRow) =>
    ids.includes(one.expert ?? '') ? 4 : one.domain === 'billing' ? 2 : 1;
  const sum = (of: FactRow[], what: (one: FactRow) => number) =>
    of.reduce((total, one) => total + what(one), 0);
  const spent = (one: FactRow) => {
    const began = one.claimed_at ?? one.requested_at ?? 0;
    return (Math.min((one.decided_at ?? 0) - began, LONGEST_LOOK_MS) / MINUTE) * price(one);
  };
  const waited = (one: FactRow) => (((one.decided_at ?? 0) - (one.requested_at ?? 0)) / HOUR) * 6;

  it('is the same', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), (seed) => {
        const random = seeded(seed);
        const rows = Array.from({ length: 120 }, (_, at): FactRow => {
          const { end, check_of, ...item } = pastItem(random, `i-${at}`, random() * 2 * DAY);
          return {
            ...item,
            ...{ seq: at, rung: 1, tags: null, overrun: null, check: check_of && 'check' },
            ...{ paged: null, verdicts: null },
            ...{ decided_at: end?.at ?? null, outcome: end?.outcome ?? null },
            ...{ by: end?.by ?? null, expert: end?.expert ?? null },
          };
        });
        const prices = { ...PRICES, by_person: ids.map((id) => [id, 4] as const) };
        const human = rows.filter((one) => one.by === 'human' && (one.decided_at ?? DAY) < DAY);
        const counted = economics(rows, prices);
        expect(new Set(counted.map((one) => one.domain))).toEqual(
          new Set(human.map((one) => one.domain)),
        );
        for (const one of counted) {
          const own = human.filter(({ domain }) => domain === one.domain);
          const gated = own.filter(({ check }) => check !== 'check');
          const looked = gated.filter(({ outcome }) =>
            ['approved', 'edited', 'rejected'].includes(outcome ?? ''),
          );
          const wrong = looked.filter(({ outcome }) => outcome !== 'approved');
          const look = sum(looked, spent) + sum(looked, waited);
          const error = sum(looked, ({ impact }) => 10 * (impact ?? 0));
          expect(one.spent).toBeCloseTo(sum(own, spent), 6);
          expect(one.spent_on_checks).toBeCloseTo(sum(own, spent) - sum(gated, spent), 6);
          expect(one.delay).toBeCloseTo(sum(gated, waited), 6);
          expect([one.decided, one.looked, one.wrong]).toEqual([
            own.length,
            looked.length,
            wrong.length,
          ]);
          expect(one.avoided).toBe(sum(wrong, ({ impact }) => 10 * (impact ?? 0)));
          if (error === 0) expect(one.break_even).toBeNull();
          else expect(one.break_even).toBeCloseTo(Math.min(1, Math.max(0, 1 - look / error)), 9);
          expect(one.costs_more).toBe(looked.length < 30 ? null : look > one.avoided);
        }
      }),
      { numRuns: runs(20) },
    );
  });

  it('reads no more of the facts than it says', () => {
    const facts = factsOf([row({})]);
    const only = Object.fromEntries(
      ['length', ...ECONOMICS_COLUMNS].map((name) => [name, facts[name as keyof typeof facts]]),
    ) as typeof facts;
    const counting = countEconomics({ from: 0, to: DAY, domain: null, prices: PRICES });
    counting.add(only);
    expect(counting.domains()).toEqual(economics([row({})]));
  });
});
