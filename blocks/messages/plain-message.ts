/** A sentence of ours as a message: mentions and `` `commands` `` work, anything else in it is dead text. Pure. */
import type { Message } from '../text/message.ts';
import { ownWords, ownWordsText } from '../text/own-words.ts';
import { richText, section } from '../text/rich-text.ts';

const WORDS_MAX = 2500;

export const plainMessage = (words: string): Message => ({
  text: ownWordsText(words),
  blocks: [richText(section(...ownWords(words, WORDS_MAX)))],
});
