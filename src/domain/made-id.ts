/**
 * Ids of items that the pager makes itself: a check, an item asked again, a question to compliance. Their form is the
 * pager's own, so that no producer can have taken one before, and they have one length whatever they are made of. Pure.
 */
import { sha256 } from './hash.ts';

const FORM = /^item~[0-9a-f]{32}$/;

/** What an item is made for. */
type MadeFor = 'check' | 'freeze' | 'reopen';

/** The id of the item that is made for that of another item: the same each time, and says nothing of either. */
export const madeId = (made_for: MadeFor, item_id: string): string =>
  `item~${sha256(`${made_for}\n${item_id}`).slice('sha256:'.length, 'sha256:'.length + 32)}`;

/** Whether an id has the form of those that only the pager makes. */
export const isMadeId = (id: string): boolean => FORM.test(id);
