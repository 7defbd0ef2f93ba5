/**
 * What a person asks for by a command, or by a button of its answer, and that changes something: it is stored before
 * Slack is told that it was heard, so that no crash can lose it. Who is asked about it first (a user group, a time zone)
 * may be slow.
 */
import type { Act } from './action.ts';
import { readKept } from '../domain/exact-json.ts';
import type { EpochMs } from '../domain/clock.ts';
import { insertClick, waitingClicks } from '../store/clicks.ts';
import type { World } from '../world/world.ts';

export const CHANGES = ['pause', 'resume', 'override', 'quiet', 'export'] as const;

export interface AskedChange extends Pick<Act, 'person' | 'where'> {
  change: (typeof CHANGES)[number] | 'take_shift' | 'cancel_override';
  /** What was typed behind the word, as Slack escapes it; of a button, its value. */
  rest: string;
  /** When it was asked for: `2h` counts from then. */
  at: EpochMs;
}

/** Stores it. Returns the id to settle it by (`settleAct`), and itself with its time. */
export async function keepChange(
  world: World,
  asked: Omit<AskedChange, 'at'>,
): Promise<{ id: string; asked: AskedChange }> {
  const id = world.ids.uuid();
  return world.commit(async (unit) => {
    const kept: AskedChange = { ...asked, at: unit.now };
    await insertClick(unit.db, { id, received_at: unit.now, click_json: JSON.stringify(kept) });
    return { id, asked: kept };
  });
}

/** What an earlier process stored and did not settle, in the order it was asked for. */
export async function keptChanges(world: World): Promise<{ id: string; asked: AskedChange }[]> {
  return (await waitingClicks(world.db)).flatMap(({ id, click_json }) => {
    // What is stored there is one or an Act.
    const asked = readKept(click_json) as AskedChange | Act;
    return 'change' in asked ? [{ id, asked }] : [];
  });
}
