/** Running text of Markdown as elements of rich text: styles, code, and links that show their host. Pure. */
import type { RichTextElement, RichTextText } from '@slack/types';
import { cut } from './escape.ts';
import type { MarkdownInline, Style } from './markdown-tree.ts';
import { link, ours, pieces } from './rich-text.ts';
import { isHostlike, webLink } from './web-link.ts';

/** A link costs its whole address; a longer one is named, and stands among what is shown as written. */
const LINK_MAX = 400;
const ADDRESS_SHOWN = 200;

type Styles = NonNullable<RichTextText['style']>;

/** @param marks before each line but the first */
export function inlineElements(
  inlines: readonly MarkdownInline[],
  { heading = false, marks = '' }: { heading?: boolean; marks?: string } = {},
): RichTextElement[] {
  return merged(
    inlines.flatMap((one) => elementsOf(one, heading ? ['bold'] : [])),
    marks,
  );
}

/** What a table shows of them. */
export const inlineWords = (inlines: readonly MarkdownInline[]): string =>
  inlineElements(inlines)
    .map((one) => ('text' in one ? (one.text ?? '') : ''))
    .join('')
    .replace(/\s+/g, ' ');

const styleOf = (styles: readonly Style[], code: boolean): Styles => ({
  ...Object.fromEntries(styles.map((one) => [one, true])),
  ...(code ? { code: true } : {}),
});

function elementsOf(one: MarkdownInline, styles: readonly Style[]): RichTextElement[] {
  switch (one.kind) {
    case 'text':
      return [ours(one.text, styleOf([...styles, ...one.styles], false))];
    case 'code':
      return [ours(one.text, styleOf(styles, true))];
    case 'link':
      return linkElements(one, styles);
    default:
      return one satisfies never;
  }
}

/** `label (host)`: a label that looks like an address is set in quotes, and what else the link says stands behind it. */
function linkElements(
  { label, href, title, image }: Extract<MarkdownInline, { kind: 'link' }>,
  styles: readonly Style[],
): RichTextElement[] {
  const words = label.flatMap((one) => elementsOf(one, styles));
  const said = words.map((one) => ('text' in one ? (one.text ?? '') : '')).join('');
  const hostlike = isHostlike(said);
  const where = webLink(href);
  return [
    ...(image ? [ours('picture: ')] : []),
    ...(hostlike ? [ours('“')] : []),
    ...words.map((one) =>
      hostlike && one.type === 'text' ? { ...one, text: one.text.replace(/[“”"]/g, "'") } : one,
    ),
    ours(`${hostlike ? '”' : ''}${said === '' ? '(' : ' ('}`),
    where === null
      ? ours(cut(href, ADDRESS_SHOWN) || '…')
      : where.href.length <= LINK_MAX
        ? link(where.href, where.host)
        : ours(`${where.host}: long link`),
    ours(title === '' ? ')' : ` “${title}”)`),
  ];
}

/** Neighbours of one style as one, none longer than Slack takes, none empty. */
function merged(elements: readonly RichTextElement[], marks: string): RichTextElement[] {
  const list: RichTextElement[] = [];
  const same = (a: RichTextText, b: RichTextText) =>
    JSON.stringify(a.style ?? {}) === JSON.stringify(b.style ?? {});
  for (const one of elements) {
    const last = list.at(-1);
    if (one.type !== 'text') list.push(one);
    else if (one.text === '') continue;
    else if (last?.type === 'text' && same(last, one)) last.text += one.text;
    else list.push({ ...one });
  }
  return list.flatMap((one): RichTextElement[] => {
    if (one.type !== 'text') return [one];
    const style = Object.keys(one.style ?? {}).length > 0 ? one.style : undefined;
    return pieces(one.text.replaceAll('\n', `\n${marks}`)).map((piece) => ours(piece, style));
  });
}
