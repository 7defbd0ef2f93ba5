/**
 * A text in the units that an edit is compared by: each a slice of the text, and a key under which an input's spelling of
 * it (a line break, a blank, a composed letter) is the same. Pure, and linear in the text's length.
 */

/**
 * `ink`: what is seen. `break`: a line break. `blank`: white space inside a line. `hidden`: what is not seen and has no
 * business there, so that it is written as a mark. The others are not seen either, and belong to what stands before them.
 */
export type UnitKind =
  | 'ink'
  | 'break'
  | 'blank'
  | 'hidden'
  | 'soft_hyphen'
  | 'variation'
  | 'joiner'
  | 'direction'
  | 'tag';

export interface Unit {
  kind: UnitKind;
  slice: string;
  key: string;
}

/** Combining marks, but not those that choose a variation. */
const MARK = '(?![\\ufe00-\\ufe0f\\u034f\\u180b-\\u180f\\u{e0100}-\\u{e01ef}])\\p{M}';
/** Groups: 1 a mark for what is hidden, 2 a line break, 3 a blank; else one character with its marks. */
const UNIT = new RegExp(
  `(⟨U\\+[0-9A-F]{4,6}⟩)|(\\r\\n|[\\r\\n\\v\\f\\u0085\\u2028\\u2029])|([\\t\\p{Zs}])|\\P{M}(?:${MARK})*|\\p{M}`,
  'gu',
);
const UNSEEN = /^(?:[\p{C}\p{Default_Ignorable_Code_Point}\u2800\u1160])/u;
const RTL_LETTER = /[\p{Script=Hebr}\p{Script=Arab}\p{Script=Syrc}\p{Script=Thaa}\p{Script=Nkoo}]/u;
const EMOJI_PART = /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier})/u;
const LETTER = /^\p{L}/u;

/** The units of a text, whether it is the original or what was written on what `editableText` shows of it. */
export function unitsOf(text: string): Unit[] {
  const rtl = RTL_LETTER.test(text);
  const units: Unit[] = [];
  for (const [slice, mark, lineBreak, blank] of text.matchAll(UNIT)) {
    if (lineBreak !== undefined) units.push({ kind: 'break', slice, key: '\n' });
    else if (blank !== undefined)
      units.push({ kind: 'blank', slice, key: slice === '\t' ? slice : ' ' });
    else if (mark !== undefined) units.push({ kind: 'ink', slice, key: slice });
    else units.push(unitOf(slice, units.at(-1), rtl));
  }
  return units;
}

function unitOf(slice: string, before: Unit | undefined, rtl: boolean): Unit {
  if (/^[\ud800-\udfff]/u.test(slice)) return { kind: 'ink', slice, key: '\ufffd' };
  // Private use and unassigned characters are drawn, if only as a box.
  if (!UNSEEN.test(slice) || /^[\p{Co}\p{Cn}]/u.test(slice))
    return { kind: 'ink', slice, key: slice.normalize('NFC') };
  const kind = kindOfUnseen(slice, before, rtl);
  return { kind, slice, key: kind === 'hidden' ? markOf(slice) : slice };
}

function kindOfUnseen(slice: string, before: Unit | undefined, rtl: boolean): UnitKind {
  const inWord = before !== undefined && before.kind !== 'blank' && before.kind !== 'break';
  if (slice === '\u00ad') return 'soft_hyphen';
  if (/^[\ufe00-\ufe0f\u180b-\u180d\u{e0100}-\u{e01ef}]/u.test(slice) && inWord) return 'variation';
  if (/^[\u200c\u200d]/u.test(slice) && inWord) {
    const joins = EMOJI_PART.test(before.slice) || before.kind === 'variation';
    return joins || LETTER.test(before.slice) ? 'joiner' : 'hidden';
  }
  if (/^[\u200e\u200f\u061c]/u.test(slice) && rtl) return 'direction';
  if (/^[\u{e0020}-\u{e007f}]/u.test(slice) && inWord)
    return before.slice === '\u{1f3f4}' || before.kind === 'tag' ? 'tag' : 'hidden';
  return 'hidden';
}

/** A text for an input: its own line breaks as the input has them, what is hidden in it as a mark (`⟨U+200B⟩`). */
export const editableText = (text: string): string =>
  unitsOf(text)
    .map(({ kind, slice, key }) =>
      kind === 'break' || kind === 'hidden' || key === '\ufffd' ? key : slice,
    )
    .join('');

const markOf = (character: string): string =>
  `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`;

/** What an input does not show of a value; the parts of an emoji or a letter are seen in what they make of it. */
const UNSHOWN: ReadonlySet<UnitKind> = new Set(['hidden', 'soft_hyphen', 'direction', 'tag']);

/** Whether a value holds what an input does not show. */
export const hidesCharacters = (value: string): boolean =>
  unitsOf(value).some(
    ({ kind, key, slice }) => UNSHOWN.has(kind) || (key === '\ufffd' && slice !== key),
  );
