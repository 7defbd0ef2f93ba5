/**
 * Values in words: short, on one line, whatever an item has put into them. Pure.
 */

export const TEXT_MAX = 60;

/** One line without control characters or directional marks, at most `max` characters. */
export function oneLine(text: string, max: number): string {
  // The beginning is enough, and a text can be long.
  const line = text
    .slice(0, max * 4)
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim();
  const letters = [...line];
  return letters.length > max || text.length > max * 4
    ? `${letters.slice(0, max - 1).join('')}…`
    : line;
}

/** A text without quotes, where words stand around it; "nothing" where it is empty. */
export const bare = (value: unknown): string =>
  value === '' ? 'nothing' : typeof value === 'string' ? oneLine(value, TEXT_MAX) : shown(value);

/** Any value, short: texts in quotes, lists of plain values written out, anything else by its size. */
export function shown(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return `"${oneLine(value, TEXT_MAX)}"`;
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(value);
    case 'object':
      break;
    default:
      return 'nothing';
  }
  if (value === null) return 'null';
  if (!Array.isArray(value)) {
    const count = Object.keys(value).length;
    return count === 0 ? 'nothing' : `{${count} ${count === 1 ? 'field' : 'fields'}}`;
  }
  if (value.length === 0) return 'none';
  if (value.some((one) => typeof one === 'object' && one !== null)) return `[${value.length}]`;
  return oneLine(
    `[${value.slice(0, 10).map(shown).join(', ')}${value.length > 10 ? ', …' : ''}]`,
    TEXT_MAX,
  );
}

/** 0..1 as a percentage, one decimal where it has one. */
export const percent = (share: number): string => `${Math.round(share * 1000) / 10}%`;
