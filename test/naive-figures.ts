/** The figures of a period computed a second time, as plainly as can be, over the rows themselves. */
import type { Db } from '../src/store/database.ts';
import type { Figures } from '../src/stats/formulas/tally.ts';
import type { Grouping, PeriodFigures } from '../src/stats/formulas/period-figures.ts';

interface Row {
  check_of: string | null;
  /** Levels of paged rungs, and which of them ran out before the last. */
  rungs: number;
  overrun: number[];
  requested_at: number;
  claimed_at: number | null;
  due_at: number | null;
  decided_at: number | null;
  level: number;
  domain: string | null;
  rule: string;
  route: string;
  model: string | null;
  cohort: string | null;
  outcome: string | null;
  decided_by: string | null;
  expert: string | null;
}

export interface NaiveAsked {
  from: number;
  to: number;
  by: Grouping;
  domain: string | null;
  expert: string | null;
  edges: readonly number[];
  hourOf(at: number): number;
}

export async function naiveFigures(db: Db, asked: NaiveAsked): Promise<PeriodFigures> {
  const rungs = await db
    .selectFrom('rungs')
    .selectAll()
    .where('paged_at', 'is not', null)
    .execute();
  const items = await db
    .selectFrom('items')
    .leftJoin('decisions', 'decisions.item_id', 'items.id')
    .selectAll('items')
    .select(['decisions.decided_by', 'decisions.slack_user as expert'])
    .execute();
  const all: Row[] = items.map((item) => {
    const own = rungs.filter((one) => one.item_id === item.id);
    const last = Math.max(0, ...own.map((one) => one.number));
    const overrun = own.filter(
      (one) => one.number < last && one.decide_by !== null && (one.ended_at ?? 0) >= one.decide_by,
    );
    return { ...item, rungs: last, overrun: overrun.map((one) => one.level) };
  });
  const rows = all.filter(
    (row) =>
      (asked.domain === null || row.domain === asked.domain) &&
      (asked.expert === null || row.expert === asked.expert),
  );
  const { from, to, by, edges } = asked;
  const start = from - (to - from);
  const names = [...new Set(rows.map((row) => row[by] ?? ''))].filter(
    (name) => by !== 'expert' || name !== '',
  );
  const groups = names
    .map((name) => {
      const own = rows.filter((row) => (row[by] ?? '') === name);
      return { name, now: figures(own, from, to), before: figures(own, start, from) };
    })
    .filter(({ now, before }) => busy(now) + busy(before) > 0)
    .toSorted((a, b) => busy(b.now) - busy(a.now) || (a.name < b.name ? -1 : 1));
  const arrived = rows.filter(
    (row) => row.check_of === null && row.requested_at >= from && row.requested_at < to,
  );
  const decided = rows.filter(
    ({ decided_at, decided_by }) =>
      decided_by === 'human' && decided_at !== null && decided_at >= from && decided_at < to,
  );
  const earlier = rows.filter(
    ({ decided_at, decided_by }) =>
      decided_by === 'human' && decided_at !== null && decided_at >= start && decided_at < from,
  );
  const experts = [...new Set(decided.map((row) => row.expert ?? ''))];
  return {
    now: figures(rows, from, to),
    before: figures(rows, start, from),
    people: { now: experts.length, before: new Set(earlier.map((row) => row.expert)).size },
    groups,
    over_time: edges.map((at, place) => {
      const until = edges[place + 1] ?? Infinity;
      const within = (time: number) => (place === 0 || time >= at) && time < until;
      const came = arrived.filter((row) => within(row.requested_at));
      return {
        at,
        arrived: came.length,
        asked: came.filter((row) => row.route === 'ask').length,
        decided: decided.filter((row) => within(row.decided_at ?? 0)).length,
      };
    }),
    load: experts
      .map((expert) => {
        const own = decided.filter((row) => row.expert === expert);
        const hours = Array.from(
          { length: 24 },
          (_, hour) => own.filter((row) => asked.hourOf(row.decided_at ?? 0) === hour).length,
        );
        return { expert, decided: own.length, hours };
      })
      .toSorted((a, b) => b.decided - a.decided || (a.expert < b.expert ? -1 : 1)),
  };
}

