/** Whose minute costs how much, by the policy. Pure. */
import type { Prices } from '../../src/stats/formulas/economics.ts';
import { OTHERWISE } from '../file/costs-schema.ts';
import type { Costs, Policy } from '../policy.ts';

/**
 * A person who is named in a group with a price has the dearest of their groups'; of the others (they are in a Slack user
 * group, say) what the domain's deciders' first group with a price costs, else `otherwise`.
 */
export function pricesOf(policy: Pick<Policy, 'groups' | 'domains'>, costs: Costs): Prices {
  const by_person: [string, number][] = [];
  const byGroup = new Map(
    Object.entries(costs.expert_minute).filter(([name]) => name !== OTHERWISE),
  );
  for (const [name, price] of byGroup) {
    for (const ref of policy.groups[name] ?? [])
      if (ref.type === 'user') by_person.push([ref.id, price]);
  }
  const by_domain = Object.values(policy.domains).flatMap(({ id, deciders }) => {
    for (const ref of deciders) {
      const price = ref.type === 'group' ? byGroup.get(ref.name) : undefined;
      if (price !== undefined) return [[id, price] as [string, number]];
    }
    return [];
  });
  return {
    // A later pair wins: the dearest comes last.
    by_person: by_person.toSorted(([, a], [, b]) => a - b),
    by_domain,
    otherwise: costs.expert_minute[OTHERWISE] ?? 0,
    error: costs.error,
    delay_hour: costs.delay_hour,
  };
}
