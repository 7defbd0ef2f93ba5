/** Producers take turns within a lane and an impact, and no look for whose turn it is goes through what waits. */
import fc from 'fast-check';
import { CompiledQuery } from 'kysely';
import { expect, it } from 'vitest';
import { laneName } from '../../../src/domain/lane.ts';
import { endEffect, insertEffect, leaseRows } from '../../../src/outbox/outbox-table.ts';
import type { Db } from '../../../src/store/database.ts';
import { openTempStore } from '../temp-store.ts';

const LANE = laneName({ kind: 'post', of: 'C0BILLING' });

const put = (db: Db, id: string, producer: string, priority = 5, now = 0) =>
  insertEffect(db, {
    id,
    effect: { effect: 'result', decision_id: id },
    lane: LANE,
    item_id: id,
    priority,
    producer,
    now,
    not_before: 0,
  });

/** Everything that waits, in the order in which it leaves, up to `most`. */
async function leaving(db: Db, most = 1000): Promise<string[]> {
  const ids: string[] = [];
  while (ids.length < most) {
    const [row] = await leaseRows(db, LANE, 'test', 1, 1);
    if (!row) break;
    await endEffect(db, row.id, 1, { state: 'done' });
    ids.push(row.id);
  }
  return ids;
}

it('one of another producer comes after one of the flood, however long that is, and after it the flood goes on', async () => {
  const store = await openTempStore();
  try {
    await store.commit(async ({ db }) => {
      for (let at = 0; at < 300; at += 1) await put(db, `flood-${at}`, 'flood', 10, at);
      expect(await leaving(db, 5)).toEqual([0, 1, 2, 3, 4].map((at) => `flood-${at}`));
      await put(db, 'other-0', 'other', 10, 1000);
      await put(db, 'other-1', 'other', 10, 1001);
      await put(db, 'less-urgent', 'third', 9, 0);
      const rest = await leaving(db);
      expect(rest.slice(0, 5)).toEqual(['flood-5', 'other-0', 'flood-6', 'other-1', 'flood-7']);
      expect(rest.at(-1)).toBe('less-urgent');
    });
  } finally {
    await store.close();
  }
});

it('each producer’s own leave in their order, and between two of one that waits at most one of each other leaves', async () => {
  const store = await openTempStore();
  try {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.constantFrom('a', 'b', 'c'), fc.constant('leaves')), {
          maxLength: 60,
        }),
        async (steps) => {
          await store.commit(async ({ db }) => {
            await db.deleteFrom('outbox').execute();
            const left: string[] = [];
            let count = 0;
            for (const step of steps) {
              count += 1;
              if (step === 'leaves') left.push(...(await leaving(db, 1)));
              else await put(db, `${step}-${String(count).padStart(3, '0')}`, step, 5, count);
            }
            const waiting = await leaving(db);
            for (const one of ['a', 'b', 'c']) {
              const own = [...left, ...waiting].filter((id) => id.startsWith(one));
              expect(own).toEqual(own.toSorted());
              const places = waiting.flatMap((id, at) => (id.startsWith(one) ? [at] : []));
              for (const [at, place] of places.slice(1).entries()) {
                const between = waiting.slice((places[at] ?? 0) + 1, place);
                for (const other of ['a', 'b', 'c'].filter((name) => name !== one))
                  expect(between.filter((id) => id.startsWith(other)).length).toBeLessThanOrEqual(
                    2,
                  );
              }
            }
          });
        },
      ),
      { numRuns: 100 },
    );
  } finally {
    await store.close();
  }
});

it('what puts a row in, and what takes the next, is found by an index', async () => {
  const store = await openTempStore();
  try {
    const queries: CompiledQuery[] = [];
    const seen = new Proxy(store.db, {
      get(db, name) {
        if (name === 'executeQuery')
          return (query: CompiledQuery) => {
            queries.push(query);
            return db.executeQuery(query);
          };
        const held: unknown = Reflect.get(db, name);
        return typeof held === 'function' ? (held.bind(db) as unknown) : held;
      },
    });
    await put(seen, 'a', 'one');
    await leaseRows(seen, LANE, 'test', 1, 1);
    expect(queries.length).toBeGreaterThanOrEqual(2);
    for (const { sql, parameters } of queries) {
      const plan = await store.db.executeQuery<{ detail: string }>(
        CompiledQuery.raw(`explain query plan ${sql}`, [...parameters]),
      );
      const steps = plan.rows.map((row) => row.detail).join('\n');
      expect(steps).not.toMatch(/SCAN outbox|TEMP B-TREE/);
    }
  } finally {
    await store.close();
  }
});
