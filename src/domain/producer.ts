/** Who put an item in, as the pager counts and keeps them apart. Pure. */
import type { ItemRecord } from './decision.ts';

/** The ways in that have no token. No token may be called so. */
export const OTHER_PRODUCERS = ['queue', 'http', 'slack', 'pager'] as const;

/** The token by its name; else the way that the item came. */
export const producerOf = (record: Pick<ItemRecord, 'owner' | 'source'>): string =>
  record.owner ?? record.source;

/** A token of the HTTP API, as far as items are concerned. */
export interface TokenReach {
  name: string;
  /** Whether it reaches the items of others. */
  all: boolean;
}

/**
 * Whether a token reaches an item: its own; all, where it is for all. A check belongs to nobody, though it came of
 * somebody's item: its producer has the result already.
 */
export const reaches = (token: TokenReach, item: Pick<ItemRecord, 'owner' | 'check_of'>): boolean =>
  token.all || (item.owner === token.name && item.check_of === null);
