/**
 * Markdown as a tree. HTML, entities and reference definitions are text like any other: nothing that a reader should see
 * is taken for a sign. Pure.
 */
import MarkdownIt from 'markdown-it';

export type Style = 'bold' | 'italic' | 'strike';

export type MarkdownInline =
  | { kind: 'text'; text: string; styles: readonly Style[] }
  | { kind: 'code'; text: string }
  | { kind: 'link'; label: MarkdownInline[]; href: string; title: string; image: boolean };

export type MarkdownBlock =
  | { kind: 'words'; inlines: MarkdownInline[]; heading: boolean; indented: boolean }
  | { kind: 'quote'; blocks: MarkdownBlock[] }
  | { kind: 'list'; items: { number: string | null; blocks: MarkdownBlock[] }[] }
  | { kind: 'code'; text: string; info: string }
  | { kind: 'table'; rows: MarkdownInline[][][] }
  | { kind: 'rule' };

const reader = new MarkdownIt({ html: false, linkify: false, typographer: false }).disable([
  'entity',
  'html_block',
  'html_inline',
  'reference',
]);
reader.normalizeLink = (url) => url;
reader.normalizeLinkText = (text) => text;

type Token = ReturnType<typeof reader.parse>[number];

/** Nothing but these can make Markdown of a text. */
const A_SIGN = /[*_~`#>|[\]\\]|^\s{0,3}(?:[-+]|\d{1,9}[.)])\s|^\s{0,3}[-=]{2,}\s*$|^(?: {4}|\t)/m;

/** Each may begin a link, for whose end the reader looks ahead; no document that people read has so many. */
const MOST_BRACKETS = 400;

/** The blocks of a text; null where nothing in it can be Markdown, or nobody would have written it as such. */
export function markdownTree(text: string): MarkdownBlock[] | null {
  if (!A_SIGN.test(text) || text.split('[').length > MOST_BRACKETS) return null;
  const tokens = reader.parse(text, {});
  return blocksOf({ tokens, at: 0, lines: text.split('\n'), inside: 0 }, '');
}

interface Reading {
  tokens: readonly Token[];
  at: number;
  lines: readonly string[];
  /** How many lists and quotes are open. */
  inside: number;
}

/** Up to the token that closes, which is taken too. */
function blocksOf(reading: Reading, closes: string): MarkdownBlock[] {
  const blocks: MarkdownBlock[] = [];
  for (let token = next(reading); token && token.type !== closes; token = next(reading)) {
    const block = blockOf(reading, token);
    if (block) blocks.push(block);
  }
  return blocks;
}

function next(reading: Reading): Token | undefined {
  const token = reading.tokens[reading.at];
  reading.at += 1;
  return token;
}

const inner = (reading: Reading, closes: string): MarkdownBlock[] => {
  reading.inside += 1;
  const blocks = blocksOf(reading, closes);
  reading.inside -= 1;
  return blocks;
};

function blockOf(reading: Reading, token: Token): MarkdownBlock | null {
  switch (token.type) {
    case 'paragraph_open':
    case 'heading_open': {
      const words = next(reading);
      next(reading);
      const [from = 0, to = 0] = token.map ?? [];
      return {
        kind: 'words',
        inlines: inlinesOf(words?.children ?? []),
        heading: token.type === 'heading_open',
        indented:
          reading.inside === 0 && reading.lines.slice(from, to).some((line) => /^[ \t]/.test(line)),
      };
    }
    case 'blockquote_open':
      return { kind: 'quote', blocks: inner(reading, 'blockquote_close') };
    case 'bullet_list_open':
      return { kind: 'list', items: itemsOf(reading, 'bullet_list_close') };
    case 'ordered_list_open':
      return { kind: 'list', items: itemsOf(reading, 'ordered_list_close') };
    case 'fence':
    case 'code_block':
      return { kind: 'code', text: token.content.replace(/\n$/, ''), info: token.info.trim() };
    case 'table_open':
      return { kind: 'table', rows: rowsOf(reading) };
    case 'hr':
      return { kind: 'rule' };
    default:
      return null;
  }
}

function itemsOf(reading: Reading, closes: string) {
  const items: { number: string | null; blocks: MarkdownBlock[] }[] = [];
  for (let token = next(reading); token && token.type !== closes; token = next(reading)) {
    const number = closes === 'ordered_list_close' ? token.info : null;
    items.push({ number, blocks: inner(reading, 'list_item_close') });
  }
  return items;
}

function rowsOf(reading: Reading): MarkdownInline[][][] {
  const rows: MarkdownInline[][][] = [];
  for (let token = next(reading); token && token.type !== 'table_close'; token = next(reading)) {
    if (token.type === 'tr_open') rows.push([]);
    if (token.type === 'inline') rows.at(-1)?.push(inlinesOf(token.children ?? []));
  }
  return rows;
}

const STYLES: Record<string, Style> = { strong: 'bold', em: 'italic', s: 'strike' };

/** Links are found with their labels; what is unknown is its own text. */
function inlinesOf(tokens: readonly Token[]): MarkdownInline[] {
  const list: MarkdownInline[] = [];
  const open: { into: MarkdownInline[]; href: string; title: string }[] = [];
  const styles: Style[] = [];
  let into = list;
  const text = (words: string) => {
    if (words !== '') into.push({ kind: 'text', text: words, styles: [...new Set(styles)] });
  };
  for (const token of tokens) {
    const style = STYLES[token.tag];
    if (token.type === 'softbreak' || token.type === 'hardbreak') text('\n');
    else if (token.type === 'code_inline') into.push({ kind: 'code', text: token.content });
    else if (token.type === 'image')
      into.push({
        kind: 'link',
        label: inlinesOf(token.children ?? []),
        ...to(token),
        image: true,
      });
    else if (token.type === 'link_open') {
      open.push({ into, ...to(token) });
      into = [];
    } else if (token.type === 'link_close') {
      const link = open.pop();
      if (!link) continue;
      const { into: around, ...where } = link;
      around.push({ kind: 'link', label: into, ...where, image: false });
      into = around;
    } else if (style !== undefined && token.nesting === 1) styles.push(style);
    else if (style !== undefined && token.nesting === -1)
      styles.splice(styles.lastIndexOf(style), 1);
    else text(token.content);
  }
  return list;
}

const to = (token: Token) => ({
  href: String(token.attrGet('href') ?? token.attrGet('src') ?? ''),
  title: String(token.attrGet('title') ?? ''),
});
