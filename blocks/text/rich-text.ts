/**
 * The pieces of `rich_text`, where Slack parses nothing. Text of others gets in through `said` and `saidBlock` only,
 * which clean and cut it. Pure.
 */
import type {
  MrkdwnElement,
  PlainTextElement,
  RichTextBlock,
  RichTextBlockElement,
  RichTextDate,
  RichTextElement,
  RichTextLink,
  RichTextList,
  RichTextPreformatted,
  RichTextQuote,
  RichTextSection,
  RichTextText,
  RichTextUserMention,
} from '@slack/types';
import type { EpochMs } from '../../src/domain/clock.ts';
import { cut, cutLines, safeLine, safeText } from './escape.ts';
import { hiddenWords } from '../../src/domain/redact.ts';
import { heldTime, utcWords } from './words.ts';

/** The longest text that one element holds. */
const LONGEST_PIECE = 3000;
const DATE_FORMAT = '{date_short_pretty} {time}';

/** Our own words. */
export const ours = (text: string, style?: RichTextText['style']): RichTextText => ({
  type: 'text',
  text,
  ...(style ? { style } : {}),
});
export const bold = (text: string): RichTextText => ours(text, { bold: true });

/** Words of others on one line. */
export const said = (text: string, max: number, style?: RichTextText['style']): RichTextText =>
  ours(cut(safeLine(hiddenWords(text)), max), style);

/**
 * A text of others with its lines (at most `lines` of them), in as many pieces as Slack needs. One that is cut says how
 * much is missing.
 * @param more where the rest is
 */
export function saidBlock(
  text: string,
  max: number,
  more = 'Details',
  lines = Number.POSITIVE_INFINITY,
): RichTextText[] {
  const safe = safeText(hiddenWords(text));
  const shown = cut(cutLines(safe, lines, ''), max, '');
  const rest = safe.length - shown.length;
  return pieces(rest === 0 ? safe : `${shown}${moreWords(rest, more)}`).map((piece) => ours(piece));
}

const COUNT = new Intl.NumberFormat('en');
/** "… 1,874 more characters (Details)". */
export const moreWords = (rest: number, more: string): string =>
  `… ${COUNT.format(rest)} more ${rest === 1 ? 'character' : 'characters'}${more === '' ? '' : ` (${more})`}`;

/** Cuts a text into pieces that one element holds each. Never through a surrogate pair. */
export function pieces(text: string): string[] {
  const list: string[] = [];
  let from = 0;
  while (from < text.length) {
    let to = Math.min(text.length, from + LONGEST_PIECE);
    const last = text.charCodeAt(to - 1);
    if (to < text.length && last >= 0xd800 && last <= 0xdbff) to -= 1;
    list.push(text.slice(from, to));
    from = to;
  }
  return list;
}

export const user = (id: string): RichTextElement =>
  /^[UW][A-Z0-9]{2,30}$/.test(id)
    ? ({ type: 'user', user_id: id } satisfies RichTextUserMention)
    : ours('someone');

/** A time in the reader's own zone. */
export const date = (time: EpochMs): RichTextDate => ({
  type: 'date',
  timestamp: Math.floor(heldTime(time) / 1000),
  format: DATE_FORMAT,
  fallback: utcWords(time),
});

/** The same for mrkdwn. */
export const dateMrkdwn = (time: EpochMs): string =>
  `<!date^${Math.floor(heldTime(time) / 1000)}^${DATE_FORMAT}|${utcWords(time)}>`;

/** A mention for our own mrkdwn; anything that is no user id is shown as a word. */
export const userMrkdwn = (id: string): string =>
  /^[UW][A-Z0-9]{2,30}$/.test(id) ? `<@${id}>` : 'someone';

/** The same of a user group. */
export const usergroupMrkdwn = (id: string): string =>
  /^S[A-Z0-9]{2,30}$/.test(id) ? `<!subteam^${id}>` : 'a group';

export const link = (url: string, text: string): RichTextLink => ({ type: 'link', url, text });

export const section = (...elements: RichTextElement[]): RichTextSection => ({
  type: 'rich_text_section',
  elements,
});
export const quote = (elements: RichTextElement[]): RichTextQuote => ({
  type: 'rich_text_quote',
  elements,
});
export const preformatted = (elements: RichTextText[]): RichTextPreformatted => ({
  type: 'rich_text_preformatted',
  elements,
});
export const bullets = (lines: RichTextElement[][]): RichTextList => ({
  type: 'rich_text_list',
  style: 'bullet',
  elements: lines.map((line) => section(...line)),
});
export const richText = (...elements: RichTextBlockElement[]): RichTextBlock => ({
  type: 'rich_text',
  elements,
});

/** Words of others where Slack takes a text object: one line, no emoji codes read. */
export const plain = (text: string, max: number): PlainTextElement => ({
  type: 'plain_text',
  text: cut(safeLine(hiddenWords(text)), max),
  emoji: false,
});
/** Our own words for a label or a button. */
export const label = (text: string): PlainTextElement => ({
  type: 'plain_text',
  text,
  emoji: true,
});
/** Our own mrkdwn: never with text of others in it, unless it went through `escapeMrkdwn`. */
export const mrkdwn = (text: string): MrkdwnElement => ({ type: 'mrkdwn', text, verbatim: true });
