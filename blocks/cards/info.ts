/** What experts asked back, and what they were told, for the card and its details. Pure. */
import type { RichTextBlock, RichTextElement } from '@slack/types';
import type { CardInfo } from './card-input.ts';
import { bold, bullets, ours, richText, said, section, user } from '../text/rich-text.ts';

const WORDS_MAX = 240;

/** The latest ones, a line each. */
export function infoBlocks(info: readonly CardInfo[] = [], most = 2): RichTextBlock[] {
  if (info.length === 0) return [];
  const lines = info
    .slice(-most)
    .map((one): RichTextElement[] => [
      user(one.asked_by),
      ours(' asked: '),
      said(one.question, WORDS_MAX, { italic: true }),
      ...(one.answer === null
        ? [ours(' · no answer yet')]
        : [
            ours(' · '),
            ...(one.answered_by === null ? [ours('the AI')] : [user(one.answered_by)]),
            ours(': '),
            said(one.answer, WORDS_MAX),
          ]),
    ]);
  return [richText(section(bold('Asked back')), bullets(lines))];
}
