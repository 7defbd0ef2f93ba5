/**
 * A text in which everything can be seen: what would run or be sent is shown through here. Two different texts never look
 * alike: what has no ink becomes a mark (`⟨U+200B⟩`, five or more alike `⟨U+200B × 12⟩`), and so does a `⟨` that could
 * pass for one. Lines and indentation stay. Pure, and linear in the text's length.
 */

import { cut } from './escape.ts';

/** `script`: for texts in a human language, where the joiners of emoji and scripts are part of what is seen. */
export type Keeping = 'nothing' | 'script';

/** Five alike in a row are counted. */
const FEWEST_COUNTED = 5;
/** More blanks than this inside a line push what follows out of sight; at a line's start they are indentation. */
const WIDEST_GAP = 16;
const WIDEST_INDENT = 40;
/** More empty lines than this do the same downwards. */
const MOST_LINE_BREAKS = 4;
const MOST_MARKS = 3;
const TAB_SIGN = '⇥';

/** The flags of England, Scotland and Wales; an emoji of one or more parts; a keycap. */
const EMOJI = [
  '\\u{1f3f4}\\u{e0067}\\u{e0062}(?:\\u{e0065}\\u{e006e}\\u{e0067}|\\u{e0073}\\u{e0063}\\u{e0074}|\\u{e0077}\\u{e006c}\\u{e0073})\\u{e007f}',
  '(?!\\p{Cn})\\p{Extended_Pictographic}[\\ufe0f\\p{Emoji_Modifier}]?(?:\\u200d(?!\\p{Cn})\\p{Extended_Pictographic}[\\ufe0f\\p{Emoji_Modifier}]?)*',
  '[0-9#*]\\ufe0f\\u20e3',
];
/** Scripts whose letters change their form by a joiner or non-joiner between them. */
const JOINING = `[${'Arab Syrc Mand Mong Nkoo Adlm Rohg Deva Beng Guru Gujr Orya Taml Telu Knda Mlym Sinh Khmr Mymr Tibt Bali Java'
  .split(' ')
  .map((script) => `\\p{Script=${script}}`)
  .join('')}]`;
const JOINER = `(?<=${JOINING})[\\u200c\\u200d](?=${JOINING})`;
const RTL_LETTER = /[\p{Script=Hebr}\p{Script=Arab}\p{Script=Syrc}\p{Script=Thaa}\p{Script=Nkoo}]/u;
const RTL_MARK = /^[\u200e\u200f\u061c]+$/;

/** Controls, formats, what is not assigned or private, odd blanks, fillers, and what our own signs would be taken for. */
const NO_INK =
  '\\p{C}\\p{Zl}\\p{Zp}\\p{Zs}\\p{Default_Ignorable_Code_Point}\\u2800\\u1160-\\u11ff\\u27e8\\u27e9\\u21e5';
/** Where the characters are that Unicode holds to be the same as others (K of Kelvin); asked one by one. */
const MAY_BE_ANOTHER =
  '\\u0374-\\u0387\\u0958-\\u0b5d\\u0f43-\\u0fb9\\u1f71-\\u1fff\\u2126-\\u212b\\u2329\\u232a\\u2adc\\uf900-\\ufb4e\\u{1d15e}-\\u{1d1c0}\\u{2f800}-\\u{2fa1d}';
const HAS_NO_INK = new RegExp(`[${NO_INK}]`, 'u');
const LETTER = /^[\p{L}\p{N}\u25cc]$/u;

/** Groups: 1 what is kept, 2 blanks and line breaks, 3 marks, 4 without ink (5 the first of them), 6 the rest. */
const tokens = (kept: string) =>
  new RegExp(
    [
      `(${kept})`,
      '(\\n+| +|\\t+)',
      '(\\p{M}+)',
      `(([${NO_INK}])\\5*)`,
      `([${MAY_BE_ANOTHER}])`,
    ].join('|'),
    'gu',
  );
const TOKENS: Record<Keeping, RegExp> = {
  nothing: tokens('(?!)'),
  script: tokens([...EMOJI, JOINER].join('|')),
};

