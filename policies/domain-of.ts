/** Which domain an item belongs to. Pure. */
import type { Domain, Policy } from './policy.ts';

/** The domain of that name, else the default one. */
export function domainOf(policy: Policy, name: string | null | undefined): Domain {
  const named = known(policy, name) ?? known(policy, policy.default_domain);
  if (named === null)
    throw new Error(`the policy lost its default domain ${policy.default_domain}`);
  return named;
}

const known = (policy: Policy, name: string | null | undefined): Domain | null =>
  name !== null && name !== undefined && Object.hasOwn(policy.domains, name)
    ? (policy.domains[name] ?? null)
    : null;
