import SQLite from 'better-sqlite3';
import fc from 'fast-check';
import { Kysely, SqliteDialect, type CompiledQuery } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { foldFacts } from '../../../src/stats/facts/fold-facts.ts';
import { answerPeriod } from '../../../src/stats/questions/answer-question.ts';
import { hourIn } from '../../../src/stats/questions/local-time.ts';
import { inTransaction } from '../../../src/store/prepared.ts';
import type { Tables } from '../../../src/store/tables.ts';
import { readFacts } from '../../../src/stats/facts/read-facts.ts';
import {
  countPeriod,
  GROUPINGS,
  PERIOD_COLUMNS,
  type PeriodAsked,
  type PeriodFigures,
} from '../../../src/stats/formulas/period-figures.ts';
import { insertHistory, pastItem, seeded, type PastItem } from '../../history.ts';
import { naiveBetween } from '../../naive-between.ts';
import { naiveFigures, rounded } from '../../naive-figures.ts';
import { openTempStore, type TempStore } from '../temp-store.ts';
import { runs } from '../../runs.ts';

const NOW = Date.parse('2026-11-23T09:00:00Z');
const DAY = 86_400_000;
const hourOf = (at: number) => new Date(at).getUTCHours();

function figures(store: TempStore, asked: PeriodAsked, unfolded = false): Promise<PeriodFigures> {
  const counting = countPeriod(asked);
  return inTransaction(store.db, async (db) => {
    const period = { from: asked.from - (asked.to - asked.from), to: asked.to };
    for await (const facts of readFacts(db, period, [...PERIOD_COLUMNS, asked.by], unfolded))
      counting.add(facts);
    return counting.figures();
  });
}

const history = (seed: number, count: number, days: number): PastItem[] => {
  const random = seeded(seed);
  return Array.from({ length: count }, (_, at) =>
    pastItem(random, `item-${seed}-${at}`, NOW - Math.floor(random() * days * DAY)),
  );
};

describe('the figures of a period, against a second computation over the raw rows', () => {
  it('hold for any history, period, grouping and filter, wherever the folding has got to', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          seed: fc.nat(),
          count: fc.integer({ min: 0, max: 150 }),
          later: fc.integer({ min: 0, max: 40 }),
          segment: fc.integer({ min: 1, max: 60 }),
          days: fc.integer({ min: 1, max: 6 }),
          ago: fc.integer({ min: 0, max: 2 }),
          by: fc.constantFrom(...GROUPINGS),
          domain: fc.option(fc.constantFrom('billing', 'support', 'nowhere'), { freq: 1 }),
          expert: fc.option(fc.constantFrom('U0EXPERT0', 'U0NOBODY'), { freq: 1 }),
        }),
        async ({ seed, count, later, segment, days, ago, by, domain, expert }) => {
          const store = await openTempStore();
          try {
            insertHistory(store.path, history(seed, count, 10));
            await foldFacts(store, segment);
            insertHistory(store.path, history(seed + 1, later, 3));
            const to = NOW - ago * DAY;
            const from = to - days * DAY;
            const edges = Array.from({ length: days }, (_, day) => from + day * DAY);
            const asked = { from, to, by, domain, expert, edges, hourOf };
            const naive = rounded(await naiveFigures(store.db, asked));
            expect(rounded(await figures(store, asked))).toEqual(naive);
            expect(rounded(await figures(store, asked, true))).toEqual(naive);
          } finally {
            await store.close();
          }
        },
      ),
      { numRuns: runs(12) },
    );
  });
});

