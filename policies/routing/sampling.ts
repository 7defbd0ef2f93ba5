/** Which items a rule with `sample` takes: by a hash, so that the same item always falls the same way. Pure. */
import { sha256 } from '../../src/domain/hash.ts';

const HEX_DIGITS = 12;
const RANGE = 16 ** HEX_DIGITS;

/**
 * Whether a rule that samples `share` (0..1) takes that item. The rule's id is mixed in, so that two rules choose
 * independently of each other.
 */
export function isSampled(share: number, rule: string, item_id: string): boolean {
  const [, hex = ''] = sha256(`sample\n${rule}\n${item_id}`).split(':');
  return Number.parseInt(hex.slice(0, HEX_DIGITS), 16) / RANGE < share;
}
