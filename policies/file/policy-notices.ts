/**
 * What a good policy says that nobody may have meant; one line each. Pure.
 */
import type { Policy } from '../policy.ts';

/** The notices of a policy, in the order of the file. */
export function noticesOf(policy: Policy): string[] {
  return policy.otherwise.type === 'let_through'
    ? ['otherwise lets through: an item that no rule speaks of is asked of nobody']
    : [];
}
