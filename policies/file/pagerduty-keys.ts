/** The PagerDuty keys that a policy's rungs name. Pure. */
import type { Policy } from '../policy.ts';

/** By name; the value is the first ladder and rung that name it. */
export function pagerdutyKeys(policy: Policy): Map<string, string> {
  const found = new Map<string, string>();
  for (const ladder of Object.values(policy.ladders))
    for (const [at, rung] of ladder.rungs.entries())
      for (const ref of rung.notify)
        if (ref.type === 'pagerduty' && !found.has(ref.name))
          found.set(ref.name, `ladder ${ladder.id}, rung ${at + 1}`);
  return found;
}

/** What is wrong where those keys are not all known, a line each. */
export const lackingKeys = (policy: Policy, known: ReadonlyMap<string, string>): string[] =>
  [...pagerdutyKeys(policy)]
    .filter(([name]) => !known.has(name))
    .map(
      ([name, where]) =>
        `${where} names \`pagerduty:${name}\`, and HITL_PAGERDUTY_KEYS has no key of that name: set it (NAME:routing_key), or take it out of the policy`,
    );
