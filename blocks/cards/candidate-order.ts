/** The order in which candidates are shown: shuffled by the item's id, the same at every drawing. Pure. */
import { canonicalJson, sha256 } from '../../src/domain/hash.ts';
import type { Item } from '../../src/domain/item.ts';

type Candidate = NonNullable<Item['candidates']>[number];

/**
 * The candidates as they are shown and recorded: position 1 first. Sorted by the digest of (item id, candidate id), which
 * is a uniform shuffle over items and does not depend on the order they came in. None where the item has none.
 */
export function candidateOrder(item: Pick<Item, 'id' | 'candidates'>): Candidate[] {
  return (item.candidates ?? [])
    .map((candidate) => ({ candidate, key: sha256(canonicalJson([item.id, candidate.id])) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ candidate }) => candidate);
}

/** What a position is called on the card: A for the first. */
export const candidateLetter = (at: number): string => String.fromCharCode(65 + at);
