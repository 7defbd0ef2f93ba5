/** Holds an exported audit log against itself, without a database: a file and a hash are all that it takes. */
import { open } from 'node:fs/promises';
import { z } from 'zod';
import { GENESIS } from '../store/audit-log.ts';
import { verifyChain, type ChainedEntry } from '../audit/verify-chain.ts';
import { collectDifferences, type VerifiedLog } from '../audit/verify-parts.ts';
import { UsageError, fileTrouble, type Shell } from './cli-context.ts';

const line = z.object({
  seq: z.int(),
  at: z.iso.datetime(),
  event: z.string(),
  item_id: z.string().nullable(),
  entry: z.string(),
  prev_hash: z.string(),
  hash: z.string(),
});

const PAGE = 500;

/**
 * Line by line, however long it is; `-` is standard input. Of a log that begins later (`from`), what stands before its
 * first entry is taken from that entry.
 */
export async function verifyExported(
  shell: Shell,
  file: string,
  expect: string | null,
): Promise<VerifiedLog & { from: number }> {
  const { report, found } = collectDifferences();
  const pages = pagesOf(file === '-' ? shell.lines(file) : linesOf(file), nameOf(file));
  const first = await pages.next();
  if (first.done) throw new UsageError(`${nameOf(file)}: there is no entry in it`);
  const [entry] = first.value;
  const before =
    entry === undefined || entry.seq <= 1
      ? { seq: 0, hash: GENESIS }
      : { seq: entry.seq - 1, hash: entry.prev_hash };
  const chain = await verifyChain(chained(first.value, pages), before, expect, report);
  const expected = expect === null ? null : chain.met || before.hash === expect;
  const all = found();
  const { entries, head } = chain;
  const from = before.seq + 1;
  return { good: all.found === 0 && expected !== false, from, entries, head, expected, ...all };
}

async function* chained(
  first: ChainedEntry[],
  rest: AsyncIterable<ChainedEntry[]>,
): AsyncGenerator<ChainedEntry[]> {
  yield first;
  yield* rest;
}

const nameOf = (file: string): string => (file === '-' ? 'standard input' : file);

async function* linesOf(file: string): AsyncGenerator<string> {
  const handle = await open(file).catch((cause: unknown) => {
    throw new UsageError(`${file}: ${fileTrouble(cause)}`, 2, { cause });
  });
  yield* handle.readLines();
}

async function* pagesOf(
  lines: AsyncIterable<string>,
  name: string,
): AsyncGenerator<ChainedEntry[]> {
  let page: ChainedEntry[] = [];
  let number = 0;
  for await (const written of lines) {
    number += 1;
    if (written.trim() === '') continue;
    page.push(rowOf(written, `${name}: line ${number}`));
    if (page.length === PAGE) {
      yield page;
      page = [];
    }
  }
  if (page.length > 0) yield page;
}

function rowOf(written: string, where: string): ChainedEntry {
  let value: unknown;
  try {
    value = JSON.parse(written);
  } catch (cause) {
    throw new UsageError(`${where} is not JSON: was it cut?`, 1, { cause });
  }
  const read = line.safeParse(value);
  if (!read.success)
    throw new UsageError(
      `${where} is no entry of \`hitl export audit --format jsonl\` (${read.error.issues[0]?.path.join('.')})`,
      1,
    );
  const { entry, at, ...rest } = read.data;
  return { ...rest, at: Date.parse(at), entry_json: entry };
}
