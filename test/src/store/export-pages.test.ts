import SQLite from 'better-sqlite3';
import type { CompiledQuery } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Db } from '../../../src/store/database.ts';
import { auditPages, decisionPages, itemPages } from '../../../src/store/export-pages.ts';
import { startOf } from '../../../src/audit/verify-chain.ts';
import { liveThrough, openAuditedDesk, type AuditedDesk } from './audited-desk.ts';

let desk: AuditedDesk;
beforeAll(async () => {
  desk = await openAuditedDesk();
  await liveThrough(desk);
});
afterAll(() => desk.close());

/** How SQLite goes about each query that `read` makes. */
async function plansOf(read: (db: Db) => Promise<unknown>): Promise<string[]> {
  const asked: CompiledQuery[] = [];
  const { db } = desk.world;
  await read(
    db.withPlugin({
      transformQuery({ node, queryId }) {
        asked.push(db.getExecutor().compileQuery(node, queryId));
        return node;
      },
      transformResult: async ({ result }) => result,
    }),
  );
  const sqlite = new SQLite(desk.file, { readonly: true });
  const plans = asked.flatMap(({ sql, parameters }) =>
    sqlite
      .prepare<unknown[], { detail: string }>(`explain query plan ${sql}`)
      .all(...parameters)
      .map(({ detail }) => detail),
  );
  sqlite.close();
  return plans;
}

const drain = async (pages: AsyncIterable<unknown>) => {
  for await (const page of pages) expect(page).not.toEqual([]);
};
const span = { since: Date.parse('2026-11-23T09:01:00Z'), until: Date.parse('2026-12-01') };

it.each([
  ['items of a time', 'items_requested', (db: Db) => drain(itemPages(db, span, 5))],
  ['decisions of a time', 'decisions_decided', (db: Db) => drain(decisionPages(db, span, 5))],
  ['entries of a time', 'audit_at', (db: Db) => drain(auditPages(db, span, 5))],
  ['where verifying begins', 'audit_at', (db: Db) => startOf(db, span.since)],
])('%s: by an index, however much is older', async (_what, index, read) => {
  const plans = await plansOf(read);
  expect(plans.join('\n')).toContain(index);
  expect(plans.filter((step) => step.startsWith('SCAN'))).toEqual([]);
});
