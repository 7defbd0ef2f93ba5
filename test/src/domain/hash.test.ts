import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, saltedDigest, sha256 } from '../../../src/domain/hash.ts';

describe('canonical JSON', () => {
  it.each<[value: unknown, text: string]>([
    [{ b: 1, a: { d: 2, c: [3, { f: 4, e: 5 }] } }, '{"a":{"c":[3,{"e":5,"f":4}],"d":2},"b":1}'],
    [{ a: undefined, b: null }, '{"b":null}'],
    [['€', '\u0007', '"'], '["€","\\u0007","\\""]'],
    // RFC 8785's own example of the order of keys: by UTF-16 code units.
    [
      { '€': 1, '\r': 2, '\ufb33': 3, 1: 4, '😀': 5, '\u0080': 6, ö: 7 },
      '{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}',
    ],
    [[1e21, -0, 4.5, 1e-7], '[1e+21,0,4.5,1e-7]'],
  ])('%j', (value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  it('is the same whatever the order of the keys, and says the same as the value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(turned(value))).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
    );
  });
});

describe('digests', () => {
  it('are SHA-256 of the UTF-8', () => {
    expect(sha256('')).toBe(
      'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    );
    expect(sha256('abc')).toBe(
      'sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });

  it('under a salt say nothing without it', () => {
    expect(saltedDigest('salt', { a: 1 })).toBe(sha256('salt\n{"a":1}'));
    expect(saltedDigest('one', 'yes')).not.toBe(saltedDigest('other', 'yes'));
  });
});

/** The same value, each object's keys put in the other way round. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  const text = Object.entries(value)
    .toReversed()
    .map(([key, held]) => `${JSON.stringify(key)}:${JSON.stringify(turned(held))}`);
  return JSON.parse(`{${text.join(',')}}`);
}
