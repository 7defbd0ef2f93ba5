/** What of an item its experts may see now: sensitive values hidden, and what gives the AI's answer away while it is blind. Pure. */
import { isBlindNow, type ItemRecord } from '../../src/domain/decision.ts';
import type { Item } from '../../src/domain/item.ts';
import { hideIn, maskSensitive } from '../../src/domain/redact.ts';

/** The item to show; null where its texts have been erased. */
export function seenItem(record: Pick<ItemRecord, 'item' | 'blind' | 'status'>): Item | null {
  const item = record.item && maskSensitive(record.item);
  if (item === null || !isBlindNow(record)) return item;
  const {
    proposal: _proposal,
    justification: _justification,
    confidence: _confidence,
    ensemble: _ensemble,
    source_reliability: _reliability,
    ...seen
  } = item;
  return seen;
}

/** Why it was asked; nothing while it is blind, for "confidence 0.42" would give it away. */
export const seenReasons = (
  record: Pick<ItemRecord, 'item' | 'why' | 'blind' | 'status'>,
): string[] => (isBlindNow(record) ? [] : record.why.map((line) => hideIn(record.item, line)));
