/**
 * Columns of facts as bytes, for the database: as narrow as the numbers in them allow, for a question reads millions.
 * Pure. Every machine that Node runs on keeps numbers little-endian; these bytes never leave one.
 */
import type { Coded } from '../formulas/facts.ts';

/** Width of a number, in bytes; 0: all are the same. */
type Width = 0 | 1 | 2 | 4 | 8;

/** Before the numbers: their width, then (from byte 8) what is added to each; so that they begin where numbers may begin. */
const HEAD = 16;

/** Whole numbers as their distance from the least, the largest distance standing for none; others as doubles. */
export function numberBytes(numbers: Float64Array): Uint8Array {
  const { width, base } = narrowest(numbers);
  const bytes = new Uint8Array(HEAD + numbers.length * width);
  bytes[0] = width;
  new DataView(bytes.buffer).setFloat64(8, base, true);
  const none = 2 ** (8 * width) - 1;
  const distances = numbersAt(bytes, HEAD, width, numbers.length);
  for (let i = 0; distances && i < numbers.length; i += 1) {
    const number = numbers[i] ?? Number.NaN;
    distances[i] = width === 8 ? number : Number.isNaN(number) ? none : number - base;
  }
  return bytes;
}

function narrowest(numbers: Float64Array): { width: Width; base: number } {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  let none = 0;
  for (const number of numbers) {
    if (Number.isNaN(number)) none += 1;
    else if (!Number.isSafeInteger(number)) return { width: 8, base: 0 };
    else {
      if (number < least) least = number;
      if (number > most) most = number;
    }
  }
  if (none === numbers.length) return { width: 0, base: Number.NaN };
  const span = most - least;
  if (none === 0 && span === 0) return { width: 0, base: least };
  const width = ([1, 2, 4] as const).find((one) => span < 2 ** (8 * one) - 1);
  return width === undefined ? { width: 8, base: 0 } : { width, base: least };
}

/** Reads `length` numbers into the first places of `into`. */
export function readNumbers(bytes: Uint8Array, length: number, into: Float64Array): void {
  const width = widthOf(bytes);
  const base = new DataView(bytes.buffer, bytes.byteOffset).getFloat64(8, true);
  const distances = numbersAt(bytes, HEAD, width, length);
  if (distances === null) return void into.fill(base, 0, length);
  if (width === 8) return into.set(distances);
  const none = 2 ** (8 * width) - 1;
  for (let i = 0; i < length; i += 1) {
    const distance = distances[i] ?? none;
    into[i] = distance === none ? Number.NaN : distance + base;
  }
}

/** The width of a code, how many there are (from byte 4), the codes (from byte 8), then their names. */
export function nameBytes({ codes, names }: Coded): Uint8Array {
  const width: Width = names.length <= 1 ? 0 : names.length <= 256 ? 1 : 2;
  const written = new TextEncoder().encode(JSON.stringify(names));
  const end = HEAD + codes.length * width;
  const bytes = new Uint8Array(end + written.byteLength);
  bytes[0] = width;
  new DataView(bytes.buffer).setUint32(4, codes.length, true);
  numbersAt(bytes, HEAD, width, codes.length)?.set(codes);
  bytes.set(written, end);
  return bytes;
}

/** Reads the codes into the first places of `into`, and returns their names. */
export function readNames(bytes: Uint8Array, into: Uint16Array): string[] {
  const width = widthOf(bytes);
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true);
  const codes = numbersAt(bytes, HEAD, width, length);
  if (codes === null) into.fill(0, 0, length);
  else into.set(codes);
  // What stands there was written by nameBytes.
  return JSON.parse(decoder.decode(bytes.subarray(HEAD + length * width))) as string[];
}

const decoder = new TextDecoder();

// What stands there was written by this file.
const widthOf = (bytes: Uint8Array): Width => bytes[0] as Width;

/** The numbers that lie there; null where there are none to lie there. */
function numbersAt(bytes: Uint8Array, from: number, width: Width, length: number) {
  if (width === 0) return null;
  const begin = bytes.byteOffset + from;
  // Numbers begin at a multiple of their width: where SQLite handed out other bytes, a copy does.
  const isWell = begin % width === 0;
  const buffer = isWell
    ? bytes.buffer
    : new Uint8Array(bytes.subarray(from, from + length * width)).buffer;
  const at = isWell ? begin : 0;
  switch (width) {
    case 1:
      return new Uint8Array(buffer, at, length);
    case 2:
      return new Uint16Array(buffer, at, length);
    case 4:
      return new Uint32Array(buffer, at, length);
    case 8:
      return new Float64Array(buffer, at, length);
    default:
      return width satisfies never;
  }
}
