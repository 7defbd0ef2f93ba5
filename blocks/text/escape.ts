/**
 * Text that others wrote, made harmless: nothing invisible, nothing that turns the line around, nothing that stacks over
 * its neighbours, nothing that Slack would read as a command. Pure; every text of an item passes here before it is shown.
 */

/** Shown where nothing visible is left: Slack refuses an empty text. */
export const NOTHING_VISIBLE = '(empty)';

const LINE_BREAKS = /\r\n|[\r\v\f\u0085\u2028\u2029]/g;
/** Controls (but not tab and line feed), bidi marks, overrides and isolates, fillers, tags, joiners of nothing. */
const INVISIBLE = new RegExp(
  `[${[
    '\\u0000-\\u0008\\u000e-\\u001f\\u007f-\\u009f',
    '\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b\\u200e\\u200f',
    '\\u202a-\\u202e\\u2060-\\u206f\\u2800\\u3164\\ufe00-\\ufe0d\\ufeff\\uffa0\\ufff0-\\ufffb',
    '\\u{1bca0}-\\u{1bca3}\\u{1d173}-\\u{1d17a}\\u{e0000}-\\u{e0fff}',
  ].join('')}]`,
  'gu',
);
/** A joiner stays between the parts of an emoji; a non-joiner between letters (Persian writes with it). */
const STRAY_JOINER = new RegExp(
  [
    '(?<!\\p{Extended_Pictographic}|\\p{Emoji_Modifier}|\\ufe0f)\\u200d',
    '\\u200d(?!\\p{Extended_Pictographic})',
    '(?<!\\p{L}\\p{M}?)\\u200c',
    '\\u200c(?!\\p{L})',
  ].join('|'),
  'gu',
);
const MOST_MARKS = 3;
const STACKED_MARKS = new RegExp(`(\\p{M}{${MOST_MARKS}})\\p{M}+`, 'gu');

/**
 * A text of others as it may be shown: line breaks and tabs stay, at most one blank line in a row, everything invisible
 * goes, at most three marks stand on a letter, a lone surrogate becomes U+FFFD. Never empty.
 */
export function safeText(text: string): string {
  const clean = text
    .replace(/[\ud800-\udfff]/gu, '\ufffd')
    .replace(LINE_BREAKS, '\n')
    .replace(INVISIBLE, '')
    .replace(STRAY_JOINER, '')
    .replace(STACKED_MARKS, '$1');
  const safe = trimLineEnds(clean)
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^\n+/, '')
    .trimEnd();
  return /[^\s\p{M}\u200c\u200d]/u.test(safe) ? safe : NOTHING_VISIBLE;
}

/** Line by line, since `/\s+\n/` would look along a run of blanks again from each of them. */
const trimLineEnds = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');

/** The same on one line. */
export const safeLine = (text: string): string => safeText(text).replace(/\s+/gu, ' ').trim();

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** What one shown character may be made of; longer ones are cut between code points. */
const LONGEST_GRAPHEME = 64;

/**
 * At most `max` UTF-16 units, `tail` included where something was cut. Cuts between the characters a person sees, and
 * never through a surrogate pair.
 */
export function cut(text: string, max: number, tail = '…'): string {
  if (text.length <= max) return text;
  if (max <= tail.length) return tail.slice(0, max);
  const room = max - tail.length;
  const from = Math.max(0, room - LONGEST_GRAPHEME);
  const near = graphemes.segment(text.slice(from, room + LONGEST_GRAPHEME)).containing(room - from);
  let end = near && (near.index > 0 || from === 0) ? from + near.index : room;
  if (end === 0) end = room;
  const last = text.charCodeAt(end - 1);
  if (last >= 0xd800 && last <= 0xdbff) end -= 1;
  return text.slice(0, end).trimEnd() + tail;
}

/** The first `most` lines; `tail` behind them where there are more. */
export function cutLines(text: string, most: number, tail = '…'): string {
  const lines = text.split('\n');
  return lines.length <= most ? text : lines.slice(0, most).join('\n').trimEnd() + tail;
}

/** The middle left out where an id is longer than that: its two ends are what tells ids apart. */
export function cutMiddle(text: string, max: number): string {
  const line = safeLine(text);
  if (line.length <= max) return line;
  const end = Math.floor((max - 1) / 2);
  return `${cut(line, max - end)}${line.slice(-end)}`.replace(/[\ud800-\udfff]/gu, '');
}

/**
 * Text of others inside a mrkdwn text (notes, fallbacks): cannot mention, link, format, or draw an emoji. Cleans and
 * puts it on one line first. Prefer `rich_text`, where nothing is parsed.
 */
export const escapeMrkdwn = (text: string): string =>
  safeLine(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/\*/g, '∗')
    .replace(/~/g, '∼')
    .replace(/`/g, 'ˋ')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '＿')
    .replace(/:\/\//g, ':\u2060//')
    .replace(/:(?=[\w+-]+:)/g, ':\u2060');
