import { expect, test } from 'vitest';
import { domainOf } from '../../policies/domain-of.ts';
import {
  climb,
  clocksOf,
  planLadder,
  type Standing,
  type StandingRung,
} from '../../policies/schedule/ladder.ts';
import { PLAIN_ASK, type AskRoute } from '../../policies/policy.ts';
import { changed, read, SMALL } from './written-policy.ts';

const at = (time: string) => Date.parse(time);
const MINUTE = 60_000;
const NOON = at('2026-11-20T12:00:00Z');
const ladderOf = (domain: string, route: Partial<AskRoute> = {}, text = SMALL) => {
  const policy = read(text);
  return planLadder(policy, domainOf(policy, domain), { ...PLAIN_ASK, ...route });
};
const dueOf = (domain: string, route: Partial<AskRoute> = {}, from = NOON, text = SMALL) => {
  const { rungs, hours, at_the_end, fallback } = ladderOf(domain, route, text);
  const { decide_by, remind_at } = clocksOf(rungs[0], hours, from);
  return { level: rungs[0].level, decide_by, remind_at, at_the_end, fallback };
};

test('the first rung’s time; no reminder where none is written', () => {
  expect(dueOf('support')).toEqual({
    level: 1,
    decide_by: NOON + 30 * MINUTE,
    remind_at: [],
    at_the_end: 'expired',
    fallback: null,
  });
});

test('the route’s time and level come before the rung’s', () => {
  const text = changed('decide_within: 30m', 'decide_within: 30m, remind_at: [80%]');
  expect(dueOf('support', { decide_within: 10 * MINUTE, level: 3 }, NOON, text)).toMatchObject({
    level: 3,
    decide_by: NOON + 10 * MINUTE,
    remind_at: [NOON + 8 * MINUTE],
  });
});

test('no limit, no deadline, no reminder', () => {
  expect(dueOf('data-ops')).toEqual({
    level: 3,
    decide_by: null,
    remind_at: [],
    at_the_end: 'wait',
    fallback: null,
  });
});

test('a route can limit what the ladder does not', () => {
  expect(dueOf('data-ops', { decide_within: 10 * MINUTE }).decide_by).toBe(NOON + 10 * MINUTE);
});

test.each([
  ['[]', []],
  ['[50%, 25%, 50%]', [7.5, 15]],
  ['[100%, 33%]', [9.9]],
])('reminders at %s', (shares, minutes) => {
  const text = changed('decide_within: 30m', `decide_within: 30m, remind_at: ${shares}`);
  expect(dueOf('support', {}, NOON, text).remind_at).toEqual(
    minutes.map((count) => NOON + count * MINUTE),
  );
});

test('in hours, the deadline and its reminders wait for the morning', () => {
  expect(dueOf('billing', {}, at('2026-11-20T16:00:00+01:00'))).toEqual({
    level: 2,
    decide_by: at('2026-11-23T11:00:00+01:00'),
    remind_at: [at('2026-11-20T18:00:00+01:00'), at('2026-11-23T10:00:00+01:00')],
    at_the_end: 'expired',
    fallback: 'reject',
  });
});

test('a holiday is no day', () => {
  expect(dueOf('billing', {}, at('2026-12-24T17:00:00+01:00')).decide_by).toBe(
    at('2026-12-28T12:00:00+01:00'),
  );
});

test('over a change of the clock, hours are as long as the wall clock says', () => {
  expect(dueOf('billing', {}, at('2026-03-27T16:00:00+01:00')).decide_by).toBe(
    at('2026-03-30T11:00:00+02:00'),
  );
});

const THREE = changed(
  '[{level: 1, notify: [channel], decide_within: 30m}]',
  '[{level: 1, notify: [U0ALICE], claim_within: 10m, decide_within: 30m}, {level: 2, notify: ["group:experts"], decide_within: 4h}, {level: 3, notify: [U0BOSS], decide_within: 24h}]',
);

