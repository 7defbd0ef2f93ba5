/** Who is on call now, by each rotation of the policy in force: computed when it changes, and kept in memory between. */
import type { Policy, Rotation } from '../policies/policy.ts';
import { stretches, type Stretch } from '../policies/rotation.ts';
import type { OnCall } from '../policies/who-may.ts';
import type { Clock } from './clock.ts';

/** Looked ahead: what does not change within it is computed once more. */
const KEPT_MS = 24 * 3_600_000;

/** Answers in no time for whoever is authorised; a rotation that the policy does not have has nobody. */
export function createOnCall(clock: Clock, policy: () => Policy): OnCall {
  const kept = new Map<string, { rotation: Rotation; stretch: Stretch }>();
  return (name) => {
    const { rotations } = policy();
    const rotation = Object.hasOwn(rotations, name) ? rotations[name] : undefined;
    if (rotation === undefined) return [];
    const now = clock.now();
    const held = kept.get(name);
    if (held?.rotation === rotation && held.stretch.from <= now && now < held.stretch.until) {
      return held.stretch.users;
    }
    const [stretch] = stretches(rotation, [], now, now + KEPT_MS);
    if (stretch === undefined) return [];
    kept.set(name, { rotation, stretch });
    return stretch.users;
  };
}
