/**
 * What a person wrote in a message, as they wrote it: from its `rich_text` where Slack sends it, else from its text, whose
 * markup is read back. Pure.
 */
import { composedParts, type Names } from './composed-parts.ts';
import { linkWords, textOfParts, type MessagePart } from './message-parts.ts';

/** A message as Slack has it. */
export interface Written {
  text: string;
  blocks?: unknown;
}

/** The words of a message without the mention of `bot`, code in it to the letter. Empty where nothing else was written. */
export function readMessage({ text, blocks }: Written, bot: string): string {
  const composed = composedParts(blocks, bot, namesIn(text));
  return composed === null ? readMentionedText(text, bot) : textOfParts(composed);
}

/**
 * The words of a text without the mention of `bot`, links by label and address, people and channels by the name Slack
 * gives them (else by id). Empty where nothing but the mention was written.
 */
export const readMentionedText = (text: string, bot: string): string =>
  textOfParts(
    partsOf(text).map(({ as, text: one }) => ({
      as,
      text: unescaped(one.replace(MARKUP, (whole, inside: string) => read(whole, inside, as, bot))),
    })),
  );

const MARKUP = /<([^<>]*)>/g;
const FENCE = '```';

const unescaped = (text: string): string =>
  text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');

function read(whole: string, inside: string, as: MessagePart['as'], bot: string): string {
  const bar = inside.indexOf('|');
  const [target, name] = bar === -1 ? [inside, ''] : [inside.slice(0, bar), inside.slice(bar + 1)];
  if (target === `@${bot}`) return '';
  if (/^[@#]/.test(target)) return `${target.charAt(0)}${name || target.slice(1)}`;
  if (target.startsWith('!subteam^')) return name || `@${target.slice('!subteam^'.length)}`;
  if (target.startsWith('!date^')) return name;
  if (target.startsWith('!')) return `@${name || target.slice(1)}`;
  if (!/^(?:https?|mailto|tel):/.test(target)) return whole;
  // In code Slack links what looks like an address: the letters that were typed are its label.
  return as === 'words' ? linkWords(target, name) : name || target;
}

/** Prose, code in a line, and blocks of code, each found in one pass. */
function partsOf(text: string): MessagePart[] {
  const parts: MessagePart[] = [];
  let from = 0;
  while (from < text.length) {
    const open = text.indexOf(FENCE, from);
    const close = open < 0 ? -1 : text.indexOf(FENCE, open + FENCE.length);
    parts.push(...lineParts(text.slice(from, close < 0 ? text.length : open)));
    if (close < 0) break;
    const code = text.slice(open + FENCE.length, close);
    parts.push({ as: 'block', text: code.replace(/^\n/, '').replace(/\n$/, '') });
    from = close + FENCE.length;
  }
  return parts;
}

function lineParts(text: string): MessagePart[] {
  const parts: MessagePart[] = [];
  const pieces = text.split('`');
  for (let at = 0; at < pieces.length; at += 1) {
    const [words = '', code, next] = [pieces[at], pieces[at + 1], pieces[at + 2]];
    if (code === undefined || next === undefined || code === '' || code.includes('\n')) {
      // A backtick that opens nothing is one that was typed.
      parts.push({ as: 'words', text: code === undefined ? words : `${words}\`` });
      continue;
    }
    parts.push({ as: 'words', text: words }, { as: 'code', text: code });
    at += 1;
  }
  return parts;
}

/** What people, channels and groups are called in the message's text; its blocks have their ids alone. */
function namesIn(text: string): Names {
  const names = new Map<string, string>();
  for (const [, inside = ''] of text.matchAll(MARKUP)) {
    const [target = '', name = ''] = inside.split('|');
    const id = target.replace(/^(?:@|#|!subteam\^)/, '');
    if (id !== target && name !== '') names.set(id, name.replace(/^@/, ''));
  }
  return names;
}
