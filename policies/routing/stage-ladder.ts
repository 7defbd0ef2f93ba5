/** Where a stage goes: the ladder that calls its people, and the channel that they read. Pure. */
import type { Stage } from '../../src/domain/lifecycle.ts';
import { planLadder, type PlannedLadder } from '../schedule/ladder.ts';
import { readPersonRef, writtenRef } from '../access/person-ref.ts';
import { PLAIN_ASK, type Domain, type Policy } from '../policy.ts';
import { deciderRefs } from '../access/who-may.ts';

/**
 * The ladder of a stage: its own people first, for as long as it says, else as long as the domain's rung of its level
 * has; then the domain's rungs above that level. Numbered from `from`, for the rungs before it were another stage's.
 */
export function stageLadder(
  policy: Policy,
  domain: Domain,
  stage: Stage,
  from: number,
): PlannedLadder {
  const whole = planLadder(policy, domain, PLAIN_ASK);
  const level = stage.level ?? whole.rungs[0].level;
  const own = whole.rungs.find((rung) => rung.level === level);
  const by = readPersonRef(stage.by);
  return {
    ...whole,
    rungs: [
      {
        number: from,
        level,
        notify: by.ok ? [by.value] : [],
        claim_within: own?.claim_within ?? null,
        decide_within: stage.decide_within ?? own?.decide_within ?? null,
        remind_at: own?.remind_at ?? [],
      },
      ...whole.rungs
        .filter((rung) => rung.level > level)
        .map((rung, at) => ({ ...rung, number: from + 1 + at })),
    ],
  };
}

/** The domain in whose channel a stage's people are; null: the item's own, or none that is theirs. */
export function stageDomain(policy: Policy, by: string, own: Domain): Domain | null {
  const people = written(policy, { domain: own.id, by });
  const decide = (domain: Domain): boolean => {
    const deciders = new Set(written(policy, { domain: domain.id, by: null }));
    return people.length > 0 && people.every((one) => deciders.has(one));
  };
  if (decide(own)) return null;
  const theirs = Object.values(policy.domains).find(decide);
  return theirs === undefined || theirs.channel === own.channel ? null : theirs;
}

const written = (policy: Policy, asked: { domain: string; by: string | null }): string[] =>
  deciderRefs(policy, asked, null).map(writtenRef);
