/** An export as text, chunk by chunk: as much at a time as a page has, whatever there is in all. */
import { stringify } from 'csv-stringify/sync';
import { writeJson } from '../domain/exact-json.ts';
import type { Db } from '../store/database.ts';
import {
  auditPages,
  decisionPages,
  itemPages,
  type ExportName,
  type Span,
} from '../store/export-pages.ts';
import {
  EXPORTED,
  exportedDecision,
  exportedEntry,
  exportedItem,
  type ExportedRecord,
} from './exported-record.ts';

export const FORMATS = ['csv', 'jsonl'] as const;
export type ExportFormat = (typeof FORMATS)[number];

export interface Export extends Span {
  what: ExportName;
  format: ExportFormat;
  /** A byte order mark before a CSV, which some spreadsheets take for UTF-8. */
  bom?: boolean;
  /** Whether a CSV begins with the names of its fields: yes, unless it is the later part of one. */
  header?: boolean;
}

export interface Chunk {
  text: string;
  /** Of what was asked for; a header is none. */
  records: number;
}

/** Big enough that the page costs more than asking for it, small enough that a pager that exports still answers clicks. */
const PAGE = 250;

export async function* exportChunks(db: Db, wanted: Export): AsyncGenerator<Chunk> {
  let first = wanted.header ?? true;
  for await (const page of pagesOf(db, wanted)) {
    yield { text: textOf(page, wanted, first), records: page.length };
    first = false;
  }
  if (first && wanted.format === 'csv') yield { text: textOf([], wanted, first), records: 0 };
}

async function* pagesOf(db: Db, { what, since, until }: Export): AsyncGenerator<ExportedRecord[]> {
  switch (what) {
    case 'items':
      for await (const page of itemPages(db, { since, until }, PAGE)) yield page.map(exportedItem);
      return;
    case 'decisions':
      for await (const page of decisionPages(db, { since, until }, PAGE))
        yield page.map(exportedDecision);
      return;
    case 'audit':
      for await (const page of auditPages(db, { since, until }, PAGE))
        yield page.map(exportedEntry);
      return;
    default:
      what satisfies never;
  }
}

function textOf(page: ExportedRecord[], { what, format, bom }: Export, first: boolean): string {
  if (format === 'jsonl') return page.map((record) => `${writeJson(record)}\n`).join('');
  return stringify(
    page.map((record) => EXPORTED[what].map((field) => cell(record[field]))),
    {
      // A text that begins as a formula would be run by the spreadsheet that opens it.
      escape_formulas: true,
      header: first,
      bom: first && bom === true,
      columns: [...EXPORTED[what]],
    },
  );
}

/** A list or an object is JSON in its cell; nothing is empty. */
const cell = (value: unknown): string | number | null =>
  value === null || typeof value === 'string' || typeof value === 'number'
    ? value
    : writeJson(value);