test('a route’s level starts the ladder at the first rung of that level; its time is that rung’s', () => {
  const { rungs } = ladderOf('support', { level: 2, decide_within: MINUTE }, THREE);
  expect(rungs.map(({ number, level, decide_within }) => [number, level, decide_within])).toEqual([
    [1, 2, MINUTE],
    [2, 3, 24 * 60 * MINUTE],
  ]);
});

/** The item was asked at noon and paged at once; what happened since is up to each test. */
function standing(more: Partial<Standing> = {}, open = 1): Standing {
  const { rungs, hours } = ladderOf('support', {}, THREE);
  return {
    hours,
    claimed: false,
    page_sent: true,
    expires_at: null,
    rungs: rungs.map((rung): StandingRung => {
      const none = { claim_by: null, decide_by: null };
      if (rung.number < open) return { ...rung, ...none, state: 'over' };
      if (rung.number > open) return { ...rung, ...none, state: 'waiting' };
      return { ...rung, ...clocksOf(rung, hours, NOON), state: 'paged' };
    }),
    ...more,
  };
}
const everybody = () => true;
const but =
  (...numbers: number[]) =>
  (rung: { number: number }) =>
    !numbers.includes(rung.number);
const after = (minutes: number) => NOON + minutes * MINUTE;

test('nothing happens before a clock runs out', () => {
  expect(climb(standing(), after(9.9), everybody)).toEqual({ step: 'stay' });
});

test('not claimed in time: the next rung is paged', () => {
  const step = { step: 'page', number: 2, missed: [], skipped: [] };
  expect(climb(standing(), after(10), everybody)).toEqual(step);
});

test('a claim stops the claim clock, and only that', () => {
  const claimed = standing({ claimed: true });
  expect(climb(claimed, after(29), everybody)).toEqual({ step: 'stay' });
  expect(climb(claimed, after(30), everybody)).toMatchObject({ step: 'page', number: 2 });
});

test('a rung with nobody on call is passed by at once', () => {
  const step = { step: 'page', number: 3, missed: [], skipped: [2] };
  expect(climb(standing(), after(10), but(2))).toEqual(step);
});

test.each([
  ['within the second rung’s time', 10 + 239, { number: 2, missed: [] }],
  ['as the second rung’s time is over', 10 + 240, { number: 3, missed: [2] }],
  ['long after all', 60 * 24 * 30, { number: 3, missed: [2] }],
])('after an outage the highest due rung is paged, once: %s', (_when, minutes, step) => {
  expect(climb(standing(), after(minutes), everybody)).toEqual({
    step: 'page',
    skipped: [],
    ...step,
  });
});

test('a rung that was missed is paged after all where none above it reaches anybody; those have their turn after it', () => {
  const step = { step: 'page', number: 2, missed: [], skipped: [] };
  expect(climb(standing(), after(10_000), but(3))).toEqual(step);
});

test('the end, once the last rung’s time is over', () => {
  const last = standing({}, 3);
  expect(climb(last, after(24 * 60 - 1), everybody)).toEqual({ step: 'stay' });
  expect(climb(last, after(24 * 60), everybody)).toEqual({ step: 'end', missed: [], skipped: [] });
});

test('its own end is the last word, whoever could still be paged', () => {
  const own = standing({ expires_at: after(20) });
  expect(climb(own, after(20), everybody)).toEqual({ step: 'expire' });
});

test('a page that nobody was shown starts its clocks again', () => {
  const unseen = standing({ page_sent: false });
  expect(climb(unseen, after(40), everybody)).toEqual({ step: 'restart', number: 1 });
});

test('somebody may push it up before its time', () => {
  expect(climb(standing(), after(1), everybody, true)).toMatchObject({ step: 'page', number: 2 });
  expect(climb(standing({}, 3), after(1), everybody, true)).toMatchObject({ step: 'end' });
});

test('where no rung ever reached anybody nothing ends', () => {
  const { rungs } = standing();
  const fresh = standing({ rungs: rungs.map((rung) => ({ ...rung, state: 'waiting' })) });
  expect(climb(fresh, NOON, () => false, true)).toEqual({ step: 'nobody' });
  expect(climb(fresh, NOON, but(1), true)).toMatchObject({ step: 'page', number: 2, skipped: [1] });
});
