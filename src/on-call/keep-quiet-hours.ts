/** A person sets their own quiet hours, or ends them. */
import { removeQuietHours, setQuietHours, type QuietHoursRow } from '../store/quiet-hours.ts';
import type { World } from '../world/world.ts';

/** `quiet` null: none any more. Resolves once that is on disk. */
export const keepQuietHours = (
  world: World,
  slack_user: string,
  quiet: Omit<QuietHoursRow, 'slack_user' | 'set_at'> | null,
): Promise<void> =>
  world.commit(async (unit) => {
    if (quiet === null) await removeQuietHours(unit.db, slack_user);
    else await setQuietHours(unit.db, { ...quiet, slack_user, set_at: unit.now });
    await unit.audit({
      event: 'quiet.changed',
      item_id: null,
      facts: { slack_user, on: quiet !== null },
    });
  });
