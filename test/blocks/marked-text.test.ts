import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hidesCharacters, markedStart, markedText } from '../../blocks/text/marked-text.ts';
import { hostileText, toTheEye } from './to-the-eye.ts';
import { runs } from '../runs.ts';

describe('a text of which every character counts', () => {
  it.each([
    ['pay\u200bpal.com', 'pay⟨U+200B⟩pal.com', true],
    ['\u202egnp.exe', '⟨U+202E⟩gnp.exe', true],
    ['a\u0000b\u001b', 'a⟨U+0000⟩b⟨U+001B⟩', true],
    ['x\u{e0041}y', 'x⟨U+E0041⟩y', true],
    ['10\u00a0EUR', '10⟨U+00A0⟩EUR', true],
    ['\ud800x', '⟨U+D800⟩x', true],
    ['e\u0301', 'e⟨U+0301⟩', true],
    ['\u212a', '⟨U+212A⟩', true],
    ['\u200b'.repeat(12), '⟨U+200B × 12⟩', true],
    ['a\rb', 'a⟨U+000D⟩b', true],
    ['a\r\nb', 'a⟨U+000D⟩\nb', false],
    ['a \nb ', 'a⟨U+0020⟩\nb⟨U+0020⟩', false],
    ['a\n', 'a⟨U+000A⟩', false],
    ['a\tb', 'a⇥\tb', false],
    ['⟨U+200B⟩', '⟨U+27E8⟩U+200B⟨U+27E9⟩', false],
    [`ls${' '.repeat(90)}&& rm -rf /`, 'ls⟨U+0020 × 90⟩&& rm -rf /', false],
    ['if x:\n    y()\n\nz()', 'if x:\n    y()\n\nz()', false],
    ['Straße 漢字 שלום é', 'Straße 漢字 שלום é', false],
  ])('%j is shown as %s', (text, shown, hides) => {
    expect(markedText(text)).toBe(shown);
    expect(hidesCharacters(text)).toBe(hides);
  });

  it.each(['👩‍🔬 ❤️ 👍🏽', '1️⃣', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', 'می\u200cخواهم', 'क्\u200dष', 'שלום\u200f (a)'])(
    '%j stays readable in words, and shows its joiners in a value',
    (text) => {
      expect(markedText(text, 'script')).toBe(text);
      expect(markedText(text)).toContain(text.startsWith('👩') ? '👩⟨U+200D⟩🔬' : text.slice(0, 1));
    },
  );

  it('has no twin: what differs looks different', () => {
    fc.assert(
      fc.property(hostileText, hostileText, (one, other) => {
        if (one !== other) expect(toTheEye(markedText(one))).not.toBe(toTheEye(markedText(other)));
      }),
      { numRuns: runs(2000) },
    );
  });

  it('differs from the same text with one character more, anywhere', () => {
    const anyCharacter = fc
      .integer({ min: 0, max: 0x10ffff })
      .map((code) => String.fromCodePoint(code));
    fc.assert(
      fc.property(hostileText, hostileText, anyCharacter, (before, after, one) => {
        expect(toTheEye(markedText(before + one + after))).not.toBe(
          toTheEye(markedText(before + after)),
        );
      }),
      { numRuns: runs(1000) },
    );
  });

  it('is cut between marks, and says how much of the text is left', () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 0, max: 30 }), (text, max) => {
        const { shown, rest } = markedStart(text, { max });
        expect(shown.length).toBeLessThanOrEqual(max);
        expect(shown.replace(/⟨U\+[0-9A-F]{4,6}(?: × \d+)?⟩/g, '')).not.toMatch(/[⟨⟩]/);
        if (rest === 0) expect(shown).toBe(markedText(text));
        expect(rest).toBeLessThanOrEqual(text.length);
      }),
    );
    expect(markedStart('abcdef', { max: 4 })).toEqual({ shown: 'abcd', rest: 2 });
    expect(markedStart('a\nb\nc', { lines: 2 })).toEqual({ shown: 'a\nb', rest: 2 });
  });
});