const codeOf = (character: string): string =>
  (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');

/** `⟨U+200B⟩` for each, or one for all where they are many. */
function marksFor(characters: string): string {
  const list = [...characters];
  const [first = ''] = list;
  return list.length >= FEWEST_COUNTED && list.every((one) => one === first)
    ? `⟨U+${codeOf(first)} × ${list.length}⟩`
    : list.map((one) => `⟨U+${codeOf(one)}⟩`).join('');
}

/** @param keeping what may stay although it has no ink of its own */
export const markedText = (text: string, keeping: Keeping = 'nothing'): string =>
  markedStart(text, { keeping }).shown;

/**
 * The beginning of a text with its marks.
 * @param max UTF-16 units of what is shown; a mark is shown whole or not at all
 * @param lines how many lines of it
 * @returns `rest`: how many UTF-16 units of the text itself are not shown
 */
export function markedStart(
  text: string,
  room: { max?: number; lines?: number; keeping?: Keeping } = {},
): { shown: string; rest: number } {
  const { max = Infinity, lines = Infinity, keeping = 'nothing' } = room;
  const rtl = keeping === 'script' && RTL_LETTER.test(text);
  const token = TOKENS[keeping];
  let shown = '';
  let from = 0;
  let breaks = 0;
  while (from < text.length) {
    token.lastIndex = from;
    const match = token.exec(text);
    const at = match?.index ?? text.length;
    if (at > from) {
      const plain = cut(text.slice(from, at), max - shown.length, '');
      shown += plain;
      if (plain.length < at - from) return { shown, rest: text.length - from - plain.length };
    }
    if (!match) break;
    const seen = seenAs(text, match, rtl);
    if (seen.includes('\n')) breaks += seen.split('\n').length - 1;
    if (shown.length + seen.length > max || breaks >= lines)
      return { shown, rest: text.length - at };
    shown += seen;
    from = at + match[0].length;
  }
  return { shown, rest: 0 };
}

function seenAs(text: string, match: RegExpExecArray, rtl: boolean): string {
  const [found, kept, blanks, marks, inkless] = match;
  if (kept !== undefined) return found;
  if (blanks !== undefined) return blankText(text, match.index, found);
  if (marks !== undefined) return stands(text, match.index, found) ? found : marksFor(found);
  if (inkless !== undefined) return rtl && RTL_MARK.test(found) ? found : marksFor(found);
  return found.normalize('NFC') === found ? found : marksFor(found);
}

/** Marks stand on the letter before them: few, and written as Unicode composes them. */
function stands(text: string, at: number, marks: string): boolean {
  if (marks.length > MOST_MARKS || HAS_NO_INK.test(marks)) return false;
  const unit = text.charCodeAt(at - 1);
  const base = text.slice(unit >= 0xdc00 && unit <= 0xdfff ? at - 2 : at - 1, at);
  if (!LETTER.test(base) || HAS_NO_INK.test(base)) return false;
  const whole = base + marks;
  return whole.normalize('NFC') === whole;
}

/** Blanks, tabs and line breaks stay where they are seen: between the first and the last character of a line or text. */
function blankText(text: string, at: number, found: string): string {
  const end = at + found.length;
  const inside = at > 0 && end < text.length;
  switch (found[0]) {
    case '\n':
      if (!inside) return marksFor(found);
      return found.length > MOST_LINE_BREAKS ? `\n${marksFor(found)}\n` : found;
    case '\t':
      return found.length > WIDEST_GAP ? marksFor(found) : found.replaceAll('\t', `${TAB_SIGN}\t`);
    default: {
      const widest = text[at - 1] === '\n' ? WIDEST_INDENT : WIDEST_GAP;
      return inside && text[end] !== '\n' && found.length <= widest ? found : marksFor(found);
    }
  }
}

/** What of a text a reader should be told of: not blanks, line breaks or our own signs, which are told apart anyway. */
const UNREMARKABLE = /⟨U\+(?:0020|000A|0009|27E8|27E9|21E5)(?: × \d+)?⟩|⟨U\+000D⟩(?=\n)/g;

/** Whether a text holds characters that are not seen without their marks. */
export const hidesCharacters = (text: string, keeping: Keeping = 'nothing'): boolean =>
  markedText(text, keeping).replace(UNREMARKABLE, '').includes('⟨U+');
