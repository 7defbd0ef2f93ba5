/**
 * The check behind an item that was let through: the same question under an id of its own, for people alone. Pure.
 */
import { canonicalJson, sha256 } from './hash.ts';
import type { Item } from './item.ts';

const ID_DIGITS = 32;

/**
 * The item to check `item` by. Its id says nothing of what it is (it stands on the card, and a blind check must not say
 * that the AI was sure), and is the same each time. `attempt`: from 0, another id where a producer had that one.
 * What reaches the producer or whoever asked is left out: they have their result. Who asked stays, for they may not decide.
 */
export function checkItem(item: Item, attempt = 0): { item: Item; written: string } {
  const [, hex = ''] = sha256(`check\n${attempt}\n${item.id}`).split(':');
  const {
    callback: _callback,
    reply_to: _queue,
    thread: _thread,
    expires_at: _expires,
    ...asked
  } = item;
  const check: Item = { ...asked, id: `item-${hex.slice(0, ID_DIGITS)}` };
  return { item: check, written: canonicalJson(check) };
}
