import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decideItem } from '../../src/items/decide-item.ts';
import { publishResults } from '../../src/queue/publish-results.ts';
import type { OutboxRow } from '../../src/outbox/outbox-table.ts';
import type { Effect } from '../../src/outbox/effects.ts';
import { openDesk, refund, type Desk } from './desk.ts';
import { laneRows } from './lane-rows.ts';

describe('results, to the queue of decisions', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk();
  });
  afterAll(async () => {
    await desk.close();
  });

  /** The rows that carried these results, as they would be taken again. */
  async function rowsOf(...ids: string[]): Promise<OutboxRow[]> {
    const rows = await Promise.all(ids.toSorted().map((id) => laneRows(desk, 'results', id)));
    return rows.flat().map(({ effect_json, ...row }) => ({
      ...row,
      effect: JSON.parse(effect_json) as Effect,
    }));
  }

  it('one that the queue does not take holds up none of the others', async () => {
    const ids = ['good-1', 'good-2', 'odd-1'];
    for (const id of ids) await desk.submit(refund(id, { confidence: 0.99, impact: 1 }));
    for (const id of ids) await desk.result(id);
    const added: string[] = [];
    const addBulk = async (jobs: { data: { item_id: string } }[]) => {
      if (jobs.some((job) => job.data.item_id === 'odd-1')) throw new Error('cannot be held');
      added.push(...jobs.map((job) => job.data.item_id));
      return [];
    };
    const deliveries = await publishResults(
      desk.pager.world,
      { named: () => ({ addBulk }), keep_ms: 1000 },
      await rowsOf(...ids),
    );
    expect(deliveries).toEqual([
      { delivery: 'done' },
      { delivery: 'done' },
      { delivery: 'later', error: 'cannot be held', in_ms: 2000 },
    ]);
    expect(added.toSorted((a, b) => a.localeCompare(b))).toEqual(['good-1', 'good-2']);
  });

  it('a queue that is away delays them all, each to be tried soon', async () => {
    const away = async () => {
      throw new Error('away');
    };
    const deliveries = await publishResults(
      desk.pager.world,
      { named: () => ({ addBulk: away }), keep_ms: 1000 },
      await rowsOf('good-1', 'good-2'),
    );
    expect(deliveries.map((one) => one.delivery)).toEqual(['later', 'later']);
  });

  it.each([
    ['a NUL character', { amount: 240, currency: 'EU\u0000' }],
    ['half a surrogate pair', { amount: 240, currency: '\ud800' }],
  ])('what a person says is kept as it was said, or refused: %s', async (story, edited) => {
    const id = `said ${story}`;
    await desk.submit(refund(id));
    const person = { user: 'U0ALICE', team: desk.slack.teamId, name: 'alice' };
    const decided = await decideItem(desk.pager.world, {
      item_id: id,
      person,
      verdict: { word: 'edit', edited },
      card_id: null,
    });
    expect(decided).toMatchObject({ done: false, refusal: { refused: 'does_not_fit' } });
    expect((await desk.status(id)).status).toBe('open');
  });
});
