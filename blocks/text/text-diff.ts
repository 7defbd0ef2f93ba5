/** What differs between two texts, word by word: what went is struck through, what came is bold. Pure. */
import type { RichTextBlockElement, RichTextText } from '@slack/types';
import { diffWordsWithSpace } from 'diff';
import { markedStart } from './marked-text.ts';
import { bold, moreWords, ours, pieces, quote, section } from './rich-text.ts';
import { textParts } from './shown-parts.ts';

/** More changes than this, and the two texts are told apart sooner one after the other. */
const MOST_CHANGES = 200;
const MOST_PIECES = 60;

/** @param max how long each text may be */
export function textDiff(before: string, after: string, max: number): RichTextBlockElement[] {
  const [was, is] = [before, after].map((text) => markedStart(text, { max, keeping: 'script' }));
  const parts = diffWordsWithSpace(was?.shown ?? '', is?.shown ?? '', {
    maxEditLength: MOST_CHANGES,
  });
  if (parts === undefined || parts.length > MOST_PIECES)
    return [section(bold('Now')), ...textParts(after, { max, more: 'Details' }).elements];
  const rest = Math.max(was?.rest ?? 0, is?.rest ?? 0);
  return [
    quote([
      ...parts.flatMap((part): RichTextText[] =>
        pieces(part.value).map((piece) =>
          part.removed ? ours(piece, { strike: true }) : part.added ? bold(piece) : ours(piece),
        ),
      ),
      ...(rest === 0 ? [] : [ours(` ${moreWords(rest, 'Details')}`, { italic: true })]),
    ]),
  ];
}
