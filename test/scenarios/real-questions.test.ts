/**
 * 3,100 real questions through the product: each an item, routed by the shipped thresholds and the second model's
 * dissent, answered with the truth where a person is asked; held against the same sums done plainly here.
 */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acceptItem } from '../../src/intake/accept-item.ts';
import { decideItem } from '../../src/items/decide-item.ts';
import type { Decision } from '../../src/domain/decision.ts';
import { parseItem } from '../../src/domain/parse-item.ts';
import { loadDecision } from '../../src/store/decisions.ts';
import { clinc150, type Query } from '../clinc150.ts';
import { openAuditedDesk, type AuditedDesk } from '../src/store/audited-desk.ts';

const queries = clinc150();
const share = (part: number, of: number): string => `${((100 * part) / of).toFixed(1)}%`;

/** What a threshold does, summed up plainly: whom one asks, whom one does not, and how often that is wrong. */
function plainly(threshold: number, agreeing: boolean) {
  const alone = queries.filter(
    (one) => one.confidence > threshold && (!agreeing || one.second_opinion === one.predicted),
  );
  const wrong = alone.filter((one) => one.predicted !== one.label).length;
  return { asked: queries.length - alone.length, alone: alone.length, wrong };
}

const asItem = (query: Query) => ({
  id: query.id,
  kind: 'question',
  domain: 'support',
  title: query.text.slice(0, 300),
  proposal: query.predicted,
  confidence: query.confidence,
  impact: 3,
  ensemble: [{ source: 'second', answer: query.second_opinion }],
});

describe('real questions, real confidence', () => {
  let desk: AuditedDesk;
  const decisions = new Map<string, Decision>();
  let asked = 0;

  beforeAll(async () => {
    desk = await openAuditedDesk();
    const { world } = desk;
    await Promise.all(
      queries.map(async (query) => {
        const item = parseItem(asItem(query));
        if (!item.ok) throw new Error(JSON.stringify(item.errors));
        const accepted = await acceptItem(world, { ...item, source: 'queue' });
        if (accepted.accepted !== 'new') throw new Error(`${query.id}: ${accepted.accepted}`);
        if (accepted.record.status === 'decided') return;
        asked += 1;
        const decided = await decideItem(world, {
          item_id: query.id,
          person: { user: 'U0ALICE', team: 'T0SIMULATED', name: 'alice' },
          verdict: { word: 'answer', answer: query.label },
          card_id: null,
        });
        if (decided.done !== true) throw new Error(`${query.id}: ${JSON.stringify(decided)}`);
      }),
    );
    for (const { id } of queries) {
      const decision = await loadDecision(world.db, id);
      if (decision) decisions.set(id, decision);
    }
  });
  afterAll(async () => {
    await desk.close();
  });

  it('every one is decided, by a person or by the policy, as the plain sums say', () => {
    expect(queries).toHaveLength(3100);
    expect(decisions.size).toBe(3100);
    const outcomes = { answered: 0, auto_approved: 0 };
    for (const { outcome } of decisions.values())
      if (outcome === 'answered' || outcome === 'auto_approved') outcomes[outcome] += 1;
    const plain = plainly(0.85, true);
    expect({ asked, ...outcomes }).toEqual({
      asked: plain.asked,
      answered: plain.asked,
      auto_approved: plain.alone,
    });
  });

  it('what was let through is wrong as often as the plain sums say; what was asked is right', () => {
    let wrong = 0;
    for (const query of queries) {
      const decision = decisions.get(query.id);
      const said = decision?.outcome === 'answered' ? decision.answer : query.predicted;
      if (said === query.label) continue;
      wrong += 1;
      expect(decision?.outcome).toBe('auto_approved');
    }
    const plain = plainly(0.85, true);
    expect(wrong).toBe(plain.wrong);
    // Without anybody asked it would have been this many.
    expect(plainly(-1, false).wrong / 3100).toBeGreaterThan(20 * (wrong / plain.alone));
  });

  it('the table in the documents is that of these questions', () => {
    const rows = [
      [0.6, false],
      [0.85, false],
      [0.6, true],
      [0.85, true],
      [0.95, true],
    ] as const;
    const table = [
      '| let through above | second model | asked | let through | wrong of those |',
      '| --- | --- | --- | --- | --- |',
      `| 0 (everything) | any | 0 | 3100 (100.0%) | ${plainly(-1, false).wrong} (${share(plainly(-1, false).wrong, 3100)}) |`,
      ...rows.map(([threshold, agreeing]) => {
        const { asked, alone, wrong } = plainly(threshold, agreeing);
        const say = `${alone} (${share(alone, queries.length)}) | ${wrong} (${share(wrong, alone)})`;
        return `| ${threshold.toFixed(2)} | ${agreeing ? 'agrees' : 'any'} | ${asked} | ${say} |`;
      }),
    ].join('\n');
    expect(readFileSync('docs/policies.md', 'utf8')).toContain(table);
  });
});
