/** Where a pause or a freeze holds, a person is asked instead of letting an item through, and the item says why. */
import type { Evaluation } from '../../policies/routing/evaluate.ts';
import { PLAIN_ASK } from '../../policies/policy.ts';
import { rfc3339 } from '../domain/clock.ts';
import type { Hold } from '../world/holds.ts';
import type { Item } from '../domain/item.ts';
import type { World } from '../world/world.ts';

export interface HeldBack extends Evaluation {
  /** What turned a letting-through into asking. */
  held?: Hold['hold'];
}

/** What the policy found, or asking where it found letting-through and something holds that back. */
export function heldBack(world: World, item: Item, found: Evaluation): HeldBack {
  const { route } = found;
  const checkedBehind = route.type === 'ask' && route.after === 'let_through';
  if (route.type !== 'let_through' && !checkedBehind) return found;
  const hold = world.holds.on(found.domain.id, item);
  if (hold === null) return found;
  return {
    ...found,
    // What would have been asked behind it is asked before.
    route: checkedBehind ? { ...route, after: null } : PLAIN_ASK,
    why: [holdWords(hold, found.domain.title), ...found.why].slice(0, 6),
    held: hold.hold,
  };
}

/** One line of plain text, at most 200 characters: what holds, since when, why. */
function holdWords(hold: Hold, domain: string): string {
  const since = (at: number) => `${rfc3339(at).slice(0, 16).replace('T', ' ')} UTC`;
  switch (hold.hold) {
    case 'pause': {
      const { pause } = hold;
      const where = pause.domain === null ? 'everywhere' : `in ${domain}`;
      const words = `letting through is paused ${where} since ${since(pause.paused_at)}: ${pause.reason}`;
      return words.length > 200 ? `${words.slice(0, 199)}…` : words;
    }
    case 'freeze': {
      const { freeze } = hold;
      return `items like this are frozen since ${since(freeze.frozen_at)}: item ${freeze.item_id} was called a policy violation`.slice(
        0,
        200,
      );
    }
    default:
      return hold satisfies never;
  }
}
