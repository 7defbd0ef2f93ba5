/** Linear passes over a text that is known to be JSON: what native parsing would lose of it. Pure. */

export interface Scanned {
  /** It has a number that `survives` says no to. */
  exact: boolean;
  /** How many keys are written in it, those that stand twice counted twice. */
  keys: number;
  /** The text of one top-level field's value. */
  raw: { key: string; text: string } | null;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const COMMA = 0x2c;

/** @param raw_field the top-level field whose text is wanted */
export function scanJson(
  text: string,
  survives: (number: string) => boolean,
  raw_field?: string,
): Scanned {
  const scanned: Scanned = { exact: false, keys: 0, raw: null };
  let depth = 0;
  let string_from = 0;
  let string_to = 0;
  let raw_from = -1;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      string_from = at;
      at = endOfString(text, at);
      string_to = at + 1;
    } else if (code === COLON) {
      scanned.keys += 1;
      if (depth === 1 && raw_field !== undefined && raw_from === -1)
        if (isKey(text.slice(string_from, string_to), raw_field)) raw_from = at + 1;
    } else if (isBracket(code)) {
      depth += code === 0x7b || code === 0x5b ? 1 : -1;
    } else if (code === 0x2d || (code >= 0x30 && code <= 0x39)) {
      const from = at;
      while (isOfNumber(text.charCodeAt(at + 1))) at += 1;
      scanned.exact ||= !isShortInteger(text, from, at) && !survives(text.slice(from, at + 1));
      continue;
    }
    const ends = (code === COMMA && depth === 1) || (isBracket(code) && depth === 0);
    if (raw_from > 0 && ends && scanned.raw === null)
      scanned.raw = { key: raw_field ?? '', text: text.slice(raw_from, at).trim() };
  }
  return scanned;
}

/** `{`, `}`, `[`, `]` */
const isBracket = (code: number): boolean =>
  code === 0x7b || code === 0x7d || code === 0x5b || code === 0x5d;

/** Digits, `+`, `-`, `.`, `e`, `E` */
const isOfNumber = (code: number): boolean =>
  (code >= 0x30 && code <= 0x39) ||
  code === 0x2b ||
  code === 0x2d ||
  code === 0x2e ||
  code === 0x65 ||
  code === 0x45;

/** Up to 15 digits and nothing else: almost every number, and JavaScript keeps it. */
function isShortInteger(text: string, from: number, last: number): boolean {
  if (last - from >= 15) return false;
  for (let at = from; at <= last; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 0x30 || code > 0x39) return false;
  }
  return true;
}

const isKey = (written: string, name: string): boolean =>
  written === `"${name}"` || (written.includes('\\') && JSON.parse(written) === name);

/** The index of the quote that ends the string which starts at `from`. */
function endOfString(text: string, from: number): number {
  let end = text.indexOf('"', from + 1);
  // A quote after an odd run of backslashes is a part of the string. Each backslash is looked at once.
  while (end > 0 && text.charCodeAt(end - 1) === BACKSLASH) {
    let slashes = 1;
    while (text.charCodeAt(end - 1 - slashes) === BACKSLASH) slashes += 1;
    if (slashes % 2 === 0) break;
    end = text.indexOf('"', end + 1);
  }
  return end < 0 ? text.length : end;
}

/** The path of the first key that its object has already (`to[0].iban`), null where there is none. Linear. */
export function duplicateKey(text: string): string | null {
  const open: { keys: Set<string> | null; at: string | number }[] = [];
  let written = '';
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const inside = open.at(-1);
    if (code === QUOTE) {
      const end = endOfString(text, at);
      written = text.slice(at, end + 1);
      at = end;
    } else if (code === 0x7b) open.push({ keys: new Set(), at: '' });
    else if (code === 0x5b) open.push({ keys: null, at: 0 });
    else if (isBracket(code)) open.pop();
    else if (code === COMMA && typeof inside?.at === 'number') inside.at += 1;
    else if (code === COLON && inside?.keys) {
      const key = JSON.parse(written) as string;
      inside.at = key;
      if (inside.keys.has(key)) return pathOf(open.map((one) => one.at));
      inside.keys.add(key);
    }
  }
  return null;
}

const pathOf = (parts: (string | number)[]): string =>
  parts
    .map((part, at) => (typeof part === 'number' ? `[${part}]` : at === 0 ? part : `.${part}`))
    .join('')
    .slice(0, 300);
