/** A table as text of one width a letter, for a Slack that knows no tables. Pure. */

/** The first column begins where the line does; the others end where their heading does, or begin there (`start`). */
export function alignedLines(
  rows: readonly (readonly string[])[],
  others: 'end' | 'start' = 'end',
): string {
  const widths =
    rows[0]?.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0))) ?? [];
  return rows
    .map((row) =>
      row
        .map((text, at) =>
          at === 0 || others === 'start'
            ? text.padEnd(widths[at] ?? 0)
            : text.padStart(widths[at] ?? 0),
        )
        .join('  '),
    )
    .map((line) => (others === 'start' ? line.trimEnd() : line))
    .join('\n');
}
