/**
 * When an asked item is due, when its people are reminded, and what its end is. Pure. Of several rungs the first runs.
 */
import type { EpochMs } from '../src/clock.ts';
import { addWorkingTime } from './business-hours.ts';
import type { AskRoute, Domain, Ladder, Policy } from './policy.ts';

export interface Deadlines {
  level: number;
  /** null: no limit. */
  decide_by: EpochMs | null;
  /** In order, all before `decide_by`. */
  remind_at: EpochMs[];
  at_the_end: 'expired' | 'wait';
  fallback: 'reject' | 'approve' | null;
}

/** Where a rung with a limit says nothing of reminders, there is one at this share of it. */
const REMINDER = 0.8;

/**
 * The deadlines of an item that is asked at `from`. The route's level and `decide_within` come before the rung's;
 * time counts in the ladder's hours.
 */
export function deadlinesOf(
  policy: Policy,
  domain: Domain,
  route: AskRoute,
  from: EpochMs,
): Deadlines {
  const ladder = ladderOf(policy, domain);
  const [rung] = ladder.rungs;
  const hours = ladder.hours === null ? null : (policy.hours[ladder.hours] ?? null);
  const within = route.decide_within ?? rung.decide_within;
  const shares = rung.remind_at ?? [REMINDER];
  const after = (ms: number): EpochMs => addWorkingTime(hours, from, ms);
  return {
    level: route.level ?? rung.level,
    decide_by: within === null ? null : after(within),
    remind_at:
      within === null
        ? []
        : [...new Set(shares)]
            .filter((share) => share < 1)
            .toSorted((a, b) => a - b)
            .map((share) => after(Math.round(within * share))),
    at_the_end: ladder.at_the_end,
    fallback: ladder.fallback,
  };
}

function ladderOf(policy: Policy, domain: Domain): Ladder {
  const ladder = Object.hasOwn(policy.ladders, domain.ladder)
    ? policy.ladders[domain.ladder]
    : undefined;
  if (!ladder) throw new Error(`the policy lost the ladder ${domain.ladder} of ${domain.id}`);
  return ladder;
}
