// The item that is being written, as text. Pure apart from the dice for its id.

export type Json = Record<string, unknown>;
export type ReadItem = { ok: true; item: Json } | { ok: false; why: string };

export function itemIn(text: string): ReadItem {
  try {
    const item: unknown = JSON.parse(text);
    return typeof item === 'object' && item !== null && !Array.isArray(item)
      ? { ok: true, item: item as Json }
      : { ok: false, why: 'An item is a JSON object: {…}' };
  } catch (error) {
    return { ok: false, why: `This is no JSON: ${error instanceof Error ? error.message : ''}` };
  }
}

/** The same text with another id, so that it is another item. */
export function freshId(text: string): string {
  const read = itemIn(text);
  if (!read.ok) return text;
  const base = String(read.item['id'] ?? 'mine').replace(/~\w+$/, '');
  const dice = Math.floor(Math.random() * 36 ** 4).toString(36);
  return JSON.stringify({ ...read.item, id: `${base}~${dice}` }, null, 2);
}
