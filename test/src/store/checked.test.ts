import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerChecked } from '../../../src/stats/questions/answer-checked.ts';
import type { CheckedQuestion } from '../../../src/stats/questions/question.ts';
import { foldFacts } from '../../../src/stats/facts/fold-facts.ts';
import type { Db } from '../../../src/store/database.ts';
import { clinc150 } from '../../clinc150.ts';
import { insertHistory, pastItem, seeded } from '../../history.ts';
import { rounded } from '../../naive-figures.ts';
import { reviewed } from '../../reviewed.ts';
import { openTempStore, type TempStore } from '../temp-store.ts';
import { runs } from '../../runs.ts';

const NOW = Date.parse('2026-11-23T09:00:00Z');
const DAY = 86_400_000;

const asked = (domain: string, days = 90, model: string | null = null): CheckedQuestion => ({
  ...{ ask: 'checked', from: NOW - days * DAY, to: NOW, domain, model, target: 0.02 },
});

/** The same a second time, as plainly as can be, over the rows themselves. */
async function naive(db: Db, { from, to, domain, model }: CheckedQuestion) {
  const rows = await db
    .selectFrom('items')
    .innerJoin('decisions', 'decisions.item_id', 'items.id')
    .selectAll('items')
    .select(['decisions.decided_by', 'decisions.compared'])
    .where('items.domain', '=', domain)
    .where('items.confidence', 'is not', null)
    .execute();
  const ended = rows
    .filter((row) => model === null || row.model === model)
    .filter((row) => (row.decided_at ?? 0) >= from && (row.decided_at ?? 0) < to);
  const looked = ended
    .filter(
      (row) =>
        row.decided_by === 'human' &&
        (['approved', 'edited', 'rejected'].includes(row.outcome ?? '') || row.compared !== null),
    )
    .map((row) => ({
      confidence: row.confidence ?? 0,
      right:
        row.outcome === 'approved' ||
        (row.compared === 'same' && ['answered', 'preferred'].includes(row.outcome ?? ''))
          ? 1
          : 0,
      weight: row.sample === null ? 1 : 1 / row.sample,
    }));
  const weight = (of: typeof looked) => of.reduce((sum, one) => sum + one.weight, 0);
  const mean = (of: typeof looked, what: (one: (typeof looked)[number]) => number) =>
    of.reduce((sum, one) => sum + one.weight * what(one), 0) / weight(of);
  const bins = Array.from({ length: 10 }, (_, bin) =>
    looked.filter(
      ({ confidence }) =>
        Math.round(confidence * 1e6) <= (bin + 1) * 1e5 &&
        (bin === 0 || Math.round(confidence * 1e6) > bin * 1e5),
    ),
  ).filter((bin) => bin.length > 0);
  const found = bins.map((bin) => ({
    looked: bin.length,
    stands_for: weight(bin),
    promised: mean(bin, (one) => one.confidence),
    share: mean(bin, (one) => one.right),
  }));
  return {
    found,
    looked: looked.length,
    items: ended.filter((row) => row.check_of === null).length,
    let_through: ended.filter((row) => row.check_of === null && row.route === 'let_through').length,
    brier: looked.length === 0 ? null : mean(looked, (one) => (one.confidence - one.right) ** 2),
    ece:
      looked.length === 0
        ? null
        : found.reduce((sum, bin) => sum + bin.stands_for * Math.abs(bin.share - bin.promised), 0) /
          weight(looked),
  };
}

async function answered(store: TempStore, question: CheckedQuestion) {
  const { all, items, let_through } = await answerChecked(store.db, question);
  const found = all.bins.map(({ looked, stands_for, promised, found }) => ({
    ...{ looked, stands_for, promised, share: found.share },
  }));
  const { looked, ece, brier } = all;
  return { found, looked, items, let_through, brier, ece };
}

describe('calibration, against a second computation over the raw rows', () => {
  it('holds for any history and model, sampled or gated, folded or not', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.integer({ min: 0, max: 200 }),
        fc.integer({ min: 1, max: 80 }),
        fc.integer({ min: 1, max: 12 }),
        async (seed, count, segment, days) => {
          const store = await openTempStore();
          try {
            const random = seeded(seed);
            const items = Array.from({ length: count }, (_, at) => {
              const item = pastItem(random, `i-${at}`, NOW - Math.floor(random() * 10 * DAY));
              return random() < 0.3 ? { ...item, sample: 0.02 } : item;
            });
            insertHistory(store.path, items);
            await foldFacts(store, segment);
            const all = await answerChecked(store.db, asked('support', days));
            for (const model of [null, ...all.groups.map((one) => one.model).filter(Boolean)]) {
              const question = asked('support', days, model);
              expect(rounded(await answered(store, question))).toEqual(
                rounded(await naive(store.db, question)),
              );
              // Beside the others it is what it is alone.
              const beside = all.groups.find((one) => one.model === model);
              const alone = await answerChecked(store.db, question);
              if (beside) {
                expect(beside.calibration).toEqual(alone.all);
                expect(beside.search).toEqual(alone.search);
              }
            }
          } finally {
            await store.close();
          }
        },
      ),
      { numRuns: runs(8) },
    );
  });

  it('holds for the 3,100 real answers, in each of their domains', async () => {
    const answers = clinc150();
    const store = await openTempStore();
    try {
      insertHistory(store.path, reviewed(answers, NOW));
      await foldFacts(store);
      for (const domain of new Set(answers.map((one) => one.domain))) {
        const found = rounded(await answered(store, asked(domain)));
        expect(found).toEqual(rounded(await naive(store.db, asked(domain))));
        expect(found).toMatchObject({
          looked: answers?.filter((one) => one.domain === domain).length,
        });
      }
    } finally {
      await store.close();
    }
  });
});

