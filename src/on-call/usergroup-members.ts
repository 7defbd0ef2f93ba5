/** Who should be in a user group that rotations keep: whoever is on call by any of them. */
import type { World } from '../world/world.ts';

/** Sorted; empty: nobody is on call, and the group stays as it is. */
export const usergroupMembers = (
  world: Pick<World, 'policy' | 'onCall'>,
  usergroup: string,
): string[] => {
  const users = Object.values(world.policy().rotations)
    .filter((rotation) => rotation.usergroup === usergroup)
    .flatMap((rotation) => world.onCall(rotation.id));
  return [...new Set(users)].toSorted();
};
