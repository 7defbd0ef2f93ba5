/**
 * Which items a rule with `sample` takes: by a keyed hash of their ids, so that the same item always falls the same way,
 * and no producer can tell which way an id will fall. Pure.
 */
import { keyedHash } from '../../src/domain/hash.ts';

const HEX_DIGITS = 12;
const RANGE = 16 ** HEX_DIGITS;

/**
 * Whether a rule that samples `share` (0..1) takes that item, in the installation that has `key`. The rule's id is mixed
 * in, so that two rules choose independently of each other.
 */
export function isSampled(key: string, share: number, rule: string, item_id: string): boolean {
  const digits = keyedHash(key, `sample\n${rule}\n${item_id}`).slice(0, HEX_DIGITS);
  return Number.parseInt(digits, 16) / RANGE < share;
}
