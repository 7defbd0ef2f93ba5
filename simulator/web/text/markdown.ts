// The standard markdown of a `markdown` block: headings, lists, quotes, fences, rules, emphasis, links. Pure.
import { withEmoji } from './emoji.ts';
import type { Inline, InlineStyle } from './inline.ts';
import { safeHref } from './safe-href.ts';

export type MarkdownPart =
  | { kind: 'heading'; level: number; inlines: Inline[] }
  | { kind: 'paragraph' | 'quote'; inlines: Inline[] }
  | { kind: 'list'; ordered: boolean; start: number; items: { depth: number; inlines: Inline[] }[] }
  | { kind: 'pre'; text: string }
  | { kind: 'rule' };

const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const HEADING = /^ {0,3}(#{1,6})\s+(.*?)\s*#*$/;
const RULE = /^ {0,3}([-*_])(?:\s*\1){2,}\s*$/;
const QUOTE = /^ {0,3}> ?(.*)$/;
const ITEM = /^(\s*)(?:[-*+]|(\d{1,9})[.)])\s+(.*)$/;

export function parseMarkdown(text: string): MarkdownPart[] {
  const parts: MarkdownPart[] = [];
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  let at = 0;
  /** The lines from here that `reads` takes. */
  const take = (reads: (line: string) => boolean): string[] => {
    const from = at;
    while (at < lines.length && reads(lines[at] ?? '')) at += 1;
    return lines.slice(from, at);
  };
  while (at < lines.length) {
    const line = lines[at] ?? '';
    const fence = FENCE.exec(line)?.[1];
    const heading = HEADING.exec(line);
    if (line.trim() === '') at += 1;
    else if (fence !== undefined) {
      at += 1;
      const inside = take((one) => !one.trim().startsWith(fence));
      at += 1;
      parts.push({ kind: 'pre', text: inside.join('\n') });
    } else if (heading) {
      at += 1;
      const level = heading[1]?.length ?? 1;
      parts.push({ kind: 'heading', level, inlines: parseInlines(heading[2] ?? '') });
    } else if (RULE.test(line)) {
      at += 1;
      parts.push({ kind: 'rule' });
    } else if (QUOTE.test(line)) {
      const quoted = take((one) => QUOTE.test(one)).map((one) => QUOTE.exec(one)?.[1] ?? '');
      parts.push({ kind: 'quote', inlines: parseInlines(quoted.join('\n')) });
    } else if (ITEM.test(line)) {
      parts.push(listOf(take((one) => ITEM.test(one))));
    } else {
      const first = at;
      const paragraph = take(
        (one) =>
          one.trim() !== '' &&
          (at === first || ![FENCE, HEADING, QUOTE, ITEM].some((start) => start.test(one))),
      );
      parts.push({ kind: 'paragraph', inlines: parseInlines(paragraph.join('\n')) });
    }
  }
  return parts;
}

function listOf(lines: string[]): MarkdownPart {
  const items = lines.map((line) => {
    const [, space = '', number, words = ''] = ITEM.exec(line) ?? [];
    return { depth: Math.min(8, Math.floor(space.length / 2)), number, words };
  });
  const start = items[0]?.number;
  return {
    kind: 'list',
    ordered: start !== undefined,
    start: Number(start ?? 1),
    items: items.map(({ depth, words }) => ({ depth, inlines: parseInlines(words) })),
  };
}

const TOKEN =
  /(`+)([^`]+?)\1(?!`)|!?\[([^[\]]*)\]\(((?:[^()\s]|\([^()\s]*\))+)(?:\s+"[^"]*")?\)|<(https?:[^<>\s]+|mailto:[^<>\s]+)>|(\*\*|__|~~|\*|_)(?=\S)([^\n]*?\S)\6(?![\p{L}\p{N}*_~])|\\([\\`*_{}[\]()#+.!~>-])/u;
const STYLES: Record<string, InlineStyle> = {
  '**': 'bold',
  __: 'bold',
  '*': 'italic',
  _: 'italic',
  '~~': 'strike',
};
/** Emphasis nests no deeper than there are kinds of it. */
const DEEPEST = 4;

function parseInlines(text: string, depth = 0): Inline[] {
  const found: Inline[] = [];
  let rest = text;
  while (rest !== '') {
    const token = TOKEN.exec(rest);
    const before = token ? rest.slice(0, token.index) : rest;
    if (before !== '') found.push({ kind: 'text', text: withEmoji(before) });
    if (!token) break;
    found.push(...read(token, depth));
    rest = rest.slice(token.index + token[0].length);
  }
  return found;
}

function read(token: RegExpExecArray, depth: number): Inline[] {
  const [whole, , code, label, url, bare, sign, inner, escaped] = token;
  if (code !== undefined)
    return [{ kind: 'styled', style: 'code', children: [{ kind: 'text', text: code }] }];
  const address = url ?? bare;
  if (address !== undefined) {
    const href = safeHref(address);
    const text = label === undefined || label === '' ? address : label;
    // A picture is not fetched: its words stand for it.
    return [
      href === null || whole.startsWith('!')
        ? { kind: 'text', text }
        : { kind: 'link', href, text },
    ];
  }
  if (escaped !== undefined) return [{ kind: 'text', text: escaped }];
  const children: Inline[] =
    depth < DEEPEST ? parseInlines(inner ?? '', depth + 1) : [{ kind: 'text', text: inner ?? '' }];
  return [{ kind: 'styled', style: STYLES[sign ?? ''] ?? 'bold', children }];
}
