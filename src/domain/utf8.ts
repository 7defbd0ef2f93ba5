/** Bytes from outside as text: UTF-8, or refused with the place where they are not. Pure. */

export type Decoded =
  | { ok: true; text: string }
  | {
      ok: false;
      /** What is wrong, in words that follow a name: "is not UTF-8 at byte 14 …". */
      problem: string;
      /** The text with each byte that is no UTF-8 as `\xNN`: to be looked at. */
      shown: string;
    };

const strict = new TextDecoder('utf-8', { fatal: true });
const lenient = new TextDecoder('utf-8', { ignoreBOM: true });

/** Decodes UTF-8; a byte order mark at its start is dropped. Offsets count bytes from 0. */
export function decodeUtf8(bytes: Uint8Array): Decoded {
  const utf16 = utf16Name(bytes);
  if (utf16 !== null) {
    const text = new TextDecoder(utf16 === 'UTF-16BE' ? 'utf-16be' : 'utf-16le').decode(bytes);
    return { ok: false, problem: `is ${utf16}, not UTF-8: write it as UTF-8`, shown: text };
  }
  try {
    return { ok: true, text: strict.decode(bytes) };
  } catch {
    const at = invalidAt(bytes, 0);
    const byte = `0x${(bytes[at] ?? 0).toString(16).toUpperCase().padStart(2, '0')}`;
    return {
      ok: false,
      problem: `is not UTF-8 at byte ${at} (${byte})`,
      shown: withEscapes(bytes),
    };
  }
}

/** By its byte order mark, or because every other of its first bytes is NUL, as in JSON written so. */
function utf16Name(bytes: Uint8Array): string | null {
  const [a, b, c, d] = bytes;
  if (a === 0xff && b === 0xfe) return 'UTF-16LE';
  if (a === 0xfe && b === 0xff) return 'UTF-16BE';
  if (bytes.length < 4) return null;
  if (a === 0 && b !== 0 && c === 0 && d !== 0) return 'UTF-16BE';
  return a !== 0 && b === 0 && c !== 0 && d === 0 ? 'UTF-16LE' : null;
}

/** The offset of the first byte that begins no UTF-8 character (RFC 3629, table 3-7 of Unicode), -1 where there is none. */
function invalidAt(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length) {
    const length = characterAt(bytes, at);
    if (length === 0) return at;
    at += length;
  }
  return -1;
}

/** How many bytes the character at `at` has; 0 where there is none. */
function characterAt(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  const length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  const second = bytes[at + 1] ?? 0;
  const least = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const most = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  if (second < least || second > most) return 0;
  for (let more = 2; more < length; more += 1)
    if (((bytes[at + more] ?? 0) & 0xc0) !== 0x80) return 0;
  return length;
}

function withEscapes(bytes: Uint8Array): string {
  const parts: string[] = [];
  let from = 0;
  while (from < bytes.length) {
    const bad = invalidAt(bytes, from);
    parts.push(lenient.decode(bytes.subarray(from, bad < 0 ? bytes.length : bad)));
    if (bad < 0) break;
    parts.push(`\\x${(bytes[bad] ?? 0).toString(16).padStart(2, '0')}`);
    from = bad + 1;
  }
  return parts.join('');
}
