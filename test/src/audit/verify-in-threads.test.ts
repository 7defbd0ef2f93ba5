import fc from 'fast-check';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { verifyInThreads } from '../../../src/audit/verify-in-threads.ts';
import { openDatabase } from '../../../src/store/database.ts';
import { inTransaction } from '../../../src/store/prepared.ts';
import {
  collectDifferences,
  joinParts,
  verifyPart,
  type Part,
} from '../../../src/audit/verify-parts.ts';
import { entryPages, verifyChain } from '../../../src/audit/verify-chain.ts';
import { GENESIS } from '../../../src/store/audit-log.ts';
import { unsureItem } from '../../../bench/items.ts';
import { hireForger, type Forger } from '../store/forger.ts';
import { runs } from '../../runs.ts';

let forger: Forger;
beforeAll(async () => {
  forger = await hireForger();
});
afterAll(() => forger.close());

const TABLES = ['audit_log', 'items', 'decisions', 'opinions', 'feedback'];

it('several threads find what one finds, whatever was forged', async () => {
  const forgery = fc.constantFrom(...TABLES).chain((table) =>
    fc.record({
      table: fc.constant(table),
      column: fc.constantFrom(...forger.columnsOf(table)),
      row: fc.constantFrom(...forger.rowsOf(table)),
      to: fc.nat(1000),
    }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(forgery, { maxLength: 4 }), async (forgeries) => {
      const one = await forger.after((sqlite) => {
        for (const { table, column, row, to } of forgeries)
          sqlite
            .prepare(`update or ignore ${table} set ${column.name} = ? where rowid = ?`)
            .run(column.type === 'TEXT' ? `forged ${to}` : to, row['row_id']);
      });
      const file = join(forger.desk.folder, 'copy.db');
      const db = openDatabase(file, { readonly: true });
      const expect_hash = forger.clean.head.hash;
      const asked = { expect: expect_hash, since: null };
      const alone = await verifyInThreads(db, file, asked);
      const together = await verifyInThreads(db, file, { ...asked, threads: 2 });
      await db.destroy();
      expect(together).toEqual(alone);
      expect({ ...together, expected: null, good: one.good }).toEqual(one);
    }),
    { numRuns: runs(3) },
  );
});

it('ranges of the log, joined, say what the whole of it does: also of a fault at an edge', async () => {
  const entries = forger.clean.entries;
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: entries }),
      fc.integer({ min: 0, max: entries }),
      fc.constantFrom(
        'delete from audit_log where seq = ?',
        `update audit_log set hash = 'sha256:0' where seq = ?`,
        `update audit_log set prev_hash = 'sha256:0' where seq = ?`,
        'update audit_log set seq = -seq where seq = ?',
        'update audit_log set seq = seq + 1000000 where seq = ?',
      ),
      fc.constantFrom(-1, 0, 1),
      async (edge, next, sql, beside) => {
        await forger.after((sqlite) => sqlite.prepare(sql).run(edge + beside));
        const db = openDatabase(join(forger.desk.folder, 'copy.db'), { readonly: true });
        const edges = [edge, next].toSorted((a, b) => a - b);
        const anchor = forger.clean.head.hash;
        const { whole, joined } = await inTransaction(db, async (snapshot) => {
          const { report, found } = collectDifferences();
          const begins = { seq: 0, hash: GENESIS };
          const all = await verifyChain(entryPages(snapshot, null, null), begins, anchor, report);
          const parts = joinParts(anchor);
          const froms: (number | null)[] = [null, ...edges];
          for (const [at, after] of froms.entries()) {
            const part: Part = { part: 'chain', after, upto: edges[at] ?? null };
            parts.add(await verifyPart(snapshot, part, anchor));
          }
          const { entries: count, head, expected, ...rest } = parts.verified();
          return {
            whole: { entries: all.entries, head: all.head, expected: all.met, ...found() },
            joined: {
              entries: count,
              head,
              expected,
              differences: rest.differences,
              found: rest.found,
            },
          };
        });
        await db.destroy();
        expect(joined).toEqual(whole);
      },
    ),
    { numRuns: runs(60) },
  );
});

it('while the pager writes, all see the same moment', async () => {
  const { desk } = forger;
  const db = openDatabase(desk.file, { readonly: true });
  let verifying = true;
  const asked = { expect: null, since: null, threads: 2 };
  const verified = verifyInThreads(db, desk.file, asked).finally(() => (verifying = false));
  let items = 0;
  while (verifying) {
    await desk.submit(unsureItem(`meanwhile-${items}`));
    items += 1;
    // The threads' words come in between.
    await new Promise((resolve) => setImmediate(resolve));
  }
  const { good, differences, entries } = await verified;
  await db.destroy();
  expect({ good, differences }).toEqual({ good: true, differences: [] });
  expect(items).toBeGreaterThan(10);
  expect(entries).toBeGreaterThan(forger.clean.entries);
});

it('a thread that cannot read is told of, and nothing is said to be good', async () => {
  const db = openDatabase(forger.desk.file, { readonly: true });
  const nowhere = join(forger.desk.folder, 'nowhere.db');
  const asked = { expect: null, since: null, threads: 2 };
  await expect(verifyInThreads(db, nowhere, asked)).rejects.toThrow(/thread/);
  await db.destroy();
});
