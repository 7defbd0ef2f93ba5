/** What differs between two texts, word by word: what went is struck through, what came is bold. Pure. */
import type { RichTextBlockElement, RichTextText } from '@slack/types';
import { diffWordsWithSpace } from 'diff';
import { cut, safeText } from './escape.ts';
import { bold, ours, quote, saidBlock, section } from './rich-text.ts';

/** More changes than this, and the two texts are told apart sooner one after the other. */
const MOST_CHANGES = 200;
const MOST_PIECES = 60;

/** @param max how long each text may be */
export function textDiff(before: string, after: string, max: number): RichTextBlockElement[] {
  const [was, is] = [before, after].map((text) => cut(safeText(text), max, '… (Details)'));
  const parts = diffWordsWithSpace(was ?? '', is ?? '', { maxEditLength: MOST_CHANGES });
  if (parts === undefined || parts.length > MOST_PIECES)
    return [section(bold('Now')), quote(saidBlock(after, max))];
  return [
    quote(
      parts.map((part): RichTextText => {
        if (part.removed) return ours(part.value, { strike: true });
        return part.added ? bold(part.value) : ours(part.value);
      }),
    ),
  ];
}