it('an answer given blind counts by whether it was the AI’s too, once that is said', async () => {
  const store = await openTempStore();
  try {
    const answers = ['same', 'different', null].map((compared, at) => {
      const one = { id: `q-${at}`, predicted: 'a', label: 'a', domain: 'billing', confidence: 0.9 };
      const [item] = reviewed([one], NOW - DAY);
      if (!item?.end) throw new Error('there is one');
      const end = { ...item.end, outcome: 'answered' };
      return { ...item, kind: 'question' as const, sample: 0.02, end, compared } as typeof item;
    });
    insertHistory(store.path, answers);
    const { all } = await answerChecked(store.db, asked('billing'));
    expect([all.looked, all.stands_for, all.bins[0]?.found.share]).toEqual([2, 100, 0.5]);
  } finally {
    await store.close();
  }
});

describe('what turned out later', () => {
  it.each([
    ['a look that was right after all', 'edited', 'wrong', null, 'gone'],
    ['an approval that was wrong', 'approved', 'wrong', null, 'wrong'],
    ['an approval that stood', 'approved', 'right', null, 'right'],
    ['a rejection that was wrong', 'rejected', 'wrong', null, 'right'],
    ['a reversal, which says nothing', 'approved', 'reversed', null, 'right'],
    ['a complaint, which says nothing', 'rejected', 'complaint', null, 'wrong'],
    ['a truth that the AI had proposed', 'rejected', 'complaint', '"yes"', 'right'],
    ['a truth that it had not', 'approved', 'right', '"no"', 'wrong'],
  ])('outranks the expert: %s', async (_what, outcome, verdict, truth_json, becomes) => {
    const store = await openTempStore();
    try {
      const at = NOW - DAY;
      const [item] = reviewed(
        [{ id: 'x', predicted: 'a', label: 'a', domain: 'billing', confidence: 0.9 }],
        at,
      );
      if (!item?.end) throw new Error('there is one');
      insertHistory(store.path, [{ ...item, end: { ...item.end, outcome } }]);
      await store.db
        .insertInto('item_bodies')
        .values({
          item_id: 'x',
          salt: '',
          written: '{"kind":"review","proposal":"yes"}',
          why_json: '[]',
        })
        .execute();
      await store.db
        .insertInto('feedback')
        .values({
          ...{ id: 'f', item_id: 'x', verdict: verdict as 'right', truth_json, salt: '' },
          ...{ truth_digest: '', at, received_at: at, source: 'api' },
        })
        .execute();
      const { all } = await answerChecked(store.db, asked('billing'));
      const share = all.bins[0]?.found.share;
      expect(share === undefined ? 'gone' : share === 1 ? 'right' : 'wrong').toBe(becomes);
    } finally {
      await store.close();
    }
  });

  it('of an item that was let through counts for the check behind it', async () => {
    const store = await openTempStore();
    try {
      const [item] = reviewed(
        [{ id: 'x', predicted: 'a', label: 'a', domain: 'billing', confidence: 0.9 }],
        NOW - DAY,
      );
      if (!item?.end) throw new Error('there is one');
      const end = { ...item.end, outcome: 'auto_approved', by: 'policy', expert: null };
      insertHistory(store.path, [
        { ...item, route: 'let_through', end },
        { ...item, id: 'check', check_of: 'x', sample: 0.02 },
      ]);
      const told = { id: 'f', item_id: 'x', verdict: 'wrong' as const, truth_json: null, salt: '' };
      await store.db
        .insertInto('feedback')
        .values({ ...told, truth_digest: '', at: NOW, received_at: NOW - 1, source: 'api' })
        .execute();
      const { all, items, let_through } = await answerChecked(store.db, asked('billing'));
      expect({ items, let_through, looked: all.looked, stands_for: all.stands_for }).toEqual({
        ...{ items: 1, let_through: 1, looked: 1, stands_for: 50 },
      });
      expect(all.bins[0]?.found.share).toBe(0);
    } finally {
      await store.close();
    }
  });
});
