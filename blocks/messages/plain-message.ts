/** A sentence of ours as a message: mentions and `` `commands` `` work, anything else in it is dead text. Pure. */
import type { Message } from '../text/message.ts';
import { ownSentences, ownSentencesText } from '../text/own-sentences.ts';
import { richText, section } from '../text/rich-text.ts';

const WORDS_MAX = 2500;

export const plainMessage = (words: string): Message => ({
  text: ownSentencesText(words),
  blocks: [richText(section(...ownSentences(words, WORDS_MAX)))],
});
