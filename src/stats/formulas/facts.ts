/**
 * Items as figures are made of them: in columns, one place an item. Names are written once and counted by code, so that
 * a million items are read in the time that a few thousand records take. Types, and making them of rows. Pure.
 */

/** Times in epoch ms, confidence 0..1, impact 0..10, `rung` the last that was paged (from 1), `sample` the share that its rule took, 0..1; NaN: there is none. */
export const NUMBER_COLUMNS = [
  'seq',
  'requested_at',
  'claimed_at',
  'decided_at',
  'due_at',
  'confidence',
  'impact',
  'level',
  'rung',
  'sample',
] as const;

/**
 * `''` is none. `by`: who ended it (human, policy, …); `expert`: a person's Slack id; `tags`: as a JSON list;
 * `overrun`: the levels of the rungs that ran out of time before the last, `1,2`; `check`: `check` where it is the check of
 * another; `paged`: whom its rungs sent direct messages, `U1,U2`, a name for each message; `verdicts`: of an approval or
 * review that several people judged each one's last word, `approve,reject`.
 */
export const NAME_COLUMNS = [
  'domain',
  'rule',
  'route',
  'kind',
  'outcome',
  'by',
  'expert',
  'model',
  'cohort',
  'tags',
  'overrun',
  'check',
  'paged',
  'verdicts',
] as const;

export type NumberColumn = (typeof NUMBER_COLUMNS)[number];
export type NameColumn = (typeof NAME_COLUMNS)[number];
export type FactColumn = NumberColumn | NameColumn;

/** Names by code. A code holds within one `Facts` only. */
export interface Coded {
  codes: Uint16Array;
  names: readonly string[];
}

export type Facts<C extends FactColumn = FactColumn> = { length: number } & {
  [K in C]: K extends NumberColumn ? Float64Array : Coded;
};

/** One item, ended or (without `decided_at`) still open. `seq`: the audit entry that ended it. */
export type FactRow = { [K in NumberColumn]: number | null } & { [K in NameColumn]: string | null };

/** Rows in columns: 65,536 at most, for codes have no room for more. */
export function factsOf(rows: readonly Partial<FactRow>[]): Facts;
export function factsOf<C extends FactColumn>(
  rows: readonly Partial<FactRow>[],
  columns: readonly C[],
): Facts<C>;
export function factsOf(
  rows: readonly Partial<FactRow>[],
  columns: readonly FactColumn[] = [...NUMBER_COLUMNS, ...NAME_COLUMNS],
): object {
  return Object.fromEntries([
    ['length', rows.length],
    ...columns.map((column) => [
      column,
      isName(column) ? namesOf(rows, column) : numbersOf(rows, column),
    ]),
  ]);
}

export const isName = (column: FactColumn): column is NameColumn =>
  (NAME_COLUMNS as readonly FactColumn[]).includes(column);

function numbersOf(rows: readonly Partial<FactRow>[], column: NumberColumn): Float64Array {
  const numbers = new Float64Array(rows.length);
  rows.forEach((row, at) => (numbers[at] = row[column] ?? Number.NaN));
  return numbers;
}

function namesOf(rows: readonly Partial<FactRow>[], column: NameColumn): Coded {
  const known = new Map<string, number>();
  const codes = new Uint16Array(rows.length);
  rows.forEach((row, at) => {
    const name = row[column] ?? '';
    let code = known.get(name);
    if (code === undefined) known.set(name, (code = known.size));
    codes[at] = code;
  });
  return { codes, names: [...known.keys()] };
}
