/** Figures to be shown: of a history in which every item is its own cohort. */
import type { ThresholdsShown } from '../../blocks/messages/thresholds-message.ts';
import type { StatsShown } from '../../blocks/messages/stats-message.ts';
import { calibrate } from '../../src/stats/formulas/calibration.ts';
import { searchThreshold } from '../../src/stats/formulas/threshold.ts';
import { factsOf, type FactRow } from '../../src/stats/formulas/facts.ts';
import { countPeriod } from '../../src/stats/formulas/period-figures.ts';
import { rateOf } from '../../src/stats/formulas/tally.ts';
import { pastItem, seeded } from '../history.ts';
import { NOW } from './fixtures.ts';

const DAY = 86_400_000;

const rows = Array.from({ length: 300 }, (_, at): FactRow => {
  const item = pastItem(seeded(at), `i-${at}`, NOW - (at % 20) * DAY - DAY);
  const { end } = item;
  return {
    ...item,
    ...{ cohort: `<!channel> cohort ${at}\n`, seq: at, rung: item.rungs.length, tags: null },
    ...{ decided_at: end?.at ?? null, outcome: end?.outcome ?? null, by: end?.by ?? null },
    ...{ expert: end?.expert ?? null, overrun: null, paged: null, verdicts: null, check: null },
  };
});

export function shownStats(more: Partial<StatsShown> = {}): StatsShown {
  const [from, to] = [NOW - 10 * DAY, NOW];
  const counting = countPeriod({
    ...{ from, to, by: 'cohort', domain: null, expert: null, edges: [from] },
    hourOf: () => 9,
  });
  counting.add(factsOf(rows));
  return {
    ...counting.figures(),
    ...{ from, to, domain: 'Billing', by: 'cohort', whose: 'all', team: null },
    agreement: [{ domain: 'billing', agreement: { alpha: 0.712, units: 40, disputed: 5 } }],
    blind_same: rateOf(9, 10),
    pages: {
      ...{ people: 3, total: 30, most: { person: 'U0ALICE', count: 20 } },
      ...{ times_even: 2, gini: 0.4 },
    },
    economics: null,
    titles: new Map([['billing', 'Billing']]),
    stands_out: [
      { symptom: 'disputed', domain: 'billing', disputed: 14, units: 40 },
      { symptom: 'hasty', expert: 'U0ALICE', p50: 2100, count: 60 },
    ],
    share: '{}',
    shared_by: null,
    picture: null,
    ...more,
  };
}

/** A threshold found, one that failed, and models with hostile names. */
export function shownThresholds(more: Partial<ThresholdsShown> = {}): ThresholdsShown {
  const samples = Array.from({ length: 900 }, (_, at) => ({
    confidence: 0.5 + (at % 50) / 100,
    right: at % 50 > 29 || at % 3 > 0,
    weight: 1,
  }));
  const all = calibrate(samples);
  const search = searchThreshold(samples, 0.02);
  const group = { domain: 'billing', calibration: all, search, items: 900, let_through: 400 };
  return {
    groups: ['<!channel> model\n', '', 'x'.repeat(300)].map((model) => ({ model, ...group })),
    ...{ domain: 'Billing', model: null, days: 90, all, items: 2700, let_through: 1200 },
    search,
    draft: '{}',
    ...more,
  };
}
