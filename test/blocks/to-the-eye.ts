/** What a person can tell apart, and the texts that try to look like others. */
import * as fc from 'fast-check';

/** A text as the eye has it: nothing of what has no ink, tabs as blanks, no blanks at a line's end, composed. */
export const toTheEye = (text: string): string =>
  text
    .replace(/[^\P{C}\n\t]|[\p{Default_Ignorable_Code_Point}\u2800\u1160-\u11ff]/gu, '')
    .replace(/[\t\p{Zs}]/gu, ' ')
    .replace(/\p{Zl}|\p{Zp}/gu, '')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trim()
    .normalize('NFC');

const piece = fc.constantFrom(
  ...['a', 'b', '1', '"', '⟨', '⟩', '⟨U+200B⟩', '│', '⇥', ':', ',', '{', '[', '(not there)'],
  ...[' ', '  ', '\t', '\n', '\r', '\r\n', '\u00a0', '\u2003', '\u2028', '\u0000', '\u001b'],
  ...['\u200b', '\u200d', '\u200c', '\ufe0f', '\u202e', '\u{e0041}', '\ufeff', '\u00ad', '\u3164'],
  ...['e\u0301', '\u00e9', '\u0301', '\u0323', 'K', '\u212a', '\u1100\u1161', '가', '👩', '🔬'],
  ...['\ud800', '\udc00', 'true', 'null', '42', '""', '\\n', '•••• (hidden)'],
);
export const hostileText = fc.array(piece, { maxLength: 8 }).map((parts) => parts.join(''));

/** A value of JSON with such texts in it. */
export const hostileValue = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    hostileText,
    fc.constantFrom(1, 0, 42, true, false, null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(hostileText, tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value;
