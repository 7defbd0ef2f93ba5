import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeUtf8 } from '../../../src/domain/utf8.ts';

const bytes = (text: string, encoding: BufferEncoding): Uint8Array => Buffer.from(text, encoding);

describe('bytes as text', () => {
  it.each<[what: string, bytes: Uint8Array, problem: string, shown: string]>([
    [
      'Latin-1',
      bytes('{"a":"M\xfcller"}', 'latin1'),
      'is not UTF-8 at byte 7 (0xFC)',
      '{"a":"M\\xfcller"}',
    ],
    [
      'half a surrogate pair',
      Uint8Array.of(0x61, 0xed, 0xa0, 0x80),
      'is not UTF-8 at byte 1 (0xED)',
      'a\\xed\\xa0\\x80',
    ],
    ['an overlong slash', Uint8Array.of(0xc0, 0xaf), 'is not UTF-8 at byte 0 (0xC0)', '\\xc0\\xaf'],
    ['cut short', bytes('€', 'utf8').subarray(0, 2), 'is not UTF-8 at byte 0 (0xE2)', '\\xe2\\x82'],
    [
      'UTF-16, little end first',
      bytes('\ufeff{"a":1}', 'utf16le'),
      'is UTF-16LE, not UTF-8: write it as UTF-8',
      '{"a":1}',
    ],
    [
      'UTF-16 without a mark',
      bytes('{"a":1}', 'utf16le'),
      'is UTF-16LE, not UTF-8: write it as UTF-8',
      '{"a":1}',
    ],
    [
      'UTF-16, big end first',
      Buffer.from(bytes('{"a":1}', 'utf16le')).swap16(),
      'is UTF-16BE, not UTF-8: write it as UTF-8',
      '{"a":1}',
    ],
  ])('%s is refused with its place, and can be looked at', (_what, given, problem, shown) => {
    expect(decodeUtf8(given)).toEqual({ ok: false, problem, shown });
  });

  it('a byte order mark of UTF-8 is no part of the text', () => {
    expect(decodeUtf8(bytes('\ufeff{}', 'utf8'))).toEqual({ ok: true, text: '{}' });
  });

  it('any text is read back, and any bytes are read or refused as TextDecoder has it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        fc.pre(!text.startsWith('\ufeff') && !/^[^\0]\0[^\0]\0|^\0[^\0]\0[^\0]/.test(text));
        expect(decodeUtf8(bytes(text, 'utf8'))).toEqual({ ok: true, text });
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array(), (given) => {
        fc.pre(!given.includes(0) && given[0] !== 0xff && given[0] !== 0xfe);
        const lenient = new TextDecoder('utf-8', { ignoreBOM: true }).decode(given);
        const read = decodeUtf8(given);
        expect(read.ok).toBe(!lenient.includes('\ufffd') || Buffer.from(lenient).equals(given));
      }),
    );
  });
});
