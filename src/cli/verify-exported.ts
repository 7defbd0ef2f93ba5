/** Holds an exported audit log against itself, without a database: a file and a hash are all that it takes. */
import { open } from 'node:fs/promises';
import { z } from 'zod';
import { GENESIS } from '../store/audit.ts';
import type { AuditLogTable } from '../store/tables.ts';
import { verifyChain } from '../store/verify-chain.ts';
import { collectDifferences, type VerifiedLog } from '../store/verify-parts.ts';
import { CalledWrongly, fileTrouble } from './shell.ts';

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

/** Of a log that begins later, what stands before its first entry is taken from that entry. */
export async function verifyExported(file: string, expect: string | null): Promise<VerifiedLog> {
  const { report, found } = collectDifferences();
  const pages = pagesOf(file);
  const first = await pages.next();
  if (first.done) throw new CalledWrongly(`${file}: there is no entry in it`);
  const [entry] = first.value;
  const before =
    entry === undefined || entry.seq <= 1
      ? { seq: 0, hash: GENESIS }
      : { seq: entry.seq - 1, hash: entry.prev_hash };
  const chain = await verifyChain(chained(first.value, pages), before, expect, report);
  const expected = expect === null ? null : chain.met || before.hash === expect;
  const all = found();
  const { entries, head } = chain;
  return { good: all.found === 0 && expected !== false, entries, head, expected, ...all };
}

async function* chained(
  first: AuditLogTable[],
  rest: AsyncIterable<AuditLogTable[]>,
): AsyncGenerator<AuditLogTable[]> {
  yield first;
  yield* rest;
}

async function* pagesOf(file: string): AsyncGenerator<AuditLogTable[]> {
  const handle = await open(file).catch((cause: unknown) => {
    throw new CalledWrongly(`${file}: ${fileTrouble(cause)}`, 2, { cause });
  });
  let page: AuditLogTable[] = [];
  let number = 0;
  for await (const written of handle.readLines()) {
    number += 1;
    if (written.trim() === '') continue;
    page.push(rowOf(written, `${file}: line ${number}`));
    if (page.length === PAGE) {
      yield page;
      page = [];
    }
  }
  if (page.length > 0) yield page;
}

function rowOf(written: string, where: string): AuditLogTable {
  let value: unknown;
  try {
    value = JSON.parse(written);
  } catch (cause) {
    throw new CalledWrongly(`${where} is not JSON: was it cut?`, 1, { cause });
  }
  const read = line.safeParse(value);
  if (!read.success)
    throw new CalledWrongly(
      `${where} is no entry of \`hitl export audit --format jsonl\` (${read.error.issues[0]?.path.join('.')})`,
      1,
    );
  const { entry, at, ...rest } = read.data;
  return { ...rest, at: Date.parse(at), entry_json: entry };
}
