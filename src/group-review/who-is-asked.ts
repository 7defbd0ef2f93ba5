/** Whose word an item waits for: everybody who may decide it now, as far as that is known. */
import { deciderRefs } from '../../policies/access/who-may.ts';
import { pagedNow } from '../access/authorise.ts';
import type { ItemRecord } from '../domain/decision.ts';
import type { Db } from '../store/database.ts';
import type { World } from '../world/world.ts';

/** `unknown`: user groups whose members are not known, so that there may be more. */
export async function askedOf(
  world: World,
  db: Db,
  record: ItemRecord,
): Promise<{ people: Set<string>; unknown: string[] }> {
  const people = new Set<string>();
  const unknown: string[] = [];
  const refs = [
    ...deciderRefs(world.policy(), record, world.onCall),
    ...(await pagedNow(world, db, record)),
  ];
  for (const ref of refs) {
    if (ref.type === 'user') people.add(ref.id);
    if (ref.type !== 'usergroup') continue;
    const members = world.membersOf(ref.id);
    if (members === undefined) unknown.push(ref.id);
    else for (const id of members) people.add(id);
  }
  if (record.requester_slack_user !== null) people.delete(record.requester_slack_user);
  return { people, unknown };
}
