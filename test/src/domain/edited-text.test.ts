/** What an edit changes, and what it leaves to the byte, whatever the input did to the text on the way. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdit } from '../../../src/domain/edited-text.ts';
import { editableText } from '../../../src/domain/text-units.ts';
import { runs } from '../../runs.ts';

/** What inputs have been seen to do to a text of several lines. */
const NORMALISATIONS: Record<string, (text: string) => string> = {
  'nothing at all': (text) => text,
  'line breaks': (text) => text.replace(/\r\n?/g, '\n'),
  'the ends': (text) => text.trim(),
  'the ends of lines': (text) => text.replace(/[ \t]+$/gm, ''),
  'blank lines': (text) => text.replace(/\n{3,}/g, '\n\n'),
  'soft hyphens': (text) => text.replace(/\u00ad/g, ''),
  'variation selectors': (text) => text.replace(/[\ufe00-\ufe0f]/g, ''),
  'tags, so that flags lose their country': (text) => text.replace(/[\u{e0020}-\u{e007f}]/gu, ''),
  joiners: (text) => text.replace(/[\u200c\u200d]/g, ''),
  'blanks that do not break': (text) => text.replace(/\u00a0/g, ' '),
  composition: (text) => text.normalize('NFC'),
  everything: (text) =>
    text
      .normalize('NFC')
      .replace(/\r\n?/g, '\n')
      .replace(/\u00ad|[\ufe00-\ufe0f]|\u200c|\u200d|[\u{e0020}-\u{e007f}]/gu, '')
      .replace(/\u00a0/g, ' ')
      .replace(/[ \t]+$/gm, '')
      .replace(/\n{3,}/g, '\n\n')
      .trim(),
};
const ENGLAND = '\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}';
const LETTER = [
  '  Dear customer,  ',
  'the par\u00adcel from Zu\u0308rich  ',
  'arrives on\u00a0Monday ❤\ufe0f\r',
  '',
  '',
  '',
  `Yours 👩\u200d🔬 ${ENGLAND} 🇩🇪\t`,
  '',
].join('\r\n');

describe.each(Object.entries(NORMALISATIONS))('where the input changes %s', (_, normalised) => {
  /** Opened in the input, changed there, and sent. */
  const edited = (original: string, change: (text: string) => string): string =>
    applyEdit(original, normalised(change(normalised(editableText(original)))));

  it('a text that was not touched is the same', () => {
    expect(edited(LETTER, (text) => text)).toBe(LETTER);
  });

  it.each([
    ['a word', 'Monday', 'Tuesday'],
    ['a word more', 'Dear customer', 'Dear good customer'],
    ['a word less', 'Yours ', ''],
    ['two words', 'Dear customer', 'Hello Kim'],
    ['a sign', 'customer,', 'customer!'],
  ])('%s changes, and nothing else', (_, was, is) => {
    expect(edited(LETTER, (text) => text.replace(was, is))).toBe(LETTER.replace(was, is));
  });

  it('a new line has the line break of the others', () => {
    expect(edited(LETTER, (text) => text.replace('Yours', 'Thanks.\nYours'))).toBe(
      LETTER.replace('Yours', 'Thanks.\r\nYours'),
    );
  });

  it('whatever is changed, the rest stays as it was', () => {
    const piece = fc.constantFrom(
      ...['a', 'word', 'Zu\u0308rich', 'soft\u00adhyphen', '❤\ufe0f', ENGLAND, '👩\u200d🔬'],
      ...['  \r\n', '\r\n', '\n', ' \n\n\n\n', ' ', '\u00a0', '\t', '-', ', ', '🇩🇪', '⟨U+200B⟩'],
    );
    const text = fc.array(piece, { maxLength: 15 }).map((pieces) => pieces.join(''));
    // A word that is nowhere else, so that there is one answer to what was changed.
    fc.assert(
      fc.property(text, text, fc.constantFrom('Q', 'Q and R'), (head, tail, is) => {
        const original = `${head}X${tail}`;
        const expected = `${head}${is}${tail}`;
        const shown = normalised(editableText(original));
        const written = shown.replace('X', is);
        expect(edited(original, () => written)).toBe(expected);
      }),
      { numRuns: runs(100) },
    );
  });

  it('what is sent is what results, as the input has it', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', 'ab', ' ', '  ', '\n', '\u00ad', '❤\ufe0f', '.'), {
        maxLength: 20,
      })
      .map((pieces) => pieces.join(''));
    const bare = (of: string) => (NORMALISATIONS['everything'] ?? String)(editableText(of));
    fc.assert(
      fc.property(text, text, (original, written) => {
        expect(bare(edited(original, () => written))).toBe(bare(written));
      }),
      { numRuns: runs(100) },
    );
  });
});

describe('what is hidden in a text', () => {
  const trap = 'Pay pay\u200bpal.com \u202enow';

  it('is a mark in the input, and stays where the mark stays', () => {
    expect(editableText(trap)).toBe('Pay pay⟨U+200B⟩pal.com ⟨U+202E⟩now');
    expect(applyEdit(trap, editableText(trap))).toBe(trap);
    expect(applyEdit(trap, editableText(trap).replace('now', 'soon'))).toBe(
      trap.replace('now', 'soon'),
    );
  });

  it('goes with its mark', () => {
    expect(applyEdit(trap, editableText(trap).replace('⟨U+200B⟩', ''))).toBe(
      trap.replace('\u200b', ''),
    );
  });

  it('a mark that was in the text is a text', () => {
    const told = 'The mark ⟨U+200B⟩ stands for \u200b';
    expect(applyEdit(told, editableText(told).replace('stands', 'stood'))).toBe(
      told.replace('stands', 'stood'),
    );
  });
});

describe('the work', () => {
  it('is bounded, however much was changed', () => {
    const was = 'word '.repeat(600);
    const is = Array.from({ length: 600 }, (_, at) => `w${at}`).join(' ');
    expect(applyEdit(was, is).trimEnd()).toBe(is);
    const letters = 'abcdefghij'.repeat(300);
    expect(applyEdit(letters, [...letters].toReversed().join(''))).toBe(
      [...letters].toReversed().join(''),
    );
  });
});
