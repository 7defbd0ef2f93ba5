/** Rows held against what the audit log tells of them: what the `verify-` files share. Pure. */
import { canonicalJson, digestOf, isDigestOf, saltedDigest } from '../domain/hash.ts';
import type { DecisionsTable, DecisionTextsTable } from '../store/item-tables.ts';
import { parsed, type Columns } from './log-entry.ts';

/** Told of each thing that is not as the log has it. */
export type Differs = (what: string) => void;

/** Each column of a row against what the log says it must hold. */
export function compare(table: string, held: Columns, told: Columns, differs: Differs): void {
  for (const column in held) {
    const value = held[column];
    // Almost all are alike, and most are no objects.
    const said = told[column];
    if ((value ?? null) === (said ?? null) || alike(value, said)) continue;
    if (canonicalJson(value) !== canonicalJson(said))
      differs(`${table}.${column} is ${shown(value)}, the log says ${shown(said)}`);
  }
}

/** Lists of the same words, which need not be written out to be seen to be so. */
const alike = (one: unknown, other: unknown): boolean =>
  Array.isArray(one) &&
  Array.isArray(other) &&
  one.length === other.length &&
  one.every((each, at) => typeof each === 'string' && each === other[at]);

/** What was said, and the card it was said on, against the digests of the row it belongs to. */
export function verifyTexts(
  of: Pick<DecisionsTable, 'text_digest' | 'card_digest'>,
  text: Pick<DecisionTextsTable, 'salt' | 'said_json' | 'card_json'>,
  what: 'decision' | 'opinion',
  differs: Differs,
): void {
  if (!isDigestOf(of.text_digest, text.salt, text.said_json, parsed))
    differs(`what was said does not have the text_digest of its ${what}`);
  if (text.card_json === null) {
    if (of.card_digest !== null) differs(`the card as it was seen is not kept with its ${what}`);
    return;
  }
  if (of.card_digest !== null && cardAsItStands(text.card_json) === of.card_digest) return;
  const card = parsed(text.card_json);
  const seen =
    typeof card === 'object' && card !== null && 'salt' in card && 'shown' in card
      ? saltedDigest(String(card.salt), card.shown)
      : null;
  if (seen === null || seen !== of.card_digest)
    differs(`the card as it was seen does not have the card_digest of its ${what}`);
}

/** The digest of a card as end-item and write-opinion write it down, without reading it; null: it is not so. */
function cardAsItStands(card_json: string): string | null {
  const [, salt, shown] = /^\{"salt":"([0-9a-f]+)","shown":("[^]*")\}$/.exec(card_json) ?? [];
  return salt === undefined || shown === undefined ? null : digestOf(salt, shown);
}

/** Rows gathered by the item they are of. */
export function byItemId<R extends { item_id: string | null }>(
  rows: readonly R[],
): Map<string, R[]> {
  const groups = new Map<string, R[]>();
  for (const row of rows) {
    if (row.item_id === null) continue;
    const group = groups.get(row.item_id);
    if (group) group.push(row);
    else groups.set(row.item_id, [row]);
  }
  return groups;
}

/** A value of a column, short. */
export function shown(value: unknown): string {
  const text = canonicalJson(value);
  return text.length > 100 ? `${text.slice(0, 99)}…` : text;
}
