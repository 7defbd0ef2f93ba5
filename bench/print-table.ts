/** The numbers as a table for the terminal. */
import { isMet, type Measured } from './number.ts';

const DIGITS: Record<Measured['unit'], number> = {
  'items/s': 0,
  'rows/s': 0,
  'entries/s': 0,
  µs: 0,
  ms: 1,
  s: 2,
  MB: 0,
  share: 2,
  times: 2,
  count: 0,
};

const shown = (value: number, unit: Measured['unit']): string =>
  `${value.toFixed(DIGITS[unit])} ${unit === 'share' || unit === 'count' ? '' : unit}`.trim();

/** Columns: measurement, what, number, limit, met or missed, note. */
export function tableOf(numbers: readonly Measured[]): string {
  const rows = numbers.map((number) => {
    const { limit, unit } = number;
    const met = isMet(number);
    return [
      number.of,
      number.what,
      shown(number.measured, unit),
      limit ? `${limit.at === 'least' ? '≥' : '≤'} ${shown(limit.value, unit)}` : '',
      met === null ? '' : met ? 'met' : 'MISSED',
      number.note ?? '',
    ];
  });
  const head = ['', 'what', 'measured', 'limit', '', ''];
  const widths = head.map((_, at) =>
    Math.max(...[head, ...rows].map((row) => row[at]?.length ?? 0)),
  );
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell, at) =>
          at === 2 || at === 3 ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
