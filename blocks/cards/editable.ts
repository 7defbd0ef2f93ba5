/** What of an item a person may change before it goes on. Pure. */
import type { Item } from '../../src/domain/item.ts';

type Editable =
  | { part: 'args' | 'proposal'; value: { [key: string]: unknown } }
  | { part: 'proposal'; value: string };

/**
 * The arguments of an approval, or the proposal of a review; of an approval without arguments its proposal. Null where
 * there is nothing to edit, and then there is no Edit button.
 */
export function editableOf(item: Pick<Item, 'kind' | 'action' | 'proposal'>): Editable | null {
  if (item.kind !== 'approval' && item.kind !== 'review') return null;
  const args = item.action?.args;
  if (item.kind === 'approval' && args && Object.keys(args).length > 0)
    return { part: 'args', value: args };
  // With an action it is the action that runs: editing words beside it would change nothing.
  if (item.action !== undefined || item.proposal === undefined) return null;
  return typeof item.proposal === 'string'
    ? { part: 'proposal', value: item.proposal }
    : { part: 'proposal', value: item.proposal };
}
