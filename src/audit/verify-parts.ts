/**
 * A check of the record in parts that can be made in any order, beside each other: ranges of the log, items by some
 * hundreds, what stands by itself, and rows that nothing leads to. Joined in their order they say what one after the other
 * would: a range begins with what the entry before it says of itself, as it would have been read then.
 */
import type { EpochMs } from '../domain/clock.ts';
import { auditHead, GENESIS, type AuditHead } from '../store/audit-log.ts';
import type { Db } from '../store/database.ts';
import {
  entryOf,
  entryPages,
  entryUpTo,
  startOf,
  verifyChain,
  type VerifiedChain,
} from './verify-chain.ts';
import { findOrphans } from './verify-orphans.ts';
import {
  allItemIds,
  touchedItemIds,
  verifyItems,
  type Counted,
  type Difference,
  type Report,
} from './verify-rows.ts';
import { verifyStanding } from './verify-standing.ts';

export type Part =
  /** Entries behind `after` (null: from wherever they begin) up to `upto` (null: to the end). */
  | { part: 'chain'; after: number | null; upto: number | null }
  | { part: 'items'; ids: string[] }
  | { part: 'standing'; from: number }
  | { part: 'orphans' };

export interface Found {
  /** The first 100. */
  differences: Difference[];
  /** How many there are. */
  found: number;
}

export interface VerifiedPart extends Found {
  chain: VerifiedChain | null;
  rows: Counted | null;
}

const DIFFERENCES_KEPT = 100;

/** Keeps the first of what is found, and counts all. */
export function collectDifferences(): { report: Report; found(): Found } {
  const differences: Difference[] = [];
  let found = 0;
  return {
    report(difference) {
      found += 1;
      if (differences.length < DIFFERENCES_KEPT) differences.push(difference);
    },
    found: () => ({ differences, found }),
  };
}

/** Ranges of the log have about so many entries; where numbers were forged, the last may have all. */
const RANGE = 20_000;
const RANGES_MOST = 64;

/**
 * The parts in their order. @param since only what was recorded from then on, and whatever it is about, whole; the chain
 * from the entry that `expect` is the hash of, where that is older, for only so it is seen that one leads to the other
 */
export async function* partsOf(
  db: Db,
  since: EpochMs | null,
  expect: string | null,
): AsyncGenerator<Part> {
  const start = since === null ? null : await startOf(db, since);
  const anchored = since === null || expect === null ? null : await entryOf(db, expect);
  // Nothing was recorded since: the head is all there is to say, and what leads to it.
  if (since !== null && start === null) {
    const { seq } = await auditHead(db);
    yield { part: 'chain', after: anchored === null ? seq : anchored - 1, upto: null };
    return;
  }
  const first = start === null ? 1 : Math.min(start, anchored ?? start);
  const after = first <= 1 ? null : first - 1;
  const { seq: end } = await auditHead(db);
  const begin = after ?? 0;
  const count = Math.max(1, Math.min(RANGES_MOST, Math.ceil((end - begin) / RANGE)));
  const edge = (at: number) => begin + Math.round(((end - begin) / count) * at);
  for (let at = 0; at < count; at += 1)
    yield {
      part: 'chain',
      after: at === 0 ? after : edge(at),
      upto: at === count - 1 ? null : edge(at + 1),
    };
  const pages = start === null ? allItemIds(db) : touchedItemIds(db, start);
  for await (const ids of pages) yield { part: 'items', ids };
  yield { part: 'standing', from: start ?? 1 };
  if (since === null) yield { part: 'orphans' };
}

/** @param expect a head that was anchored before */
export async function verifyPart(db: Db, part: Part, expect: string | null): Promise<VerifiedPart> {
  const { report, found } = collectDifferences();
  let chain: VerifiedChain | null = null;
  let rows: Counted | null = null;
  switch (part.part) {
    case 'chain': {
      const before =
        part.after === null ? { seq: 0, hash: GENESIS } : await entryUpTo(db, part.after);
      chain = await verifyChain(entryPages(db, part.after, part.upto), before, expect, report);
      break;
    }
    case 'items':
      rows = await verifyItems(db, part.ids, report);
      break;
    case 'standing':
      await verifyStanding(db, part.from, report);
      break;
    case 'orphans':
      await findOrphans(db, report);
      break;
    default:
      return part satisfies never;
  }
  return { chain, rows, ...found() };
}

/** Of a log alone. */
export interface VerifiedLog extends Found {
  good: boolean;
  entries: number;
  /** Where the chain ends: the hash to keep elsewhere. */
  head: AuditHead;
  /** Whether the expected hash is in the chain; null: none was given. */
  expected: boolean | null;
}

/** Of a log with the rows it covers. */
export interface Verified extends VerifiedLog, Counted {}

/** Puts parts together, in their order. */
export function joinParts(expect: string | null): {
  add(part: VerifiedPart): void;
  verified(): Verified;
} {
  const differences: Difference[] = [];
  const rows: Counted = { items: 0, decisions: 0, erased: { items: 0, decisions: 0 } };
  let found = 0;
  let entries = 0;
  let head: AuditHead = { seq: 0, hash: GENESIS };
  let expected: boolean | null = null;
  return {
    add(part) {
      found += part.found;
      differences.push(...part.differences.slice(0, DIFFERENCES_KEPT - differences.length));
      if (part.chain) {
        // What stands before the first counts as being in the chain.
        if (expect !== null) expected ??= part.chain.before.hash === expect;
        if (part.chain.met) expected = true;
        entries += part.chain.entries;
        ({ head } = part.chain);
      }
      if (part.rows) {
        rows.items += part.rows.items;
        rows.decisions += part.rows.decisions;
        rows.erased.items += part.rows.erased.items;
        rows.erased.decisions += part.rows.erased.decisions;
      }
    },
    verified: () => ({
      good: found === 0 && expected !== false,
      entries,
      head,
      expected,
      ...rows,
      differences,
      found,
    }),
  };
}
