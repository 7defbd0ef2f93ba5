/** Stops an item's clocks for a while: somebody knows of it, and will be back. Never past the item's own end. */
import { drawCardsAgain, sayOnCard } from '../outbox/enqueue.ts';
import { snoozedUntil, type Snooze } from '../../policies/schedule/snooze.ts';
import { actOnItem, type ActedOn } from '../access/act-on-item.ts';
import type { Person } from '../access/refused.ts';
import { stopClocks } from './stop-clocks.ts';
import { promoteItem } from '../backlog/promote-item.ts';
import type { World } from '../world/world.ts';

export const snoozeItem = (
  world: World,
  asked: { item_id: string; person: Person; snooze: Snooze },
): Promise<ActedOn> =>
  actOnItem(world, asked, 'snooze', async (unit, record) => {
    const until = snoozedUntil(asked.snooze, world.policy().timezone, unit.now);
    if (record.expires_at !== null && until >= record.expires_at)
      return { refused: 'past_its_end', expires_at: record.expires_at };
    const by = asked.person.user;
    await stopClocks(world, unit, record, { kind: 'snooze', by, until });
    await unit.audit({
      event: 'item.snoozed',
      item_id: record.id,
      facts: { slack_user: by, until },
    });
    await promoteItem(world, unit, record, { because: 'taken_up', by });
    await sayOnCard(world, unit, record, { line: 'snoozed', by, until });
    await drawCardsAgain(world, unit, record);
    return { done: true };
  });
