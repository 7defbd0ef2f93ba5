/** People of rotations who are no longer in Slack, as it was last asked. */
import type { Db } from './database.ts';

export const gonePeople = async (db: Db): Promise<string[]> =>
  (await db.selectFrom('gone_people').select('slack_user').orderBy('slack_user').execute()).map(
    (row) => row.slack_user,
  );
