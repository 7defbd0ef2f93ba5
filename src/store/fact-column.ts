/** Columns of facts as bytes, for the database: numbers as doubles, names as a list and a code each. Pure. */
import type { Coded } from '../../stats/facts.ts';

/** Every machine that Node runs on keeps numbers little-endian; these bytes never leave one. */
export const numberBytes = (numbers: Float64Array): Uint8Array =>
  new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);

export const numbersOf = (bytes: Uint8Array): Float64Array => new Float64Array(aligned(bytes, 0));

/** How many codes, the codes, then their names. */
export function nameBytes({ codes, names }: Coded): Uint8Array {
  const written = new TextEncoder().encode(JSON.stringify(names));
  const bytes = new Uint8Array(4 + codes.byteLength + written.byteLength);
  new DataView(bytes.buffer).setUint32(0, codes.length, true);
  bytes.set(new Uint8Array(codes.buffer, codes.byteOffset, codes.byteLength), 4);
  bytes.set(written, 4 + codes.byteLength);
  return bytes;
}

export function namesOf(bytes: Uint8Array): Coded {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const end = 4 + length * 2;
  return {
    codes: new Uint16Array(aligned(bytes.subarray(0, end), 4)),
    // What stands there was written by nameBytes.
    names: JSON.parse(new TextDecoder().decode(bytes.subarray(end))) as string[],
  };
}

/** A copy that begins where numbers may begin: what SQLite hands out need not. */
function aligned(bytes: Uint8Array, from: number): ArrayBuffer {
  const copy = new ArrayBuffer(bytes.byteLength - from);
  new Uint8Array(copy).set(bytes.subarray(from));
  return copy;
}
