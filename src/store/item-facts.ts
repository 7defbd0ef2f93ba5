/** What of an item's body figures are made of, in columns of their own: they stay when its texts are erased. Pure. */
import { saltedDigest } from '../domain/hash.ts';
import { hidesField } from '../domain/redact.ts';
import type { BodyColumns } from '../domain/item-columns.ts';
import type { Item, Outcome } from '../domain/item.ts';
import type { ItemsTable } from './item-tables.ts';

/**
 * What the log keeps of an item whose body is gone, and with it what these columns could be held against: no text that may
 * name a person, so the item's id is salt enough.
 */
export const keptFactsDigest = (item: Pick<ItemsTable, 'id' | 'confidence' | 'model'>): string =>
  saltedDigest(item.id, { confidence: item.confidence, model: item.model });

/** A value that the producer marked sensitive, whole or in part, is none. `outcome`: of an item that ended as it came in. */
export function itemFacts(item: Item | null, outcome: Outcome | null): BodyColumns {
  const route =
    outcome === 'auto_approved' ? 'let_through' : outcome === 'auto_rejected' ? 'refuse' : 'ask';
  if (item === null) return { route, confidence: null, model: null, cohort: null, tags_json: null };
  const open = (field: keyof Item) => !hidesField(item, field);
  return {
    route,
    confidence: (open('confidence') ? item.confidence : null) ?? null,
    model: item.model && open('model') ? modelName(item.model) : null,
    cohort: (open('cohort') ? item.cohort : null) ?? null,
    tags_json: item.tags?.length && open('tags') ? JSON.stringify(item.tags) : null,
  };
}

/** A model is told from its next version: they are right at different times. */
const modelName = ({ name, version }: NonNullable<Item['model']>): string | null =>
  name === undefined ? null : version === undefined ? name : `${name} ${version}`;
