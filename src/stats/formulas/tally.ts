/** Counting items into figures, a batch of columns at a time. What each figure means is said here and nowhere else. Pure. */
import { OUTCOMES, type Outcome } from '../../domain/item.ts';
import { grow, noNumbers, quantiles, type Numbers, type Quantiles } from './quantiles.ts';
import { wilson, type Interval } from './wilson.ts';

/** A share with what it was counted of. */
export interface Rate extends Interval {
  hits: number;
  of: number;
}

export interface Figures {
  /** Items that came in (checks behind others are none), and what the policy did with them at first. */
  arrived: number;
  routes: { ask: number; let_through: number; refuse: number };
  /** Of those, the ones that needed a person. */
  intervention: Rate | null;
  /** Of those, the ones that still wait. */
  waiting: number;
  /** Items that ended, by how. */
  ended: number;
  outcomes: Partial<Record<Outcome, number>>;
  /** Items that people decided. */
  decided: number;
  /** From coming in to the first claim; of those that people decided and somebody claimed. ms. */
  to_claim: Quantiles | null;
  /** From coming in to a person's decision. ms. */
  to_decide: Quantiles | null;
  /** Rungs whose people decided in time, of those that people decided on or let run out and that had a time limit. */
  in_time: Rate | null;
  /** The same by the rung's level, 1 first. */
  in_time_by_level: { level: number; rate: Rate }[];
  /** Edited or rejected, of what people approved, edited or rejected. */
  override: Rate | null;
  /** Ended because nobody decided, of those that waited for a person and were not withdrawn. */
  expired: Rate | null;
  /** Of the same, those that climbed to another rung. */
  escalated: Rate | null;
}

/** What is being counted. Changed by `arrive` and `end` only. */
export interface Tally {
  routes: [ask: number, let_through: number, refuse: number];
  waiting: number;
  /** By place in OUTCOMES. */
  outcomes: number[];
  decided: number;
  expired: number;
  escalated: number;
  to_claim: Numbers;
  to_decide: Numbers;
  /** By level: in time, and all with a limit. */
  met: number[];
  limited: number[];
}

/** As many levels as a ladder may name, and 0 for what nobody was asked about. */
const LEVELS = 10;

export const newTally = (): Tally => ({
  routes: [0, 0, 0],
  waiting: 0,
  outcomes: OUTCOMES.map(() => 0),
  decided: 0,
  expired: 0,
  escalated: 0,
  to_claim: noNumbers(),
  to_decide: noNumbers(),
  met: zeros(LEVELS),
  limited: zeros(LEVELS),
});

/** Places in `Tally.routes`. */
export const routePlace = (route: string): 0 | 1 | 2 =>
  route === 'let_through' ? 1 : route === 'refuse' ? 2 : 0;

/** Places in OUTCOMES; −1: none. */
export const outcomePlace = (outcome: string): number =>
  (OUTCOMES as readonly string[]).indexOf(outcome);

const EXPIRED = outcomePlace('expired');

/** One item came in, by that route. */
export function arrive(tally: Tally, route: 0 | 1 | 2, ended: boolean): void {
  tally.routes[route] += 1;
  if (!ended) tally.waiting += 1;
}

/** One item ended. Times in epoch ms, NaN where there is none; `outcome` is a place in OUTCOMES, `overrun` the levels of rungs that ran out before the last. */
export function end(
  tally: Tally,
  outcome: number,
  human: boolean,
  level: number,
  rung: number,
  overrun: readonly number[],
  requested_at: number,
  claimed_at: number,
  decided_at: number,
  due_at: number,
): void {
  add(tally.outcomes, outcome);
  if (human) {
    tally.decided += 1;
    grow(tally.to_decide, decided_at - requested_at);
    if (!Number.isNaN(claimed_at)) grow(tally.to_claim, claimed_at - requested_at);
  } else if (outcome === EXPIRED) tally.expired += 1;
  else return;
  if (rung > 1) tally.escalated += 1;
  for (const missed of overrun) add(tally.limited, missed);
  if (Number.isNaN(due_at)) return;
  add(tally.limited, level);
  if (human && decided_at <= due_at) add(tally.met, level);
}

const add = (counts: number[], at: number): void => void (counts[at] = (counts[at] ?? 0) + 1);

/** The figures of all that was counted in these. */
export function figuresOf(...tallies: readonly Tally[]): Figures {
  const total = (of: (tally: Tally) => number) => sum(tallies.map(of));
  const byPlace = (of: (tally: Tally) => readonly number[], places: number) =>
    Array.from({ length: places }, (_, at) => total((tally) => of(tally)[at] ?? 0));
  const [ask = 0, let_through = 0, refuse = 0] = byPlace((tally) => tally.routes, 3);
  const arrived = ask + let_through + refuse;
  const outcomes = byPlace((tally) => tally.outcomes, OUTCOMES.length);
  const met = byPlace((tally) => tally.met, LEVELS);
  const limited = byPlace((tally) => tally.limited, LEVELS);
  const [decided, expired] = [total((tally) => tally.decided), total((tally) => tally.expired)];
  const counted = (outcome: Outcome) => outcomes[outcomePlace(outcome)] ?? 0;
  const overridden = counted('edited') + counted('rejected');
  return {
    arrived,
    routes: { ask, let_through, refuse },
    intervention: rateOf(ask, arrived),
    waiting: total((tally) => tally.waiting),
    ended: sum(outcomes),
    outcomes: Object.fromEntries(
      OUTCOMES.flatMap((outcome) => (counted(outcome) > 0 ? [[outcome, counted(outcome)]] : [])),
    ),
    decided,
    to_claim: quantiles(tallies.map((tally) => tally.to_claim)),
    to_decide: quantiles(tallies.map((tally) => tally.to_decide)),
    in_time: rateOf(sum(met), sum(limited)),
    in_time_by_level: limited.flatMap((of, level) => {
      const rate = rateOf(met[level] ?? 0, of);
      return rate === null ? [] : [{ level, rate }];
    }),
    override: rateOf(overridden, counted('approved') + overridden),
    escalated: rateOf(
      total((tally) => tally.escalated),
      expired + decided,
    ),
    expired: rateOf(expired, expired + decided),
  };
}

/** A share with its 95% interval; null where nothing was counted. */
export function rateOf(hits: number, of: number): Rate | null {
  const interval = wilson(hits, of);
  return interval && { ...interval, hits, of };
}

const zeros = (length: number): number[] => Array.from({ length }, () => 0);
const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
