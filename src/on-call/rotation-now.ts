/** How a rotation stands: who has it, until when, who comes next, and what was changed by hand. */
import type { Rotation } from '../../policies/policy.ts';
import {
  nextHandoff,
  stretches,
  type Handoff,
  type Stretch,
} from '../../policies/schedule/rotation.ts';
import { domainsOf } from '../../policies/schedule/domain-rotations.ts';
import type { EpochMs } from '../domain/clock.ts';
import type { OverrideRow } from '../store/overrides.ts';
import type { World } from '../world/world.ts';

/** As far as anybody looks ahead. */
export const LOOKED_AHEAD_MS = 14 * 86_400_000;

export interface RotationNow {
  rotation: Rotation;
  /** Titles of the domains that name it. */
  domains: string[];
  stretch: Stretch;
  /** null: nothing changes within 14 days. */
  until: EpochMs | null;
  next: Handoff | null;
  /** In force or to come, the earliest first. */
  overrides: OverrideRow[];
}

export function rotationNow(world: World, rotation: Rotation): RotationNow {
  const now = world.clock.now();
  const overrides = world.shifts
    .overrides()
    .filter((one) => one.rotation === rotation.id && one.ends_at > now);
  const end = now + LOOKED_AHEAD_MS;
  const [stretch] = stretches(rotation, overrides, now, end);
  if (stretch === undefined) throw new Error(`rotation ${rotation.id} has no present`);
  return {
    rotation,
    domains: domainsOf(world.policy(), rotation.id).map((domain) => domain.title),
    stretch,
    until: stretch.until < end ? stretch.until : null,
    next: nextHandoff(rotation, overrides, now),
    overrides,
  };
}
