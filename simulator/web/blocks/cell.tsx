// One cell of a table: raw text, a number, or rich text.
import type { Json } from '../../slack/controls.ts';
import { listOf, stringOf } from './payload.ts';
import { RichText } from './rich-text.tsx';
import type { People } from './types.ts';

/** The cells of each row. */
export const rowsOf = (block: Json): Json[][] =>
  Array.isArray(block['rows']) ? block['rows'].map(listOf) : [];

export const Cell = ({ cell, people }: { cell: Json | undefined; people: People }) =>
  cell?.['type'] === 'rich_text' ? (
    <RichText block={cell} people={people} />
  ) : (
    <span class="bk-run">{stringOf(cell?.['text'])}</span>
  );
