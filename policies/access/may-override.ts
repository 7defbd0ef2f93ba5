/** Who may change who is on call: managers; the people of a rotation for their own shifts. Pure. */
import { stretches, type Override } from '../schedule/rotation.ts';
import type { Policy, Rotation } from '../policy.ts';
import {
  isManager,
  isOurs,
  type Known,
  type Outside,
  type Person,
  type Unknown,
} from './who-may.ts';

export type MayOverride =
  | { may: 'yes' }
  | {
      may: 'no';
      because:
        | Outside
        /** No manager. */
        | 'not_in_rotation'
        /** It would give away time that is somebody else's. */
        | 'not_your_shift'
        /** Only a manager puts somebody on call who takes no turns there. */
        | 'stranger';
    }
  | Unknown;

/** Whether `person` may put `asked.slack_user` on call. One of the rotation may take any time, and give away their own. */
export function mayOverride(
  policy: Policy,
  rotation: Rotation,
  overrides: readonly Override[],
  asked: Pick<Override, 'slack_user' | 'starts_at' | 'ends_at'>,
  person: Person,
  known: Known,
): MayOverride {
  const manager = isManager(policy, person, known);
  if (manager.may === 'yes') return manager;
  const ours = isOurs(policy, person, known);
  if (ours.may === 'no') return ours;
  const because = otherwise(rotation, overrides, asked, person);
  // Whoever takes turns there is named by id: a guest too.
  if (because === null) return ours.may === 'yes' ? { may: 'yes' } : ours;
  return manager.may === 'unknown' ? manager : { may: 'no', because };
}

function otherwise(
  rotation: Rotation,
  overrides: readonly Override[],
  asked: Pick<Override, 'slack_user' | 'starts_at' | 'ends_at'>,
  { user }: Person,
): Extract<MayOverride, { may: 'no' }>['because'] | null {
  if (!rotation.people.includes(user)) return 'not_in_rotation';
  if (asked.slack_user === user) return null;
  if (!rotation.people.includes(asked.slack_user)) return 'stranger';
  const taken = stretches(rotation, overrides, asked.starts_at, asked.ends_at).filter(
    (one) => one.users.length > 0,
  );
  const own = taken.length > 0 && taken.every((one) => one.users.every((id) => id === user));
  return own ? null : 'not_your_shift';
}
