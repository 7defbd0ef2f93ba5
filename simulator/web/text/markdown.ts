// The standard markdown of a `markdown` block: headings, lists, quotes, fences, rules, emphasis, links. Pure.
import MarkdownIt from 'markdown-it';
import { withEmoji } from './emoji.ts';
import type { Inline, InlineStyle } from './inline.ts';
import { safeHref } from './safe-href.ts';

export type MarkdownPart =
  | { kind: 'heading'; level: number; inlines: Inline[] }
  | { kind: 'paragraph' | 'quote'; inlines: Inline[] }
  | { kind: 'list'; ordered: boolean; start: number; items: { depth: number; inlines: Inline[] }[] }
  | { kind: 'pre'; text: string }
  | { kind: 'rule' };

const reader = new MarkdownIt({ html: false, linkify: false });
// Where a link leads is judged where it is drawn.
reader.validateLink = () => true;
reader.normalizeLink = (url) => url;

type Token = ReturnType<typeof reader.parse>[number];

export function parseMarkdown(text: string): MarkdownPart[] {
  const parts: MarkdownPart[] = [];
  const lists: boolean[] = [];
  let [level, quotes] = [0, 0];
  for (const token of reader.parse(text, {})) {
    switch (token.type) {
      case 'bullet_list_open':
      case 'ordered_list_open': {
        const ordered = token.type === 'ordered_list_open';
        if (lists.length === 0)
          parts.push({
            kind: 'list',
            ordered,
            start: Number(token.attrGet('start') ?? 1),
            items: [],
          });
        lists.push(ordered);
        break;
      }
      case 'bullet_list_close':
      case 'ordered_list_close':
        lists.pop();
        break;
      case 'blockquote_open':
        quotes += 1;
        break;
      case 'blockquote_close':
        quotes -= 1;
        break;
      case 'heading_open':
        level = Number(token.tag.slice(1));
        break;
      case 'heading_close':
        level = 0;
        break;
      case 'fence':
      case 'code_block':
        parts.push({ kind: 'pre', text: token.content.replace(/\n$/, '') });
        break;
      case 'hr':
        parts.push({ kind: 'rule' });
        break;
      case 'inline': {
        const inlines = inlinesOf(token.children ?? []);
        const last = parts.at(-1);
        if (lists.length > 0 && last?.kind === 'list')
          last.items.push({ depth: Math.min(8, lists.length - 1), inlines });
        else if (level > 0) parts.push({ kind: 'heading', level, inlines });
        else parts.push({ kind: quotes > 0 ? 'quote' : 'paragraph', inlines });
        break;
      }
      default:
    }
  }
  return parts;
}

const STYLES: Record<string, InlineStyle> = { strong: 'bold', em: 'italic', s: 'strike' };

function inlinesOf(tokens: readonly Token[]): Inline[] {
  const found: Inline[] = [];
  const open: { into: Inline[]; close: (children: Inline[]) => Inline }[] = [];
  let into = found;
  for (const token of tokens) {
    const style = STYLES[token.tag];
    if (token.nesting === 1) {
      const href =
        token.type === 'link_open' ? safeHref(String(token.attrGet('href') ?? '')) : null;
      open.push({
        into,
        close: (children) =>
          style !== undefined
            ? { kind: 'styled', style, children }
            : href === null
              ? { kind: 'text', text: textOf(children) }
              : { kind: 'link', href, text: textOf(children) || href },
      });
      into = [];
    } else if (token.nesting === -1) {
      const last = open.pop();
      if (!last) continue;
      last.into.push(last.close(into));
      into = last.into;
    } else into.push(...leaf(token));
  }
  return found;
}

function leaf({ type, content }: Token): Inline[] {
  if (type === 'softbreak' || type === 'hardbreak') return [{ kind: 'text', text: '\n' }];
  if (type === 'code_inline')
    return [{ kind: 'styled', style: 'code', children: [{ kind: 'text', text: content }] }];
  // A picture is not fetched: its words stand for it.
  return content === '' ? [] : [{ kind: 'text', text: withEmoji(content) }];
}

const textOf = (inlines: readonly Inline[]): string =>
  inlines
    .map((one) => (one.kind === 'styled' ? textOf(one.children) : 'text' in one ? one.text : ''))
    .join('');
