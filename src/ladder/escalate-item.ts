/** "Escalate now": the next rung is paged at once, with the reason of whoever escalated. */
import { actOnItem, type ActedOn } from '../access/act-on-item.ts';
import type { Person } from '../access/refused.ts';
import { climbItem } from './climb-item.ts';
import type { World } from '../world/world.ts';

export const escalateItem = (
  world: World,
  asked: { item_id: string; person: Person; reason: string },
): Promise<ActedOn> =>
  actOnItem(world, asked, 'escalate', async (unit, record) => {
    if (!record.allowed.includes('escalate')) return { refused: 'cannot_escalate' };
    const step = await climbItem(world, unit, record, {
      because: 'escalated',
      by: asked.person.user,
      reason: asked.reason,
    });
    return step.step === 'page' ? { done: true } : { refused: 'nobody_above' };
  });
