/** Texts in a human language, formatted where they are Markdown; as they were written where that is asked for. Pure. */
import type { RichTextBlockElement } from '@slack/types';
import { MASK, hiddenWords } from '../../src/domain/redact.ts';
import { cut, cutLines, safeText } from './escape.ts';
import { markdownParts } from './markdown-parts.ts';
import { moreWords, ours, quote, saidBlock, section } from './rich-text.ts';
import { shownStart, textParts, type ShownParts, type ValueRoom } from './shown-parts.ts';

export interface ProseRoom extends ValueRoom {
  /** No Markdown is read. */
  as_written?: boolean;
}

/** A longer text is read in a window, where more elements fit than on a card. */
const CARD_MAX = 1000;
const mostElements = (max: number): number => (max <= CARD_MAX ? 40 : 300);

/** Words of an AI or a customer. @param quoted whether they stand behind a bar */
export function saidElements(
  text: string,
  { max, lines, more, as_written }: ProseRoom,
  quoted: boolean,
): RichTextBlockElement[] {
  const wrap = quoted ? quote : (elements: Parameters<typeof quote>[0]) => section(...elements);
  const safe = safeText(hiddenWords(text));
  const shown = cut(cutLines(safe, lines ?? Infinity, ''), max, '');
  const formatted =
    as_written === true ? null : markdownParts(shown, { quoted, most: mostElements(max) });
  if (formatted === null) return [wrap(saidBlock(text, max, more, lines))];
  const rest = safe.length - shown.length;
  return [
    ...formatted,
    ...(rest === 0 ? [] : [wrap([ours(moreWords(rest, more), { italic: true })])]),
  ];
}

/** A text that goes out as it is: hidden characters in it are marked. */
export function proseParts(text: string, room: ProseRoom): ShownParts {
  if (text === MASK || text === '' || room.as_written === true) return textParts(text, room);
  const { shown, rest } = shownStart(text, room, 'script');
  const formatted = markdownParts(shown, { quoted: true, most: mostElements(room.max) });
  if (formatted === null) return textParts(text, room);
  return {
    elements: [
      ...formatted,
      ...(rest === 0 ? [] : [quote([ours(moreWords(rest, room.more), { italic: true })])]),
    ],
    unshown: rest === 0 ? [] : [{ name: null, rest }],
  };
}

/** Whether a text is shown otherwise than it was written. */
export const isFormatted = (text: string): boolean =>
  markdownParts(safeText(text), { quoted: false, most: mostElements(text.length) }) !== null;
