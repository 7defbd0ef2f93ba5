import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerDrift } from '../../src/stats/questions/answer-drift.ts';
import { foldFacts } from '../../src/stats/facts/fold-facts.ts';
import { lookForDrift } from '../../src/stats/watch/watch-drift.ts';
import { insertHistory, pastItem, seeded } from '../history.ts';
import { openDesk, type Desk } from './desk.ts';

const DAY = 86_400_000;

describe('drift', () => {
  let desk: Desk;
  const random = seeded(9);
  let items = 0;
  /** Items of those days ago, as sure as `confidence` says. */
  const past = (count: number, from: number, to: number, confidence: () => number) =>
    insertHistory(
      join(desk.data_dir, 'hitl.db'),
      Array.from({ length: count }, () => {
        items += 1;
        const at = desk.clock.now() - (to + random() * (from - to)) * DAY;
        return { ...pastItem(random, `d-${items}`, Math.floor(at)), confidence: confidence() };
      }),
    );
  const look = () =>
    lookForDrift(desk.pager.world, (question) => answerDrift(desk.pager.world.db, question));
  const told = () =>
    desk.slack.messages('C0OPS').map((message) => desk.textOf(message) || message.text);

  beforeAll(async () => {
    desk = await openDesk();
    past(2200, 35, 7, () => 0.2 + random() * 0.6);
    past(230, 7, 0.1, () => 0.8 + random() * 0.2);
    await foldFacts(desk.pager.world);
  });
  afterAll(async () => {
    expect(desk.slack.problems).toEqual([]);
    await desk.close();
  });

  it('is told to the operators once, with its number and where to look', async () => {
    await look();
    await look();
    const [words = ''] = await desk.until('they are told', () => told());
    expect(words).toMatch(/how sure the AI says it is, the last 7 days .*PSI [\d.]+, over 0\.25/s);
    expect(words).toContain('/hitl thresholds');
    expect(told()).toHaveLength(1);
  });

  it('is the sum over the shares of tenths, computed a second time over the rows', async () => {
    const to = desk.clock.now();
    const recent = { from: to - 7 * DAY, to };
    const reference = { from: to - 35 * DAY, to: to - 7 * DAY };
    const { confidence } = await answerDrift(desk.pager.world.db, {
      ask: 'drift',
      reference,
      recent,
    });
    const rows = await desk.pager.world.db
      .selectFrom('items')
      .select(['confidence', 'requested_at'])
      .where('check_of', 'is', null)
      .execute();
    const side = ({ from, to }: { from: number; to: number }) =>
      rows.filter((row) => row.requested_at >= from && row.requested_at < to);
    const [then, now] = [side(reference), side(recent)];
    const classes = [...Array(10).keys()];
    const count = (of: typeof rows, tenth: number) =>
      of.filter((row) => Math.min(9, Math.floor((row.confidence ?? 0) * 10)) === tenth).length;
    const used = classes.filter((one) => count(then, one) + count(now, one) > 0);
    const share = (of: typeof rows, tenth: number) =>
      (count(of, tenth) + 0.5) / (of.length + 0.5 * used.length);
    const naive = used.reduce((sum, one) => {
      const [a, b] = [share(then, one), share(now, one)];
      return sum + (b - a) * Math.log(b / a);
    }, 0);
    expect(confidence).toBeCloseTo(naive, 9);
  });

  it('is told to be over once it is', async () => {
    past(8000, 7, 0.1, () => 0.2 + random() * 0.6);
    await look();
    await look();
    await desk.until('they are told', () => told().length === 2);
    expect(told()[1]).toMatch(/as before again: how sure the AI says it is \(PSI 0\.\d\d\)/);
  });
});
