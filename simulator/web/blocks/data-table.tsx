// A table of data: a caption, numbers to the right, and pages where there are many rows.
import { useState } from 'preact/hooks';
import type { BlockProps } from './blocks.tsx';
import { Cell, rowsOf } from './cell.tsx';
import { numberOf, stringOf } from './payload.ts';

export function DataTable({ block, surface }: BlockProps) {
  const [page, setPage] = useState(0);
  const [head = [], ...rows] = rowsOf(block);
  const size = numberOf(block['page_size']) ?? Math.max(1, rows.length);
  const pages = Math.max(1, Math.ceil(rows.length / size));
  const at = Math.min(page, pages - 1);
  const heading = numberOf(block['row_header_column_index']) ?? 0;
  const isNumber = (column: number) => rows[0]?.[column]?.['type'] === 'raw_number';
  const caption = stringOf(block['caption']);
  return (
    <div class="bk-table-frame" role="group" aria-label={caption || 'Table'} tabIndex={0}>
      <table class="bk-table">
        <caption>{caption}</caption>
        <thead>
          <tr>
            {head.map((cell, column) => (
              <th key={column} scope="col" class={isNumber(column) ? 'bk-right' : ''}>
                <Cell cell={cell} people={surface.people} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(at * size, (at + 1) * size).map((row, line) => (
            <tr key={line}>
              {row.map((cell, column) => {
                const shown = <Cell cell={cell} people={surface.people} />;
                const look = cell['type'] === 'raw_number' ? 'bk-right' : '';
                return column === heading ? (
                  <th key={column} scope="row" class={look}>
                    {shown}
                  </th>
                ) : (
                  <td key={column} class={look}>
                    {shown}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {pages > 1 && (
        <div class="bk-pages">
          <button
            type="button"
            class="bk-button"
            disabled={at === 0}
            onClick={() => setPage(at - 1)}
          >
            Previous
          </button>
          <span aria-live="polite">
            Page {at + 1} of {pages}
          </span>
          <button
            type="button"
            class="bk-button"
            disabled={at === pages - 1}
            onClick={() => setPage(at + 1)}
          >
            Next
          </button>
        </div>
      )}
    </div>
  );
}
