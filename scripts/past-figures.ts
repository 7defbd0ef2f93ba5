/** Figures of a made-up history, for the pictures of the documentation. */
import { factsOf, type FactRow } from '../src/stats/formulas/facts.ts';
import { countPeriod, type PeriodFigures } from '../src/stats/formulas/period-figures.ts';
import { dayEdges, hourIn } from '../src/stats/questions/local-time.ts';
import { pastItem, seeded } from '../test/history.ts';

const DAY = 86_400_000;
const NOW = Date.parse('2026-11-23T09:00:00Z');
const ZONE = 'Europe/Berlin';

export const PAST_NAMES = new Map(
  [
    'Alice',
    'Bob',
    'Carol',
    'Dave',
    'Erin',
    'Frank',
    'Grace',
    'Heidi',
    'Ivan',
    'Judy',
    'Ken',
    'Lea',
  ].map((name, at) => [`U0EXPERT${at}`, name]),
);

export function pastFigures(): PeriodFigures {
  const random = seeded(3);
  const rows = Array.from({ length: 3000 }, (_, at): FactRow => {
    const item = pastItem(random, `i-${at}`, NOW - 60 * DAY + Math.floor(random() * 60 * DAY));
    const { end } = item;
    return {
      ...item,
      ...{
        seq: at,
        rung: item.rungs.length,
        overrun: null,
        paged: null,
        verdicts: null,
        check: null,
        tags: null,
      },
      ...{ decided_at: end?.at ?? null, outcome: end?.outcome ?? null, by: end?.by ?? null },
      expert: end?.expert ?? null,
    };
  });
  const [from, to] = [NOW - 30 * DAY, NOW];
  const counting = countPeriod({
    ...{ from, to, by: 'domain', domain: null, expert: null },
    edges: dayEdges(from, to, ZONE),
    hourOf: hourIn(ZONE),
  });
  counting.add(factsOf(rows));
  return counting.figures();
}
