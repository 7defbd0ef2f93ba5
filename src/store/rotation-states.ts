/** What of rotations was last seen: who had each, what each user group was last asked to hold, who is still there. */
import type { EpochMs } from '../clock.ts';
import type { Db } from './database.ts';

/** Who had each rotation when that was last written down; a rotation that is new has no entry. */
export async function rotationStates(db: Db): Promise<Map<string, string[]>> {
  const rows = await db.selectFrom('rotation_states').select(['rotation', 'users_json']).execute();
  // What was written here were ids.
  return new Map(rows.map((row) => [row.rotation, JSON.parse(row.users_json) as string[]]));
}

export async function setRotationState(
  db: Db,
  rotation: string,
  users: readonly string[],
  at: EpochMs,
): Promise<void> {
  const users_json = JSON.stringify(users);
  await db
    .insertInto('rotation_states')
    .values({ rotation, users_json, at })
    .onConflict((conflict) => conflict.column('rotation').doUpdateSet({ users_json, at }))
    .execute();
}

export interface UsergroupState {
  users: string[];
  at: EpochMs;
}

/** What each user group was last asked to hold, and when. */
export async function usergroupStates(db: Db): Promise<Map<string, UsergroupState>> {
  const rows = await db.selectFrom('usergroup_states').selectAll().execute();
  return new Map(
    rows.map((row) => [
      row.usergroup,
      { users: JSON.parse(row.users_json) as string[], at: row.at },
    ]),
  );
}

export async function setUsergroupState(
  db: Db,
  usergroup: string,
  { users, at }: UsergroupState,
): Promise<void> {
  const users_json = JSON.stringify(users);
  await db
    .insertInto('usergroup_states')
    .values({ usergroup, users_json, at })
    .onConflict((conflict) => conflict.column('usergroup').doUpdateSet({ users_json, at }))
    .execute();
}
