/** How many items a producer may put in, by the policy. Pure. */
import type { Rate } from '../../src/domain/rate.ts';
import type { Policy } from '../policy.ts';

/** @param producer a token's name, or `queue`; null: there is no limit */
export function intakeRate(policy: Policy, producer: string): Rate | null {
  const intake = policy.limits?.intake;
  if (!intake) return null;
  return Object.hasOwn(intake.producers, producer)
    ? (intake.producers[producer] ?? null)
    : intake.each;
}
