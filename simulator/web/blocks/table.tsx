// A table in a message; its first row names the columns.
import { isJson } from '../../slack/controls.ts';
import type { BlockProps } from './blocks.tsx';
import { Cell, rowsOf } from './cell.tsx';

export function Table({ block, surface }: BlockProps) {
  const [head = [], ...rows] = rowsOf(block);
  const settings: unknown[] = Array.isArray(block['column_settings'])
    ? block['column_settings']
    : [];
  const look = (column: number): string => {
    const setting = settings[column];
    if (!isJson(setting)) return '';
    const align =
      setting['align'] === 'right' || setting['align'] === 'center'
        ? ` bk-${setting['align']}`
        : '';
    return `${setting['is_wrapped'] === false ? 'bk-unwrapped' : ''}${align}`;
  };
  return (
    <div class="bk-table-frame" role="group" aria-label="Table" tabIndex={0}>
      <table class="bk-table">
        <thead>
          <tr>
            {head.map((cell, at) => (
              <th key={at} scope="col" class={look(at)}>
                <Cell cell={cell} people={surface.people} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, line) => (
            <tr key={line}>
              {row.map((cell, at) => (
                <td key={at} class={look(at)}>
                  <Cell cell={cell} people={surface.people} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
