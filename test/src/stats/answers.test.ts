import { describe, expect, it } from 'vitest';
import { answerPeriod } from '../../../src/stats/questions/answer-question.ts';
import { answerSymptoms } from '../../../src/stats/questions/answer-symptoms.ts';
import { foldFacts } from '../../../src/stats/facts/fold-facts.ts';
import { dayEdges, hourIn } from '../../../src/stats/questions/local-time.ts';
import { symptomsOf, type Symptom } from '../../../src/stats/formulas/symptoms.ts';
import { clinc150 } from '../../clinc150.ts';
import { insertHistory, pastItem, seeded, type PastItem } from '../../history.ts';
import { naiveBetween, naiveLooks } from '../../naive-between.ts';
import { naiveFigures, rounded } from '../../naive-figures.ts';
import { reviewed } from '../../reviewed.ts';
import { openTempStore, type TempStore } from '../temp-store.ts';

const NOW = Date.parse('2026-11-23T09:00:00Z');
const DAY = 86_400_000;
const ZONE = 'Europe/Berlin';

async function withItems(items: PastItem[], look: (store: TempStore) => Promise<void>) {
  const store = await openTempStore();
  try {
    insertHistory(store.path, items);
    await foldFacts(store, 500);
    await look(store);
  } finally {
    await store.close();
  }
}

/** What stands out by the rows themselves. */
async function naiveSymptoms(store: TempStore, days: number): Promise<Symptom[]> {
  const asked = { from: NOW - days * DAY, to: NOW, domain: null };
  const { groups } = await naiveFigures(store.db, {
    ...{ ...asked, by: 'domain', expert: null, edges: [asked.from] },
    hourOf: () => 0,
  });
  const { agreement } = await naiveBetween(store.db, asked);
  return symptomsOf({ groups, agreement, looks: await naiveLooks(store.db, asked) });
}

describe('what stands out, against a second computation over the raw rows', () => {
  /** A fortnight in which the second week asks more, several disagree, and somebody waves items through. */
  function restless(seed: number): PastItem[] {
    const random = seeded(seed);
    return Array.from({ length: 1500 }, (_, at) => {
      const requested_at = NOW - 1 - Math.floor(random() * 14 * DAY);
      const item = pastItem(random, `i-${at}`, requested_at);
      const late = requested_at > NOW - 7 * DAY;
      if (item.domain === 'support' && !late && random() < 0.7)
        return {
          ...item,
          ...{ route: 'let_through', level: 0, rungs: [], pages: [], opinions: [], due_at: null },
          ...{ claimed_at: null, check_of: null, compared: null },
          end: { at: requested_at, outcome: 'auto_approved', by: 'policy', expert: null },
        } satisfies PastItem;
      const opinions =
        item.route === 'ask' && random() < 0.3
          ? [
              { user: 'U0EXPERT1', word: 'approve' as const },
              {
                user: 'U0EXPERT2',
                word: random() < 0.5 ? ('reject' as const) : ('approve' as const),
              },
            ]
          : [];
      const hasty = item.end?.expert === 'U0EXPERT0';
      return {
        ...item,
        opinions,
        claimed_at: hasty ? (item.end?.at ?? 0) - Math.floor(random() * 6000) : item.claimed_at,
      };
    });
  }

  it.each([1, 2, 3])('is the same, with every number in it (history %i)', async (seed) => {
    await withItems(restless(seed), async (store) => {
      const to = NOW;
      const found = await answerSymptoms(store.db, {
        ...{ ask: 'symptoms', from: to - 7 * DAY, to, timezone: ZONE },
      });
      const kinds = found.map((one) => one.symptom);
      expect(kinds).toEqual(expect.arrayContaining(['review_grows', 'disputed', 'hasty']));
      expect(rounded(byName(found))).toEqual(rounded(byName(await naiveSymptoms(store, 7))));
    });
  });

  const byName = (symptoms: Symptom[]) =>
    symptoms.map((one) => JSON.stringify(rounded(one))).toSorted();
});

describe('the figures of the 3,100 real answers', () => {
  it('are those of the raw rows, by domain and by model, with all of them beside one person’s', async () => {
    await withItems(reviewed(clinc150(), NOW), async (store) => {
      const [from, to] = [NOW - 2 * DAY, NOW];
      const edges = dayEdges(from, to, ZONE);
      const shared = { from, to, domain: null, edges, hourOf: hourIn(ZONE) };
      const asked = {
        ask: 'period',
        from,
        to,
        domain: null,
        timezone: ZONE,
        prices: null,
      } as const;
      for (const by of ['domain', 'model'] as const) {
        const { now, before, people, groups, over_time, load } = await answerPeriod(store.db, {
          ...{ ...asked, by, expert: null },
        });
        const naive = await naiveFigures(store.db, { ...shared, by, expert: null });
        expect(now.ended + before.ended).toBe(3100);
        expect(rounded({ now, before, people, groups, over_time, load })).toEqual(rounded(naive));
      }
      const [expert = ''] = (await naiveLooks(store.db, { ...asked })).map((one) => one.expert);
      const own = await answerPeriod(store.db, { ...asked, by: 'domain', expert });
      const whole = await naiveFigures(store.db, { ...shared, by: 'domain', expert: null });
      const { now, before, people } = whole;
      expect(rounded(own.everybody)).toEqual(rounded({ now, before, people }));
      expect(own.symptoms).toBeNull();
    });
  });
});
