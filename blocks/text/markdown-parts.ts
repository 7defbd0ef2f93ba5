/**
 * Markdown drawn as rich text: styles, code, lists, quotes, headings as bold, tables as code, links by their host. No text
 * is lost in it (that is looked at each time: else it is shown as it was written), and none can ping. Pure.
 */
import type { RichTextBlockElement, RichTextElement, RichTextList } from '@slack/types';
import { alignedLines } from './aligned-lines.ts';
import { inlineElements, inlineWords } from './markdown-inlines.ts';
import { markdownTree, type MarkdownBlock, type MarkdownInline } from './markdown-tree.ts';
import { losesNothing } from './markdown-witness.ts';
import { ours, pieces, section } from './rich-text.ts';

export interface Formatting {
  /** Behind a bar, as the words of somebody. */
  quoted: boolean;
  /** Elements that it may take; a text that takes more is shown as it was written. */
  most: number;
}

const DEEPEST_LIST = 8;
/** Of the elements that stand below each other. */
const MOST_ROWS = 60;
/** Numbers above this are written out. */
const LARGEST_NUMBER = 9999;
/** A table that its blanks would make longer than this many times is not aligned. */
const WIDEST = 4;

/** The elements of a text; null where it is no Markdown, or is better shown as it was written. */
export function markdownParts(text: string, formatting: Formatting): RichTextBlockElement[] | null {
  const tree = markdownTree(text);
  if (tree === null || !tree.some(isFormatted) || tree.some(isLaidOut)) return null;
  if (!losesNothing(text, tree)) return null;
  const drawing: Drawing = { rows: [], words: [], headed: false, bar: formatting.quoted };
  drawAll(drawing, tree, '');
  endWords(drawing);
  const { rows } = drawing;
  if (rows.length > MOST_ROWS || countOf(rows) > formatting.most) return null;
  return isEmpty(rows) ? null : rows;
}

const isStyled = (inlines: readonly MarkdownInline[]): boolean =>
  inlines.some((one) => one.kind !== 'text' || one.styles.length > 0);
const isFormatted = (block: MarkdownBlock): boolean =>
  block.kind !== 'words' || block.heading || isStyled(block.inlines);
/** Lines whose blanks mean something. */
const isLaidOut = (block: MarkdownBlock): boolean => block.kind === 'words' && block.indented;

/** Signs alone, such as `#`, make elements without anything in them, which Slack refuses. */
const isEmpty = (elements: readonly object[]): boolean =>
  elements.length === 0 ||
  elements.some(
    (one) =>
      ('elements' in one && isEmpty(one.elements as object[])) ||
      ('text' in one && one.text === ''),
  );

const countOf = (elements: readonly object[]): number =>
  elements.reduce<number>(
    (sum, one) => sum + 1 + ('elements' in one ? countOf(one.elements as object[]) : 0),
    0,
  );

interface Drawing {
  rows: RichTextBlockElement[];
  /** Paragraphs that no element has yet. */
  words: RichTextElement[];
  /** What stands last is a heading of what follows. */
  headed: boolean;
  bar: boolean;
}

function endWords(drawing: Drawing): void {
  const { words: elements, bar } = drawing;
  if (elements.length > 0)
    drawing.rows.push({ type: bar ? 'rich_text_quote' : 'rich_text_section', elements });
  drawing.words = [];
}

const border = ({ bar }: Drawing): { border?: 1 } => (bar ? { border: 1 } : {});

