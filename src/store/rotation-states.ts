/** What of rotations was last seen: who had each, what each user group was last asked to hold, who is still there. */
import type { EpochMs } from '../domain/clock.ts';
import type { Db } from './database.ts';

export interface SeenState {
  users: string[];
  at: EpochMs;
}

/** Who had each rotation when that was last written down; a rotation that is new has no entry. */
export async function rotationStates(db: Db): Promise<Map<string, SeenState>> {
  const rows = await db.selectFrom('rotation_states').selectAll().execute();
  // What was written here were ids.
  return new Map(
    rows.map((row) => [
      row.rotation,
      { users: JSON.parse(row.users_json) as string[], at: row.at },
    ]),
  );
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

/** What each user group was last asked to hold, and when. */
export async function usergroupStates(db: Db): Promise<Map<string, SeenState>> {
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
  { users, at }: SeenState,
): Promise<void> {
  const users_json = JSON.stringify(users);
  await db
    .insertInto('usergroup_states')
    .values({ usergroup, users_json, at })
    .onConflict((conflict) => conflict.column('usergroup').doUpdateSet({ users_json, at }))
    .execute();
}
