/** What looking cost and what it saved, by domain: estimates, made of what the policy says things cost. Pure. */
import type { Facts } from './facts.ts';

export const ECONOMICS_COLUMNS = [
  'requested_at',
  'claimed_at',
  'decided_at',
  'impact',
  'domain',
  'outcome',
  'by',
  'expert',
  'check',
] as const;

/** By each point of impact, or from an impact on: rising, what lies below the first costs nothing. */
export type ErrorCost =
  | { per_point: number }
  | { table: readonly { from: number; cost: number }[] };

/** What a minute costs, by Slack id and by domain, as pairs (of two for one name the later counts); and the rest. */
export interface Prices {
  by_person: readonly (readonly [string, number])[];
  by_domain: readonly (readonly [string, number])[];
  otherwise: number;
  error: ErrorCost;
  /** An item that waits an hour. */
  delay_hour: number;
}

export interface EconomicsAsked {
  /** Epoch ms; what people decided from `from` on and before `to`. */
  from: number;
  to: number;
  /** Only this one; null: all. */
  domain: string | null;
  prices: Prices;
}

/** All but counts and shares are amounts of money. */
export interface DomainEconomics {
  domain: string;
  /** Items that people decided. */
  decided: number;
  /** Their time. */
  spent: number;
  /** Of that, on checks behind what was let through: they keep nothing back. */
  spent_on_checks: number;
  /** What the items waited, but for those checks. */
  delay: number;
  /** Of those that waited: approved, edited or rejected; and the last two. */
  looked: number;
  wrong: number;
  /** What the wrong ones would have cost. */
  avoided: number;
  /** The confidence above which a look costs more than the error it may find, 0..1; null: nothing was looked at, or no error costs anything. */
  break_even: number | null;
  /** Looking cost more than it kept back; null: too few were looked at to say. */
  costs_more: boolean | null;
}

/** Longer than this nobody looks at one item: they did something else meanwhile. */
export const LONGEST_LOOK_MS = 15 * 60_000;
/** Fewer looks say nothing about whether they pay. */
export const FEWEST_LOOKS = 30;

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** What is looked at to find errors; the value says whether one was found. */
const WRONG: { [outcome: string]: boolean | undefined } = {
  approved: false,
  edited: true,
  rejected: true,
};

/** What an error costs at that impact. */
export function errorCost(error: ErrorCost, impact: number): number {
  if ('per_point' in error) return error.per_point * impact;
  return error.table.findLast(({ from }) => impact >= from)?.cost ?? 0;
}

/** The confidence at which a look costs as much as the error it may find: 1 − look / error, within 0..1. */
export const breakEven = (look: number, error: number): number | null =>
  error > 0 ? Math.min(1, Math.max(0, 1 - look / error)) : null;

interface Sums extends Omit<DomainEconomics, 'break_even' | 'costs_more'> {
  /** Of those looked at: what looking and waiting cost, and what errors in all of them would have. */
  look_cost: number;
  error_cost: number;
}

/** Counts batch by batch. */
export function countEconomics(asked: EconomicsAsked): {
  add(facts: Facts<(typeof ECONOMICS_COLUMNS)[number]>): void;
  /** The dearest first. */
  domains(): DomainEconomics[];
} {
  const { from, to, prices } = asked;
  const person = new Map(prices.by_person);
  const place = new Map(prices.by_domain);
  const found = new Map<string, Sums>();

  function sumsOf(domain: string): Sums {
    let sums = found.get(domain);
    if (!sums) found.set(domain, (sums = nothing(domain)));
    return sums;
  }

  return {
    add({ requested_at, claimed_at, decided_at, impact, ...names }) {
      const { domain, outcome, by, expert, check, length } = names;
      const humans = by.names.map((name) => name === 'human');
      const wrongs = outcome.names.map((name) => WRONG[name]);
      const checks = check.names.map((name) => name === 'check');
      const minutes = expert.names.map((name) => person.get(name));
      const sumsAt = domain.names.map((name) =>
        asked.domain === null || asked.domain === name
          ? { sums: null as Sums | null, name, minute: place.get(name) ?? prices.otherwise }
          : null,
      );
      for (let i = 0; i < length; i += 1) {
        const ended = decided_at[i] ?? Number.NaN;
        if (!(ended >= from && ended < to) || humans[by.codes[i] ?? 0] !== true) continue;
        const own = sumsAt[domain.codes[i] ?? 0];
        if (!own) continue;
        const came = requested_at[i] ?? ended;
        const claimed = claimed_at[i] ?? Number.NaN;
        const began = Number.isNaN(claimed) ? came : claimed;
        const minute = minutes[expert.codes[i] ?? 0] ?? own.minute;
        const spent = (Math.min(LONGEST_LOOK_MS, Math.max(0, ended - began)) / MINUTE_MS) * minute;
        const sums = (own.sums ??= sumsOf(own.name));
        sums.decided += 1;
        sums.spent += spent;
        if (checks[check.codes[i] ?? 0] === true) {
          sums.spent_on_checks += spent;
          continue;
        }
        const delay = (Math.max(0, ended - came) / HOUR_MS) * prices.delay_hour;
        sums.delay += delay;
        const wrong = wrongs[outcome.codes[i] ?? 0];
        if (wrong === undefined) continue;
        const weight = impact[i] ?? Number.NaN;
        const error = Number.isNaN(weight) ? 0 : errorCost(prices.error, weight);
        sums.looked += 1;
        sums.look_cost += spent + delay;
        sums.error_cost += error;
        if (!wrong) continue;
        sums.wrong += 1;
        sums.avoided += error;
      }
    },
    domains: () =>
      [...found.values()]
        .map(({ look_cost, error_cost, ...sums }) => ({
          ...sums,
          // The means of both are of the same items: their number cancels out.
          break_even: breakEven(look_cost, error_cost),
          costs_more: sums.looked < FEWEST_LOOKS ? null : look_cost > sums.avoided,
        }))
        .toSorted(
          (a, b) => b.spent + b.delay - a.spent - a.delay || (a.domain < b.domain ? -1 : 1),
        ),
  };
}

const nothing = (domain: string): Sums => ({
  domain,
  ...{ decided: 0, spent: 0, spent_on_checks: 0, delay: 0, looked: 0, wrong: 0 },
  ...{ avoided: 0, look_cost: 0, error_cost: 0 },
});
