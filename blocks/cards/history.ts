/** What has happened to an item, a line each. Pure. */
import type { RichTextElement } from '@slack/types';
import type { EpochMs } from '../../src/domain/clock.ts';
import { ownSentences } from '../text/own-sentences.ts';
import { date, ours } from '../text/rich-text.ts';

/** `words` are ours; a mention in them (`<@U024BE7LH>`) is shown as the person, `` `code` `` as code. */
export interface HistoryLine {
  at: EpochMs;
  words: string;
}

const MOST_LINES = 25;

/** The latest lines, oldest first. */
export const historyLines = (history: readonly HistoryLine[]): RichTextElement[][] =>
  history
    .slice(-MOST_LINES)
    .map(({ at, words }) => [date(at), ours(' · '), ...ownSentences(words, 400)]);