const busy = (one: Figures) => one.arrived + one.ended;

function figures(rows: Row[], from: number, to: number): Figures {
  const came = rows.filter(
    (row) => row.check_of === null && row.requested_at >= from && row.requested_at < to,
  );
  const went = rows.filter(
    ({ decided_at }) => decided_at !== null && decided_at >= from && decided_at < to,
  );
  const human = went.filter((row) => row.decided_by === 'human');
  const asked = went.filter((row) => row.decided_by === 'human' || row.outcome === 'expired');
  const limited = asked
    .filter((row) => row.due_at !== null)
    .map((row) => ({ level: row.level, met: met(row) }));
  for (const row of asked) for (const level of row.overrun) limited.push({ level, met: false });
  const reviewed = human.filter((row) =>
    ['approved', 'edited', 'rejected'].includes(row.outcome ?? ''),
  );
  const count = (route: string) => came.filter((row) => row.route === route).length;
  const outcomes: Record<string, number> = {};
  for (const { outcome } of went) outcomes[outcome ?? ''] = (outcomes[outcome ?? ''] ?? 0) + 1;
  const levels = [...new Set(limited.map((row) => row.level))].toSorted((a, b) => a - b);
  return {
    arrived: came.length,
    routes: { ask: count('ask'), let_through: count('let_through'), refuse: count('refuse') },
    intervention: rate(count('ask'), came.length),
    waiting: came.filter((row) => row.decided_at === null).length,
    ended: went.length,
    outcomes,
    decided: human.length,
    to_claim: spread(
      human.flatMap((row) => (row.claimed_at === null ? [] : [row.claimed_at - row.requested_at])),
    ),
    to_decide: spread(human.map((row) => (row.decided_at ?? 0) - row.requested_at)),
    in_time: rate(limited.filter((one) => one.met).length, limited.length),
    in_time_by_level: levels.map((level) => {
      const own = limited.filter((row) => row.level === level);
      return { level, rate: rate(own.filter((one) => one.met).length, own.length) ?? fail() };
    }),
    override: rate(reviewed.filter((row) => row.outcome !== 'approved').length, reviewed.length),
    escalated: rate(asked.filter((row) => row.rungs > 1).length, asked.length),
    expired: rate(asked.length - human.length, asked.length),
  };
}

function met(row: Row): boolean {
  return row.decided_by === 'human' && (row.decided_at ?? 0) <= (row.due_at ?? 0);
}

/** Solves |p − hits/of| = z √(p(1 − p)/of) for p: what the Wilson interval is, by its own definition. */
function rate(hits: number, of: number): Figures['override'] {
  if (of === 0) return null;
  const z2 = 1.959963984540054 ** 2;
  const [a, b, c] = [1 + z2 / of, -(2 * hits + z2) / of, (hits / of) ** 2];
  const root = Math.sqrt(Math.max(0, b * b - 4 * a * c));
  return { hits, of, share: hits / of, low: (-b - root) / (2 * a), high: (-b + root) / (2 * a) };
}

function spread(values: number[]): Figures['to_decide'] {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const at = (p: number) => {
    const place = (sorted.length - 1) * p;
    const [low = 0, high = 0] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
    return low + (high - low) * (place % 1);
  };
  return { count: values.length, p50: at(0.5), p95: at(0.95) };
}

const fail = (): never => {
  throw new Error('a level without items');
};

/** The same with every number rounded to nine places, for sums made in another order. */
export const rounded = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_, one: unknown) =>
    typeof one === 'number' ? Math.round(one * 1e9) / 1e9 + 0 : one,
  );
