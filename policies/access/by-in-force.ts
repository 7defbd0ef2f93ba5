/** Whom an item's rule names to decide, as the policy in force has that rule: what it said when the item came in may be gone. Pure. */
import type { Several } from '../../src/domain/lifecycle.ts';
import type { Policy } from '../policy.ts';
import { namedInPolicy } from './named-in-policy.ts';
import { readPersonRef } from './person-ref.ts';

/** How an item came to its people. */
export interface Routed {
  domain: string | null;
  /** As the rule's (or the open stage's) `by` was written then; null: the domain's deciders. */
  by: string | null;
  /** The rule's id; absent where no rule is meant. */
  rule?: string;
  several?: Several | null;
}

/**
 * The rule's own `by` now, of stages the one of that name. Where the rule is gone, what it said stands, unless it names a
 * person or a user group whom the policy does not name any more: then it names nobody (`''`).
 */
export function byInForce(policy: Policy, { by, rule, several }: Routed): string | null {
  if (by === null || rule === undefined) return by;
  const route =
    rule === 'otherwise' ? policy.otherwise : policy.rules.find((one) => one.id === rule)?.route;
  const stage = several?.stages[several.stage];
  if (route?.type === 'ask') {
    const now = stage && route.stages.find((one) => one.name === stage.name);
    if (now) return now.by;
    if (!stage && route.stages.length === 0) return route.by;
  }
  return stillNamed(policy, by) ? by : '';
}

function stillNamed(policy: Policy, written: string): boolean {
  const by = readPersonRef(written);
  if (!by.ok) return false;
  switch (by.value.type) {
    case 'user':
      return namedInPolicy(policy).users.has(by.value.id);
    case 'usergroup':
      return namedInPolicy(policy).usergroups.has(by.value.id);
    case 'group':
    case 'oncall':
      // What the policy does not have any more has nobody in it.
      return true;
    default:
      return by.value satisfies never;
  }
}
