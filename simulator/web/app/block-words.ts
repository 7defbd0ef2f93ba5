// What blocks say, as plain lines: for a screen reader, and to tell what has changed. Pure.
import type { People } from '../blocks/types.ts';
import { clockWords } from './time-words.ts';

type Json = Record<string, unknown>;
const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isJson) : []);

/** The texts of blocks in reading order, one a line; controls are left out. */
export function blockLines(blocks: readonly unknown[], people: People): string[] {
  return blocks
    .filter(isJson)
    .flatMap((block) => linesOf(block, people))
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '');
}

function linesOf(block: Json, people: People): string[] {
  switch (block['type']) {
    case 'header':
    case 'section':
      return [block['text'], ...listOf(block['fields'])].map((text) => textWords(text, people));
    case 'context':
      return listOf(block['elements']).map((text) => textWords(text, people));
    case 'rich_text':
    case 'rich_text_list':
      return listOf(block['elements']).flatMap((element) => linesOf(element, people));
    case 'rich_text_section':
    case 'rich_text_quote':
    case 'rich_text_preformatted':
      return [
        listOf(block['elements'])
          .map((element) => inlineWords(element, people))
          .join(''),
      ];
    case 'markdown':
      return [String(block['text'])];
    default:
      return [];
  }
}

function textWords(text: unknown, people: People): string {
  if (!isJson(text) || typeof text['text'] !== 'string') return '';
  return text['type'] === 'mrkdwn' ? plainWords(text['text'], people) : text['text'];
}

/** mrkdwn without its marks, ids as names. */
export function plainWords(mrkdwn: string, people: People): string {
  return mrkdwn
    .replace(/<([^<>]*)>/g, (_whole, inner: string) => sequenceWords(inner, people))
    .replace(/[*_~`]/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

/** What stands in one `<…>`: a name, a label, or an address. */
function sequenceWords(inner: string, people: People): string {
  const bar = inner.indexOf('|');
  const target = bar < 0 ? inner : inner.slice(0, bar);
  const label = bar < 0 ? '' : inner.slice(bar + 1);
  if (/^@[A-Z0-9]+$/.test(target)) return people.userName(target.slice(1));
  if (/^#[A-Z0-9]+$/.test(target)) return `#${people.channelName(target.slice(1))}`;
  if (/^!subteam\^[A-Z0-9]+$/.test(target))
    return `@${people.usergroupHandle(target.slice('!subteam^'.length))}`;
  return label || target;
}

function inlineWords(element: Json, people: People): string {
  const { type, text, user_id, channel_id, usergroup_id, timestamp, fallback, url } = element;
  switch (type) {
    case 'user':
      return people.userName(String(user_id));
    case 'channel':
      return `#${people.channelName(String(channel_id))}`;
    case 'usergroup':
      return `@${people.usergroupHandle(String(usergroup_id))}`;
    case 'date':
      return typeof timestamp === 'number'
        ? clockWords(timestamp * 1000, people.timezone)
        : String(fallback ?? '');
    case 'link':
      return typeof text === 'string' ? text : String(url);
    default:
      return typeof text === 'string' ? text : '';
  }
}

/** The first thing that is said now and was not before: what happened to a card. */
export function newWords(before: readonly string[], after: readonly string[]): string | undefined {
  const known = new Set(before);
  return after.find((line) => !known.has(line));
}