describe('what lies between people, against a second computation over the raw rows', () => {
  it('holds for any history and filter, wherever the folding has got to', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          seed: fc.nat(),
          count: fc.integer({ min: 0, max: 250 }),
          segment: fc.integer({ min: 1, max: 60 }),
          days: fc.integer({ min: 1, max: 9 }),
          domain: fc.option(fc.constantFrom('billing', 'support', 'nowhere'), { freq: 1 }),
        }),
        async ({ seed, count, segment, days, domain }) => {
          const store = await openTempStore();
          try {
            insertHistory(store.path, history(seed, count, 10));
            await foldFacts(store, segment);
            insertHistory(store.path, history(seed + 1, 20, 3));
            const asked = { from: NOW - days * DAY, to: NOW, domain };
            const naive = await naiveBetween(store.db, asked);
            for (const unfolded of [false, true]) {
              const question = { ...asked, ...{ ask: 'period' as const, by: 'rule' as const } };
              const { agreement, blind_same, pages } = await answerPeriod(
                store.db,
                { ...question, expert: null, prices: null, timezone: 'UTC' },
                hourIn,
                unfolded,
              );
              expect(rounded(agreement)).toEqual(rounded(naive.agreement));
              const { same, of } = naive.blind;
              expect(blind_same && { same: blind_same.hits, of: blind_same.of }).toEqual(
                of === 0 ? null : { same, of },
              );
              const most = naive.pages?.counts.at(-1);
              expect(
                pages &&
                  rounded({
                    ...{ people: pages.people, total: pages.total, most: pages.most.count },
                    ...{ times_even: pages.times_even, gini: pages.gini },
                  }),
              ).toEqual(
                naive.pages &&
                  rounded({
                    people: naive.pages.counts.length,
                    total: naive.pages.counts.reduce((sum, one) => sum + one, 0),
                    ...{ most, times_even: naive.pages.times_even, gini: naive.pages.gini },
                  }),
              );
            }
          } finally {
            await store.close();
          }
        },
      ),
      { numRuns: runs(8) },
    );
  });
});

describe('folding', () => {
  let store: TempStore;
  beforeAll(async () => {
    store = await openTempStore();
    insertHistory(store.path, history(1, 500, 10));
  });
  afterAll(() => store.close());

  const segments = () =>
    store.db.selectFrom('fact_segments').selectAll().orderBy('last_seq').execute();

  it('takes whole segments, each ended item once, and the rest waits', async () => {
    const { ended } = await store.db
      .selectFrom('decisions')
      .select((eb) => eb.fn.countAll<number>().as('ended'))
      .executeTakeFirstOrThrow();
    expect(await foldFacts(store, 40)).toBe(Math.floor(ended / 40));
    expect(await foldFacts(store, 40)).toBe(0);
    const rows = await segments();
    expect(rows.reduce((sum, row) => sum + row.length, 0)).toBe(Math.floor(ended / 40) * 40);
    expect(new Set(rows.map((row) => row.last_seq)).size).toBe(rows.length);
  });

  it('makes everything again where an older version wrote it otherwise', async () => {
    const before = await segments();
    await store.db.updateTable('fact_segments').set({ format: 0 }).execute();
    await foldFacts(store, 40);
    expect(await segments()).toEqual(before);
  });

  it('lets a question find all it reads by an index, however many items there are', async () => {
    const sqlite = new SQLite(store.path, { readonly: true });
    const asked: CompiledQuery[] = [];
    const db = new Kysely<Tables>({
      dialect: new SqliteDialect({ database: sqlite }),
      log: ({ query }) => void asked.push(query),
    });
    const period = { from: NOW - 5 * DAY, to: NOW, expert: null, prices: null, timezone: 'UTC' };
    for (const domain of [null, 'billing'])
      await answerPeriod(db, { ask: 'period', by: 'expert', domain, ...period });
    const plans = asked
      .filter(({ sql }) => sql.startsWith('select'))
      .map(({ sql, parameters }) =>
        sqlite
          .prepare<unknown[], { detail: string }>(`explain query plan ${sql}`)
          .all(...parameters)
          .map(({ detail }) => detail),
      );
    for (const table of ['pages', 'opinions', 'rungs', 'decisions', 'audit_log'])
      expect(plans.flat().join('\n')).toContain(`SEARCH ${table} `);
    // One row for each two thousand items.
    const whole = plans.flat().filter((detail) => detail.startsWith('SCAN'));
    expect(new Set(whole)).toEqual(new Set(['SCAN fact_segments']));
    expect(plans.flat().join('\n')).toContain('SEARCH items USING INDEX items_open ');
    await db.destroy();
  });
});
