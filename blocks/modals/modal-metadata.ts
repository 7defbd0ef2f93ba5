/** What a modal carries of its item (`private_metadata`), written and read in one place. Pure; never throws. */

/** `version` is the item's `view_rev` as the person saw it; `action` the word the form is for: reject, edit, answer, details. */
interface ItemMetadata {
  item_id: string;
  version: number;
  action: string;
}

export const writeItemMetadata = (metadata: ItemMetadata): string =>
  JSON.stringify({
    item_id: metadata.item_id,
    version: metadata.version,
    action: metadata.action,
  });

/** Null where the text is not one of ours. */
export function readItemMetadata(text: unknown): ItemMetadata | null {
  const read = readJsonObject(text);
  if (!read) return null;
  const { item_id, version, action } = read;
  return typeof item_id === 'string' &&
    item_id !== '' &&
    typeof version === 'number' &&
    Number.isInteger(version) &&
    typeof action === 'string'
    ? { item_id, version, action }
    : null;
}

/** A JSON object out of a text, or null. */
export function readJsonObject(text: unknown): Record<string, unknown> | null {
  if (typeof text !== 'string') return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
