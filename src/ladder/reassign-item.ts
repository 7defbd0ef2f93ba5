/** Hands an item to somebody else who may decide it: they are paged, a claim of whoever had it is released, and a snooze ends. */
import { drawCardsAgain, sayOnCard } from '../outbox/enqueue.ts';
import { actOnItem, type ActedOn } from '../access/act-on-item.ts';
import { authorise } from '../access/authorise.ts';
import type { Person } from '../access/refused.ts';
import { transition } from '../domain/lifecycle.ts';
import { ASKED } from '../domain/page-reason.ts';
import { pageInPerson } from '../paging/page-rung.ts';
import { startClaimClock } from './claim-clock.ts';
import { resumeClocks } from './stop-clocks.ts';
import { swapItem } from '../store/items.ts';
import { rungsOfItem } from '../store/rungs.ts';
import { waitOf } from '../store/waits.ts';
import { promoteItem } from '../backlog/promote-item.ts';
import type { World } from '../world/world.ts';

export const reassignItem = (
  world: World,
  asked: { item_id: string; person: Person; to: string; words: string | null },
): Promise<ActedOn> =>
  actOnItem(world, asked, 'reassign', async (unit, record) => {
    const { person, to, words } = asked;
    if (record.claimed_by === to) return { refused: 'claimed', by: to };
    const other: Person = { user: to, team: person.team, name: to };
    const may = await authorise(world, unit.db, record, other, 'decide');
    if (may.may === 'unknown') return { done: 'unknown', look: may.look };
    if (may.may === 'no')
      return {
        refused: 'not_theirs',
        who: to,
        ask: may.refusal.refused === 'not_a_decider' ? may.refusal.ask : [],
      };
    const moved = transition(record, { type: 'hand_over' }, unit.now);
    if (!moved.ok) return moved;
    await swapItem(unit.db, record, moved.state);
    await unit.audit({
      event: 'item.reassigned',
      item_id: record.id,
      facts: {
        slack_user: person.user,
        to,
        version: moved.state.version,
        view_rev: moved.state.view_rev,
      },
    });
    // Somebody is called now: nothing sleeps any more. A question to whoever asked still stops the clocks.
    const woken = (await waitOf(unit.db, record.id))?.kind === 'snooze';
    if (woken) await resumeClocks(world, unit, record);
    if (record.claimed_by !== null) await startClaimClock(world, unit, record);
    const open = (await rungsOfItem(unit.db, record.id)).find((rung) => rung.state === 'paged');
    await pageInPerson(world, unit, record, open?.number ?? 1, to, {
      ...ASKED,
      because: 'given',
      by: person.user,
      reason: words,
      woke: false,
    });
    await promoteItem(world, unit, record, { because: 'taken_up', by: person.user });
    await sayOnCard(world, unit, record, {
      line: 'reassigned',
      by: person.user,
      user: to,
      words,
      ...(woken ? { woken } : {}),
    });
    await drawCardsAgain(world, unit, record);
    return { done: true };
  });
