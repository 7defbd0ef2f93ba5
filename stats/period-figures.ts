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
  const { from, to, by } = asked;
  const start = from - (to - from);
  const whole = [newTally(), newTally()] as const;
  const groups = new Map<string, [now: Tally, before: Tally]>();
  const over_time = asked.edges.map((at) => ({ at, arrived: 0, asked: 0, decided: 0 }));
  const load = new Map<string, number[]>();
  const earlier = new Set<string>();

  /** 0: this period, 1: the one before, −1: neither. NaN is in neither. */
  const periodOf = (at: number): number =>
    at >= from && at < to ? 0 : at >= start && at < from ? 1 : -1;

  function add(facts: PeriodFacts): void {
    const { requested_at, claimed_at, decided_at, due_at, level, route, outcome, expert } = facts;
    const onlyDomain = asked.domain === null ? -1 : facts.domain.names.indexOf(asked.domain);
    const onlyExpert = asked.expert === null ? -1 : expert.names.indexOf(asked.expert);
    if (asked.domain !== null && onlyDomain < 0) return;
    if (asked.expert !== null && onlyExpert < 0) return;
    const grouped: Coded = facts[by] ?? { codes: new Uint16Array(facts.length), names: [''] };
    const tallies = grouped.names.map((name) => talliesOf(name));
    const hours = expert.names.map((name) => (name === '' ? null : hoursOf(name)));
    const seen = expert.names.map(() => false);
    const routes = route.names.map(routePlace);
    const outcomes = outcome.names.map(outcomePlace);
    const overruns = facts.overrun.names.map((name) =>
      name === '' ? [] : name.split(',').map(Number),
    );
    const checks = facts.check.names.map((name) => name === 'check');
    const humans = facts.by.names.map((name) => name === 'human');
    for (let i = 0; i < facts.length; i += 1) {
      if (onlyDomain >= 0 && facts.domain.codes[i] !== onlyDomain) continue;
      if (onlyExpert >= 0 && expert.codes[i] !== onlyExpert) continue;
      const came = requested_at[i] ?? Number.NaN;
      const went = decided_at[i] ?? Number.NaN;
      const arrived = periodOf(came);
      const ended = periodOf(went);
      if (arrived < 0 && ended < 0) continue;
      const group = tallies[grouped.codes[i] ?? 0];
      if (arrived >= 0 && !checks[facts.check.codes[i] ?? 0]) {
        const routed = routes[route.codes[i] ?? 0] ?? 0;
        const gone = !Number.isNaN(went);
        arrive(whole[arrived] ?? whole[0], routed, gone);
        const own = group?.[arrived];
        if (own) arrive(own, routed, gone);
        if (arrived === 0) {
          const stretch = over_time[stretchOf(came)];
          if (stretch) {
            stretch.arrived += 1;
            if (routed === 0) stretch.asked += 1;
          }
        }
      }
      if (ended < 0) continue;
      const how = outcomes[outcome.codes[i] ?? 0] ?? -1;
      const human = humans[facts.by.codes[i] ?? 0] ?? false;
      const at = level[i] ?? 0;
      const rung = facts.rung[i] ?? 1;
      const over = overruns[facts.overrun.codes[i] ?? 0] ?? [];
      const claimed = claimed_at[i] ?? Number.NaN;
      const due = due_at[i] ?? Number.NaN;
      end(whole[ended] ?? whole[0], how, human, at, rung, over, came, claimed, went, due);
      const own = group?.[ended];
      if (own) end(own, how, human, at, rung, over, came, claimed, went, due);
      if (ended === 1 && human) seen[expert.codes[i] ?? 0] = true;
      if (ended === 0 && human) {
        const stretch = over_time[stretchOf(went)];
        if (stretch) stretch.decided += 1;
        const worked = hours[expert.codes[i] ?? 0];
        if (worked) {
          const hour = asked.hourOf(went);
          worked[hour] = (worked[hour] ?? 0) + 1;
        }
      }
    }
    for (const [code, name] of expert.names.entries()) if (seen[code]) earlier.add(name);
  }

  function talliesOf(name: string): [Tally, Tally] | null {
    // Nobody's items are no expert's.
    if (by === 'expert' && name === '') return null;
    let tallies = groups.get(name);
    if (!tallies) groups.set(name, (tallies = [newTally(), newTally()]));
    return tallies;
  }

  function hoursOf(name: string): number[] {
    let hours = load.get(name);
    if (!hours) load.set(name, (hours = Array.from({ length: 24 }, () => 0)));
    return hours;
  }

  function stretchOf(at: number): number {
    const { edges } = asked;
    let low = 0;
    let high = edges.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((edges[middle] ?? 0) <= at) low = middle;
      else high = middle;
    }
    return low;
  }

  return {
    add,
    figures: () => ({
      now: figuresOf(whole[0]),
      before: figuresOf(whole[1]),
      people: {
        now: [...load.values()].filter((hours) => total(hours) > 0).length,
        before: earlier.size,
      },
      groups: [...groups]
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

const busyness = (figures: Figures): number => figures.arrived + figures.ended;
const total = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0);
