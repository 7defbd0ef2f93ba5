/**
 * The ladder: the rungs an item climbs, when each rung's clocks run out, and what the sweep does next. Pure; who is
 * reached by a rung, and what was sent, is handed in.
 */
import type { EpochMs } from '../../src/domain/clock.ts';
import type { RungState } from '../../src/domain/decision.ts';
import { addWorkingTime } from './business-hours.ts';
import type {
  AskRoute,
  Domain,
  DurationMs,
  Ladder,
  NotifyRef,
  Policy,
  WorkingHours,
} from '../policy.ts';

/** A rung as an item carries it: as the policy stood when the item was asked. */
export interface PlannedRung {
  /** From 1. */
  number: number;
  level: number;
  notify: NotifyRef[];
  /** null: no limit. */
  claim_within: DurationMs | null;
  decide_within: DurationMs | null;
  /** Shares of `decide_within`, 0..1. */
  remind_at: number[];
}

export interface PlannedLadder {
  rungs: [PlannedRung, ...PlannedRung[]];
  hours: WorkingHours | null;
  at_the_end: 'expired' | 'wait';
  fallback: 'reject' | 'approve' | null;
}

/**
 * The rungs of an item that is asked by `route`. A route's level starts the ladder at the first rung of that level or
 * above; its `decide_within` comes before that rung's own.
 */
export function planLadder(policy: Policy, domain: Domain, route: AskRoute): PlannedLadder {
  const ladder = ladderOf(policy, domain);
  // Of stages the first begins.
  const { level, decide_within } = route.stages[0] ?? route;
  const reached = level === null ? 0 : ladder.rungs.findIndex((rung) => rung.level >= level);
  const from = reached < 0 ? ladder.rungs.length - 1 : reached;
  const [first = ladder.rungs[0], ...rest] = ladder.rungs.slice(from);
  const planned = (rung: Ladder['rungs'][number], at: number): PlannedRung => ({
    number: at + 1,
    level: rung.level,
    notify: rung.notify,
    claim_within: rung.claim_within,
    decide_within: rung.decide_within,
    remind_at: rung.remind_at ?? [],
  });
  return {
    rungs: [
      {
        ...planned(first, 0),
        level: level ?? first.level,
        decide_within: decide_within ?? first.decide_within,
      },
      ...rest.map((rung, at) => planned(rung, at + 1)),
    ],
    hours: hoursOf(policy, domain),
    at_the_end: ladder.at_the_end,
    fallback: ladder.fallback,
  };
}

/** The hours in which that domain's clocks run; null: always. */
export function hoursOf(policy: Policy, domain: Domain): WorkingHours | null {
  const { hours } = ladderOf(policy, domain);
  return hours === null ? null : (policy.hours[hours] ?? null);
}

function ladderOf(policy: Policy, domain: Domain): Ladder {
  const ladder = Object.hasOwn(policy.ladders, domain.ladder)
    ? policy.ladders[domain.ladder]
    : undefined;
  if (!ladder) throw new Error(`the policy lost the ladder ${domain.ladder} of ${domain.id}`);
  return ladder;
}

/** When a rung's clocks run out; null: never. */
export interface RungClocks {
  claim_by: EpochMs | null;
  decide_by: EpochMs | null;
  /** In order, all before `decide_by`. */
  remind_at: EpochMs[];
}

/** The clocks of a rung that is paged at `from`. Time counts in the ladder's hours. */
export function clocksOf(
  rung: Pick<PlannedRung, 'claim_within' | 'decide_within' | 'remind_at'>,
  hours: WorkingHours | null,
  from: EpochMs,
): RungClocks {
  const after = (ms: number): EpochMs => addWorkingTime(hours, from, ms);
  const { claim_within, decide_within } = rung;
  return {
    claim_by: claim_within === null ? null : after(claim_within),
    decide_by: decide_within === null ? null : after(decide_within),
    remind_at:
      decide_within === null
        ? []
        : [...new Set(rung.remind_at)]
            .filter((share) => share < 1)
            .toSorted((a, b) => a - b)
            .map((share) => after(Math.round(decide_within * share))),
  };
}

/** A rung of an item, as far as it has come. */
export interface StandingRung extends PlannedRung {
  state: RungState;
  claim_by: EpochMs | null;
  decide_by: EpochMs | null;
}

/** How an item stands on its ladder. */
export interface Standing {
  rungs: readonly StandingRung[];
  /** A claim stops the claim clock. */
  claimed: boolean;
  /** Whether anybody was shown what the open rung's page says; where not, its clocks do not count. */
  page_sent: boolean;
  hours: WorkingHours | null;
  expires_at: EpochMs | null;
}

export type Climb =
  /** Nothing is due. */
  | { step: 'stay' }
  /** The item's own end has come: the last word. */
  | { step: 'expire' }
  /** Nobody was shown the open rung's page: its clocks start again. */
  | { step: 'restart'; number: number }
  /** The next page. What an outage passed over was `missed`; who reaches nobody was `skipped`. */
  | { step: 'page'; number: number; missed: number[]; skipped: number[] }
  /** No rung is left. */
  | { step: 'end'; missed: number[]; skipped: number[] }
  /** No rung was ever paged and none reaches anybody: it is tried again later. */
  | { step: 'nobody' };

/**
 * What to do at `now`. `push`: moves up whether or not a clock has run out (somebody escalated, or passed it on).
 * @param reaches whether that rung's page reaches anybody now: whoever came on call during an outage is worth a page
 */
export function climb(
  standing: Standing,
  now: EpochMs,
  reaches: (rung: PlannedRung) => boolean,
  push = false,
): Climb {
  const { rungs, hours, expires_at } = standing;
  if (expires_at !== null && expires_at <= now) return { step: 'expire' };
  const open = rungs.find((rung) => rung.state === 'paged');
  let at = now;
  if (open && !push) {
    const over = runsOut(open, standing.claimed);
    if (over === null || over > now) return { step: 'stay' };
    if (!standing.page_sent) return { step: 'restart', number: open.number };
    at = over;
  }
  const missed: PlannedRung[] = [];
  const skipped: number[] = [];
  for (const rung of rungs) {
    if (rung.state !== 'waiting') continue;
    if (!reaches(rung)) {
      skipped.push(rung.number);
      continue;
    }
    // Its whole time passed while nobody was here to page: what comes after it is due already.
    const over = runsOut(clocksOf(rung, hours, at), false);
    if (over !== null && over <= now) {
      missed.push(rung);
      at = over;
      continue;
    }
    return page(rung, missed, skipped);
  }
  // Nothing ends for want of a page that was never sent: the highest that was missed is paged now.
  const highest = missed.at(-1);
  if (highest) return page(highest, missed, skipped);
  const tried = rungs.some((rung) => rung.state === 'paged' || rung.state === 'over');
  return tried
    ? { step: 'end', missed: missed.map((rung) => rung.number), skipped }
    : { step: 'nobody' };
}

/** What is above the rung that is paged, though an outage passed it over, has its turn yet to come. */
const page = (rung: PlannedRung, missed: PlannedRung[], skipped: number[]): Climb => ({
  step: 'page',
  number: rung.number,
  missed: missed.map((one) => one.number).filter((number) => number < rung.number),
  skipped: skipped.filter((number) => number < rung.number),
});

/** The earlier of the clocks that run. */
export function runsOut(
  clocks: Pick<RungClocks, 'claim_by' | 'decide_by'>,
  claimed: boolean,
): EpochMs | null {
  const ends = [claimed ? null : clocks.claim_by, clocks.decide_by].filter((end) => end !== null);
  return ends.length === 0 ? null : Math.min(...ends);
}
