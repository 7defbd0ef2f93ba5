/** Whether a tree of Markdown still has all that its text says. Pure, and linear. */
import type { MarkdownBlock, MarkdownInline } from './markdown-tree.ts';

/** White space, and the signs that Markdown is written with. */
const SYNTAX = /[\s\\`*_{}[\]()#+\-.!|<>~=:"']/u;

/** Each character of the text that is no sign of Markdown stands in the tree, in its order. */
export function losesNothing(text: string, tree: readonly MarkdownBlock[]): boolean {
  const held = tree.map(wordsOfBlock).join('');
  let at = 0;
  for (const character of text) {
    if (SYNTAX.test(character)) continue;
    at = held.indexOf(character, at);
    if (at < 0) return false;
    at += character.length;
  }
  return true;
}

/** What is drawn, and where links lead. */
function wordsOfBlock(block: MarkdownBlock): string {
  switch (block.kind) {
    case 'words':
      return wordsOfInlines(block.inlines);
    case 'quote':
      return block.blocks.map(wordsOfBlock).join('');
    case 'list':
      return block.items
        .map(({ number, blocks }) => `${number ?? ''}${blocks.map(wordsOfBlock).join('')}`)
        .join('');
    case 'code':
      return block.info + block.text;
    case 'table':
      return block.rows.flatMap((row) => row.map(wordsOfInlines)).join('');
    case 'rule':
      return '';
    default:
      return block satisfies never;
  }
}

const wordsOfInlines = (inlines: readonly MarkdownInline[]): string =>
  inlines
    .map((one) =>
      one.kind === 'link' ? wordsOfInlines(one.label) + one.href + one.title : one.text,
    )
    .join('');
