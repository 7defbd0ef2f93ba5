// The elements of a rich_text section as running text. Nothing in them is parsed. Pure.
import { isJson } from '../../slack/controls.ts';
import type { Json } from '../../slack/controls.ts';
import { emojiOf } from '../text/emoji.ts';
import type { Inline, InlineStyle } from '../text/inline.ts';
import { safeHref } from '../text/safe-href.ts';
import { listOf, numberOf, stringOf } from './payload.ts';

/** From the inside out. */
const STYLES: readonly InlineStyle[] = [
  'code',
  'bold',
  'italic',
  'strike',
  'underline',
  'highlight',
  'client_highlight',
];

export const richInlines = (elements: unknown): Inline[] =>
  listOf(elements).map((element) => {
    const style = isJson(element['style']) ? element['style'] : {};
    return STYLES.filter((name) => style[name] === true).reduce<Inline>(
      (inner, name) => ({ kind: 'styled', style: name, children: [inner] }),
      inlineOf(element),
    );
  });

function inlineOf(element: Json): Inline {
  switch (element['type']) {
    case 'text':
      return { kind: 'text', text: stringOf(element['text']) };
    case 'link': {
      const url = stringOf(element['url']);
      const href = safeHref(url);
      const text = stringOf(element['text']) || url;
      return href === null ? { kind: 'text', text } : { kind: 'link', href, text };
    }
    case 'emoji':
      return { kind: 'text', text: emojiText(element) };
    case 'user':
      return { kind: 'user', id: stringOf(element['user_id']) };
    case 'usergroup':
      return { kind: 'usergroup', id: stringOf(element['usergroup_id']) };
    case 'channel':
      return { kind: 'channel', id: stringOf(element['channel_id']) };
    case 'broadcast':
      return { kind: 'broadcast', range: stringOf(element['range']) };
    case 'date': {
      const href = safeHref(stringOf(element['url']));
      return {
        kind: 'date',
        seconds: numberOf(element['timestamp']) ?? Number.NaN,
        format: stringOf(element['format']),
        fallback: stringOf(element['fallback']),
        ...(href === null ? {} : { href }),
      };
    }
    case 'color': {
      const value = stringOf(element['value']);
      return /^#[0-9a-f]{3,8}$/i.test(value)
        ? { kind: 'color', value }
        : { kind: 'text', text: value };
    }
    case 'team':
      return { kind: 'text', text: stringOf(element['team_id']) };
    default:
      return {
        kind: 'text',
        text: `[${stringOf(element['type']) || 'unknown'}: ${JSON.stringify(element)}]`,
      };
  }
}

/** By its code points where the app sent them (`1f44d-1f3fd`), else by its name. */
function emojiText(element: Json): string {
  const name = stringOf(element['name']);
  const points = stringOf(element['unicode']);
  if (/^[0-9a-f]{2,6}(?:-[0-9a-f]{2,6})*$/i.test(points)) {
    const codes = points.split('-').map((point) => Number.parseInt(point, 16));
    if (codes.every((code) => code <= 0x10ffff)) return String.fromCodePoint(...codes);
  }
  return emojiOf(name, numberOf(element['skin_tone'])) ?? `:${name}:`;
}
