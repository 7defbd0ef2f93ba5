/** The figures of a period beside those of the one before it, by a grouping, over time, and by hour. Pure. */
import type { Coded, Facts } from './facts.ts';
import {
  arrive,
  end,
  figuresOf,
  newTally,
  outcomePlace,
  routePlace,
  type Figures,
  type Tally,
} from './tally.ts';

export const GROUPINGS = ['domain', 'expert', 'rule', 'model', 'cohort'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** What is read of each item. */
export const PERIOD_COLUMNS = [
  'requested_at',
  'claimed_at',
  'decided_at',
  'due_at',
  'level',
  'rung',
  'overrun',
  'check',
  'domain',
  'route',
  'outcome',
  'by',
  'expert',
] as const;

export type PeriodFacts = Facts<(typeof PERIOD_COLUMNS)[number]> & { [G in Grouping]?: Coded };

export interface PeriodAsked {
  /** Epoch ms; what came or ended from `from` on and before `to`. */
  from: number;
  to: number;
  by: Grouping;
  /** Only this domain; null: all. */
  domain: string | null;
  /** Only what this person decided; null: everybody's. */
  expert: string | null;
  /** Where each stretch of time begins (days, say), rising, the first at or before `from`. Epoch ms. */
  edges: readonly number[];
  /** The hour of the day at a moment, 0..23, in the zone that people are told times in. */
  hourOf(at: number): number;
}

export interface Group {
  /** `''`: the items that name none. */
  name: string;
  now: Figures;
  before: Figures;
}

export interface Stretch {
  /** Where it begins, epoch ms. */
  at: number;
  arrived: number;
  asked: number;
  decided: number;
}

export interface PeriodFigures {
  now: Figures;
  /** Of as long a period right before. */
  before: Figures;
  /** How many different people decided something, then and now. */
  people: { now: number; before: number };
  /** The busiest first. */
  groups: Group[];
  over_time: Stretch[];
  /** Decisions by hour of day, 24 numbers a person, the busiest person first. */
  load: { expert: string; decided: number; hours: number[] }[];
}

export interface Counting {
  /** Counts a batch in. Facts outside both periods count for nothing. */
  add(facts: PeriodFacts): void;
  figures(): PeriodFigures;
}

/** Counts what is asked for, batch by batch. */
export function countPeriod(asked: PeriodAsked): Counting {
  const { from, to, by, edges, hourOf } = asked;
  const start = from - (to - from);
  /** Everything is in exactly one of these: the whole is their sum. */
  const groups = new Map<string, readonly [now: Tally, before: Tally]>();
  const over_time = edges.map((at) => ({ at, arrived: 0, asked: 0, decided: 0 }));
  const load = new Map<string, number[]>();
  const earlier = new Set<string>();
  let stretch = 0;

  function add(facts: PeriodFacts): void {
    const { domain, expert, route, outcome, length } = facts;
    const onlyDomain = asked.domain === null ? -1 : domain.names.indexOf(asked.domain);
    const onlyExpert = asked.expert === null ? -1 : expert.names.indexOf(asked.expert);
    if (asked.domain !== null && onlyDomain < 0) return;
    if (asked.expert !== null && onlyExpert < 0) return;
    const { requested_at, claimed_at, decided_at, due_at, level, rung } = facts;
    const grouped: Coded = facts[by] ?? { codes: new Uint16Array(length), names: [''] };
    const tallies = grouped.names.map((name) => talliesOf(name));
    const hours = expert.names.map((name) => (name === '' ? null : hoursOf(name)));
    const seen = expert.names.map(() => false);
    const routes = route.names.map(routePlace);
    const outcomes = outcome.names.map(outcomePlace);
    const overruns = facts.overrun.names.map((name) =>
      name === '' ? NONE : name.split(',').map(Number),
    );
    const checks = facts.check.names.map((name) => name === 'check');
    const humans = facts.by.names.map((name) => name === 'human');
    // A field read a million times is read here once.
    const [domains, experts, groupOf] = [domain.codes, expert.codes, grouped.codes];
    const [routeOf, outcomeOf, byOf] = [route.codes, outcome.codes, facts.by.codes];
    const [overrunOf, checkOf] = [facts.overrun.codes, facts.check.codes];
    for (let i = 0; i < length; i += 1) {
      const came = requested_at[i] ?? Number.NaN;
      const went = decided_at[i] ?? Number.NaN;
      // 0: this period, 1: the one before, −1: neither. NaN is in neither.
      const arrived = came >= from ? (came < to ? 0 : -1) : came >= start ? 1 : -1;
      const ended = went >= from ? (went < to ? 0 : -1) : went >= start ? 1 : -1;
      if (arrived < 0 && ended < 0) continue;
      if (onlyDomain >= 0 && domains[i] !== onlyDomain) continue;
      if (onlyExpert >= 0 && experts[i] !== onlyExpert) continue;
      const both = tallies[groupOf[i] ?? 0];
      if (both === undefined) continue;
      if (arrived >= 0 && checks[checkOf[i] ?? 0] === false) {
        const routed = routes[routeOf[i] ?? 0] ?? 0;
        arrive(arrived === 0 ? both[0] : both[1], routed, went === went);
        if (arrived === 0) {
          const within = over_time[stretchOf(came)];
          if (within) {
            within.arrived += 1;
            if (routed === 0) within.asked += 1;
          }
        }
      }
      if (ended < 0) continue;
      const how = outcomes[outcomeOf[i] ?? 0] ?? -1;
      const human = humans[byOf[i] ?? 0] ?? false;
      end(
        ended === 0 ? both[0] : both[1],
        how,
        human,
        level[i] ?? 0,
        rung[i] ?? 1,
        overruns[overrunOf[i] ?? 0] ?? NONE,
        came,
        claimed_at[i] ?? Number.NaN,
        went,
        due_at[i] ?? Number.NaN,
      );
      if (!human) continue;
      if (ended === 1) {
        seen[experts[i] ?? 0] = true;
        continue;
      }
      const within = over_time[stretchOf(went)];
      if (within) within.decided += 1;
      const worked = hours[experts[i] ?? 0];
      if (worked) {
        const hour = hourOf(went);
        worked[hour] = (worked[hour] ?? 0) + 1;
      }
    }
    for (const [code, name] of expert.names.entries()) if (seen[code]) earlier.add(name);
  }

  function talliesOf(name: string): readonly [Tally, Tally] {
    let tallies = groups.get(name);
    if (!tallies) groups.set(name, (tallies = [newTally(), newTally()]));
    return tallies;
  }

  function hoursOf(name: string): number[] {
    let hours = load.get(name);
    if (!hours) load.set(name, (hours = Array.from({ length: 24 }, () => 0)));
    return hours;
  }

  /** Items come about in the order of time: most lie where the one before them did. */
  function stretchOf(at: number): number {
    if (at >= (edges[stretch] ?? Infinity) && at < (edges[stretch + 1] ?? Infinity)) return stretch;
    let low = 0;
    let high = edges.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((edges[middle] ?? 0) <= at) low = middle;
      else high = middle;
    }
    stretch = low;
    return low;
  }

  return {
    add,
    figures: () => ({
      now: figuresOf(...[...groups.values()].map(([now]) => now)),
      before: figuresOf(...[...groups.values()].map(([, before]) => before)),
      people: {
        now: [...load.values()].filter((hours) => total(hours) > 0).length,
        before: earlier.size,
      },
      groups: [...groups]
        // Nobody's items are no expert's.
        .filter(([name]) => by !== 'expert' || name !== '')
        .map(([name, [now, before]]) => ({ name, now: figuresOf(now), before: figuresOf(before) }))
        .filter(({ now, before }) => busyness(now) + busyness(before) > 0)
        .toSorted((a, b) => busyness(b.now) - busyness(a.now) || (a.name < b.name ? -1 : 1)),
      over_time,
      load: [...load]
        .map(([name, hours]) => ({ expert: name, decided: total(hours), hours }))
        .filter(({ decided }) => decided > 0)
        .toSorted((a, b) => b.decided - a.decided || (a.expert < b.expert ? -1 : 1)),
    }),
  };
}

const NONE: readonly number[] = [];
const busyness = (figures: Figures): number => figures.arrived + figures.ended;
const total = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0);
