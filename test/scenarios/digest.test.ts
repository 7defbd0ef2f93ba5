import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { answerSymptoms } from '../../src/stats/questions/answer-symptoms.ts';
import { lastMonday, postDigest } from '../../src/stats/watch/weekly-digest.ts';
import { insertHistory, pastItem, seeded } from '../history.ts';
import { openDesk, type Desk } from './desk.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let desk: Desk;
afterEach(async () => {
  expect(desk.slack.problems).toEqual([]);
  await desk.close();
});

/** Billing: as much came in both weeks, of which this week far more was asked; Alice waved it through. */
async function openWithHistory(now: string) {
  desk = await openDesk({ now: Date.parse(now) });
  const random = seeded(4);
  const items = Array.from({ length: 240 }, (_, at) => {
    const thisWeek = at % 2 === 0;
    const came = desk.clock.now() - (thisWeek ? 5 : 12) * DAY - at * 60_000;
    const asked = at % 20 < (thisWeek ? 18 : 4);
    const by = asked
      ? { outcome: 'approved', by: 'human', expert: 'U0ALICE' }
      : { outcome: 'auto_approved', by: 'policy', expert: null };
    return {
      ...pastItem(random, `past-${at}`, came),
      ...{ domain: 'billing', kind: 'review' as const, check_of: null, rungs: [], due_at: null },
      ...{ route: asked ? ('ask' as const) : ('let_through' as const) },
      ...{ claimed_at: asked ? came + HOUR : null, end: { at: came + HOUR + 2500, ...by } },
    };
  });
  insertHistory(join(desk.data_dir, 'hitl.db'), items);
}

const types = (user: string) => desk.slack.user(user).types('/hitl digest', { channel: 'general' });
const told = () =>
  desk.slack.messages('C0OPS').map((message) => desk.textOf(message) || message.text);

it('`/hitl digest` tells managers what stands out and what helps, and nobody else', async () => {
  await openWithHistory('2026-11-25T12:00:00Z');
  await types('mia');
  const words = await desk.note('mia', 'What stands out');
  expect(words).toContain('Review grows faster than volume in Billing');
  expect(words).toContain('108 of 120 items needed a person, 24 of 120 before');
  expect(words).toMatch(/U0ALICE\s+decides in under 4 s/);
  expect(words).toContain('half of 108 decisions within 2.5 s');
  for (const who of ['alice', 'oscar']) {
    await types(who);
    expect(await desk.note(who, 'The digest is for managers')).not.toContain('Billing');
  }
  expect(told()).toEqual([]);
});

it('says so where nothing stands out', async () => {
  desk = await openDesk();
  await types('mia');
  await desk.note('mia', 'Nothing stands out in the last 7 days');
});

it('is told to the operators on Monday at nine in the policy’s zone, once, without names', async () => {
  // 08:30 in Berlin.
  await openWithHistory('2026-11-23T07:30:00Z');
  let asked = 0;
  const look = () =>
    postDigest(desk.pager.world, (question) => {
      asked += 1;
      return answerSymptoms(desk.pager.world.db, question);
    });
  await look();
  expect(asked).toBe(0);
  // The pager itself looks every hour.
  desk.clock.advance(HOUR);
  const words = await desk.until('they are told', () => told()[0]);
  expect(words).toContain('Review grows faster than volume in Billing');
  expect(words).toContain('Somebody decides in under 4 s');
  expect(words).not.toContain('ALICE');
  // What was told is kept in the database: a process that starts anew says no more.
  desk.clock.advance(2 * HOUR);
  await look();
  expect(asked).toBe(0);
  expect(told()).toHaveLength(1);
});

it('knows the last Monday at nine, whatever the clocks did since', async () => {
  desk = await openDesk();
  const at = (now: string) =>
    new Date(lastMonday(Date.parse(now), 'Europe/Berlin')).toISOString().slice(0, 16);
  expect(at('2026-11-23T08:00:00Z')).toBe('2026-11-23T08:00');
  expect(at('2026-11-23T07:59:59Z')).toBe('2026-11-16T08:00');
  expect(at('2026-03-29T20:00:00Z')).toBe('2026-03-23T08:00');
  expect(at('2026-03-30T07:00:00Z')).toBe('2026-03-30T07:00');
});