/** @param marks of the quotes that this stands in and that no bar shows */
function drawAll(drawing: Drawing, blocks: readonly MarkdownBlock[], marks: string): void {
  for (const block of blocks) {
    switch (block.kind) {
      case 'words':
        addWords(drawing, inlineElements(block.inlines, { heading: block.heading, marks }), marks);
        drawing.headed = block.heading;
        break;
      case 'quote':
        if (drawing.bar) drawAll(drawing, block.blocks, `${marks}> `);
        else {
          endWords(drawing);
          drawing.bar = true;
          drawAll(drawing, block.blocks, marks);
          endWords(drawing);
          drawing.bar = false;
        }
        break;
      case 'list':
        endWords(drawing);
        drawList(drawing, block.items, 0, marks);
        break;
      case 'code':
        if (block.info !== '') addWords(drawing, [ours(block.info, { italic: true })], marks);
        addCode(drawing, block.text);
        break;
      case 'table':
        addCode(drawing, tableText(block.rows));
        break;
      case 'rule':
        addWords(drawing, [ours('———')], marks);
        break;
      default:
        block satisfies never;
    }
  }
}

function addWords(drawing: Drawing, elements: RichTextElement[], marks: string): void {
  if (elements.length === 0) return;
  const start = `${drawing.words.length === 0 ? '' : drawing.headed ? '\n' : '\n\n'}${marks}`;
  drawing.words.push(...(start === '' ? [] : [ours(start)]), ...elements);
  drawing.headed = false;
}

function addCode(drawing: Drawing, text: string): void {
  endWords(drawing);
  const elements = pieces(text === '' ? ' ' : text).map((piece) => ours(piece));
  drawing.rows.push({ type: 'rich_text_preformatted', elements, ...border(drawing) });
}

function tableText(rows: readonly MarkdownInline[][][]): string {
  const cells = rows.map((row) => row.map(inlineWords));
  const plain = cells.map((row) => row.join(' | ')).join('\n');
  const widths = (cells[0] ?? []).map((_, at) =>
    Math.max(...cells.map((row) => row[at]?.length ?? 0)),
  );
  const wide = widths.reduce((sum, one) => sum + one + 2, 0) * cells.length;
  return wide > Math.max(400, plain.length * WIDEST) ? plain : alignedLines(cells, 'start');
}

/** `offset`, the numbers before the first, is in Slack's reference and not in its types. */
type NumberedList = RichTextList & { offset?: number };
type Items = Extract<MarkdownBlock, { kind: 'list' }>['items'];

function drawList(drawing: Drawing, items: Items, depth: number, marks: string): void {
  for (const { number, blocks } of items) {
    const words: RichTextElement[] = [];
    let at = 0;
    for (const block of blocks) {
      if (block.kind !== 'words') break;
      if (words.length > 0) words.push(ours('\n'));
      words.push(...inlineElements(block.inlines, { heading: block.heading }));
      at += 1;
    }
    addItem(drawing, number, [...(marks === '' ? [] : [ours(marks)]), ...words], depth);
    for (const block of blocks.slice(at)) {
      if (block.kind === 'list') drawList(drawing, block.items, depth + 1, marks);
      else {
        drawAll(drawing, [block], marks);
        endWords(drawing);
      }
    }
  }
}

/** One more line of the list that stands last, where it goes on there. */
function addItem(
  drawing: Drawing,
  number: string | null,
  words: RichTextElement[],
  depth: number,
): void {
  const value = Number(number ?? 0);
  if (number !== null && (String(value) !== number || value < 1 || value > LARGEST_NUMBER)) {
    drawing.words.push(ours(`${number}. `), ...words);
    return endWords(drawing);
  }
  const one = section(...(words.length === 0 ? [ours(' ')] : words));
  const indent = Math.min(depth, DEEPEST_LIST);
  const style = number === null ? 'bullet' : 'ordered';
  const last = drawing.rows.at(-1);
  const goesOn = (list: NumberedList) =>
    list.style === style &&
    (list.indent ?? 0) === indent &&
    list.border === border(drawing).border &&
    (number === null || (list.offset ?? 0) + list.elements.length + 1 === value);
  if (last?.type === 'rich_text_list' && goesOn(last)) last.elements.push(one);
  else {
    const list: NumberedList = {
      type: 'rich_text_list',
      style,
      elements: [one],
      ...(indent > 0 ? { indent } : {}),
      ...(value > 1 ? { offset: value - 1 } : {}),
      ...border(drawing),
    };
    drawing.rows.push(list);
  }
}
