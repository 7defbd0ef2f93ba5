/** `hitl policy diff`: what a change of the policy would have done to given items, or to those that came in. */
import {
  comparePolicies,
  type Comparing,
  type PolicyDifference,
} from '../../policies/routing/compare-policies.ts';
import { readKept } from '../domain/exact-json.ts';
import type { Policy } from '../../policies/policy.ts';
import type { EpochMs } from '../domain/clock.ts';
import { type Item } from '../domain/item.ts';
import { parseItem } from '../domain/parse-item.ts';
import { MOMENT_FORMS, readMoment } from '../domain/read-moment.ts';
import { pastItems } from '../store/past-items.ts';
import { readDatabase } from './read-database.ts';
import { samplingKey } from './sampling-key.ts';
import { UsageError, type ExitCode, type Shell } from './cli-context.ts';

export interface DiffOptions {
  items?: string;
  since?: string;
  db?: string;
  at?: EpochMs;
  override_rate: number;
  queue_depth: number;
  json?: boolean;
}

interface Compared extends PolicyDifference {
  old_version: string;
  new_version: string;
  /** Lines and rows that are no item, or whose texts were erased. */
  left_out: number;
  /** The days that the items came in over; null where that is not known. */
  days: number | null;
}

/** Prints what changes. 0 whether anything does or not: whether it is meant is for the reader to say. */
export async function diffPolicies(
  shell: Shell,
  before: Policy,
  after: Policy,
  options: DiffOptions,
): Promise<ExitCode> {
  if ((options.items === undefined) === (options.since === undefined))
    throw new UsageError('give --items FILE or --since 30d, one of them');
  const comparing = comparePolicies(before, after);
  const sampling = await samplingKey(shell, [before, after], options.db);
  const { left_out, days } = await replay(shell, comparing, options, sampling.key);
  const compared: Compared = {
    old_version: before.version,
    new_version: after.version,
    ...comparing.difference(),
    left_out,
    days,
  };
  if (compared.items === 0) throw new UsageError('there is no item to compare by');
  if (options.json) shell.out(JSON.stringify(compared, null, 2));
  else for (const line of differenceLines(compared)) shell.out(line);
  if (sampling.note !== null) shell.err(sampling.note);
  for (const read of ['override_rate', 'queue_depth'] as const)
    if (before.reads.has(read) || after.reads.has(read))
      shell.err(
        `note: a condition reads ${read}, which is not kept with an item: taken as ${options[read]}`,
      );
  return 0;
}

const DAY_MS = 24 * 3_600_000;

async function replay(
  shell: Shell,
  comparing: Comparing,
  options: DiffOptions,
  sampling_key: string,
): Promise<{ left_out: number; days: number | null }> {
  let left_out = 0;
  const now = options.at ?? shell.clock.now();
  const add = (item: Item | null, at: EpochMs): void => {
    if (item === null) left_out += 1;
    else
      comparing.add(
        { valid: true, item },
        {
          now: at,
          override_rate: options.override_rate,
          queue_depth: options.queue_depth,
          sampling_key,
        },
      );
  };
  if (options.items !== undefined) {
    for await (const line of shell.lines(options.items))
      if (line.trim() !== '') add(itemOf(line), now);
    return { left_out, days: null };
  }
  const since = readMoment(options.since ?? '', now);
  if (since === null)
    throw new UsageError(`--since ${options.since ?? ''} is no time: write it ${MOMENT_FORMS}`);
  await readDatabase(shell, options.db, 'read', async (db) => {
    for await (const { item, requested_at } of pastItems(db, since)) add(item, requested_at);
  });
  return { left_out, days: Math.max(1, (now - since) / DAY_MS) };
}

/** null: the line is no item. One without id is taken as one that the queue would name. */
function itemOf(line: string): Item | null {
  try {
    const written = readKept(line);
    const parsed = parseItem(
      typeof written === 'object' && written !== null && !('id' in written)
        ? { ...written, id: 'no-id' }
        : written,
      'exact',
    );
    return parsed.ok ? parsed.item : null;
  } catch {
    return null;
  }
}

/** For people. */
function differenceLines(compared: Compared): string[] {
  const { items, changed, changes, left_out, other_rule, failed } = compared;
  const lines = [
    `${changed} of ${items} items change route (${percent(changed / items)})`,
    ...(other_rule > 0 ? [`${other_rule} more are taken by another rule, to the same route`] : []),
    ...(left_out > 0 ? [`${left_out} were left out: no item, or its texts are erased`] : []),
    ...(failed.new > 0 || failed.old > 0
      ? [`a condition fails, so that it is asked: ${failed.old} before, ${failed.new} after`]
      : []),
  ];
  for (const change of changes) {
    lines.push('', `${change.items}: ${change.from}`, `   -> ${change.to}`);
    for (const { id, title, rules } of change.examples)
      lines.push(`      ${id}  ${short(title)}  (${rules.old} -> ${rules.new})`);
  }
  return [...lines, '', ...loadLines(compared)];
}

/** One line a domain: how many are asked, let through and refused, before and after; by day where that is known. */
function loadLines({ domains, days }: Compared): string[] {
  const rows = domains.map(({ domain, asked, let_through, refused }) => [
    domain,
    `${asked.old} -> ${asked.new}${sign(asked)}`,
    days === null ? '' : `${rate(asked.old, days)} -> ${rate(asked.new, days)}`,
    `${let_through.old} -> ${let_through.new}`,
    `${refused.old} -> ${refused.new}`,
  ]);
  const head = ['domain', 'asked', days === null ? '' : 'asked a day', 'let through', 'refused'];
  const shown = [head, ...rows].map((row) => row.filter((_, at) => head[at] !== ''));
  const widths = (shown[0] ?? []).map((_, at) =>
    Math.max(...shown.map((row) => row[at]?.length ?? 0)),
  );
  return shown.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

const sign = ({ old, new: now }: { old: number; new: number }): string =>
  old === now || old === 0 ? '' : ` (${now > old ? '+' : ''}${percent((now - old) / old)})`;
const rate = (count: number, days: number): string => String(Math.round((count / days) * 10) / 10);
const percent = (share: number): string => `${Math.round(share * 1000) / 10}%`;
const short = (title: string): string => {
  const line = title.replace(/[\p{C}\s]+/gu, ' ').trim();
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
};
