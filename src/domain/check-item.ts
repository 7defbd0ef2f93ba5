/**
 * The check behind an item that was let through: the same question under an id of its own, for people alone. Pure.
 */
import { canonicalJson } from './hash.ts';
import type { Item } from './item.ts';
import { madeId } from './made-id.ts';

/**
 * The item to check `item` by. Its id says nothing of what it is (it stands on the card, and a blind check must not say
 * that the AI was sure), and is the same each time.
 * What reaches the producer or whoever asked is left out: they have their result. Who asked stays, for they may not decide.
 */
export function checkItem(item: Item): { item: Item; written: string } {
  const {
    callback: _callback,
    reply_to: _queue,
    thread: _thread,
    expires_at: _expires,
    ...asked
  } = item;
  const check: Item = { ...asked, id: madeId('check', item.id) };
  return { item: check, written: canonicalJson(check) };
}
