/** Sentences of ours that name people, groups and channels, or quote a command: read into rich text. Pure. */
import type { RichTextElement } from '@slack/types';
import { cut, escapeMrkdwn, safeText } from './escape.ts';
import { ours, pieces } from './rich-text.ts';

/** `<@U…>`, `<#C…>`, `<!subteam^S…>` with or without a label, and `` `code` ``. Nothing else means anything. */
const TOKEN =
  /(<@[UW][A-Z0-9]{2,30}(?:\|[^<>|]*)?>|<#[CG][A-Z0-9]{2,30}(?:\|[^<>|]*)?>|<!subteam\^S[A-Z0-9]{2,30}(?:\|[^<>|]*)?>|`[^`\n]+`)/;

const parts = (words: string): string[] => words.split(TOKEN).filter((part) => part !== '');
const isMention = (part: string): boolean => part.startsWith('<') && TOKEN.test(part);
const idOf = (mention: string): string =>
  /^<(?:[@#]|!subteam\^)([A-Z0-9]+)/.exec(mention)?.[1] ?? '';

/** The words as rich text: mentions as mentions, commands as code, everything else as it is, and inert. */
export function ownSentences(words: string, max: number): RichTextElement[] {
  let room = max;
  const elements: RichTextElement[] = [];
  for (const part of parts(words)) {
    if (room <= 0) break;
    if (isMention(part)) {
      const id = idOf(part);
      if (part.startsWith('<@')) elements.push({ type: 'user', user_id: id });
      else if (part.startsWith('<#')) elements.push({ type: 'channel', channel_id: id });
      else elements.push({ type: 'usergroup', usergroup_id: id });
      room -= id.length;
      continue;
    }
    const code = TOKEN.test(part);
    const shown = part.trim() === '' ? ' ' : spaced(code ? part.slice(1, -1) : part, room);
    for (const piece of pieces(shown))
      elements.push(ours(piece, code ? { code: true } : undefined));
    room -= shown.length;
  }
  return elements.length === 0 ? [ours('…')] : elements;
}

/** A part of a line keeps the space that sets it off from its neighbours. */
function spaced(part: string, max: number): string {
  const inner = cut(safeText(part), Math.max(1, max));
  return `${/^\s/.test(part) ? ' ' : ''}${inner.trim()}${/\s$/.test(part) ? ' ' : ''}`;
}

/** The same for a fallback text: mentions stay, everything else is escaped. */
export const ownSentencesText = (words: string): string =>
  parts(words)
    .map((part) => {
      if (isMention(part)) return part;
      if (part.trim() === '') return ' ';
      return `${/^\s/.test(part) ? ' ' : ''}${escapeMrkdwn(part)}${/\s$/.test(part) ? ' ' : ''}`;
    })
    .join('');
