/** A later stage sends an item back to the one before it, with a reason; each stage may once. */
import { actOnItem, type ActedOn } from '../access/act-on-item.ts';
import type { Person } from '../access/refused.ts';
import type { Seen } from '../outbox/seen-view.ts';
import { signedBy } from './decide-in-group.ts';
import { transition } from '../domain/lifecycle.ts';
import type { World } from '../world/world.ts';
import { opinionsOf } from '../store/opinions.ts';
import { rungsOfItem } from '../store/rungs.ts';
import { changeStage } from './change-stage.ts';
import { writeOpinion } from './write-opinion.ts';

/** Resolves once that is on disk, or with why not. */
export async function sendBack(
  world: World,
  sending: {
    item_id: string;
    person: Person;
    rationale: string;
    seen_rev: number;
  } & Seen,
): Promise<ActedOn> {
  const { item_id, person, rationale, seen_rev } = sending;
  return actOnItem(world, sending, 'send_back', async (unit, record) => {
    const moved = transition(
      record,
      {
        type: 'send_back',
        by: person.user,
        seen_rev,
        signed: signedBy(await opinionsOf(unit.db, item_id)),
        next_rung: (await rungsOfItem(unit.db, item_id)).length + 1,
      },
      unit.now,
    );
    if (!moved.ok) return moved;
    if (rationale.trim() === '') return { refused: 'needs_reason' };
    const said = {
      item_id,
      slack_user: person.user,
      name: person.name,
      level: record.level,
      stage: record.several?.stage ?? 0,
      word: 'send_back' as const,
      rationale,
      error_tags: [],
    };
    await writeOpinion(world, unit, said, sending, null);
    await changeStage(world, unit, record, moved.state);
    world.log.info({ item_id, by: person.user }, 'item sent back');
    return { done: true };
  });
}
