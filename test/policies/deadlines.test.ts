import { expect, test } from 'vitest';
import { deadlinesOf } from '../../policies/deadlines.ts';
import { domainOf } from '../../policies/evaluate.ts';
import { PLAIN_ASK, type AskRoute } from '../../policies/policy.ts';
import { changed, read, SMALL } from './written-policy.ts';

const at = (time: string) => Date.parse(time);
const MINUTE = 60_000;
const NOON = at('2026-11-20T12:00:00Z');
const dueOf = (domain: string, route: Partial<AskRoute> = {}, from = NOON, text = SMALL) => {
  const policy = read(text);
  return deadlinesOf(policy, domainOf(policy, domain), { ...PLAIN_ASK, ...route }, from);
};

test('the first rung’s time, and one reminder at 80% of it', () => {
  expect(dueOf('support')).toEqual({
    level: 1,
    decide_by: NOON + 30 * MINUTE,
    remind_at: [NOON + 24 * MINUTE],
    at_the_end: 'expired',
    fallback: null,
  });
});

test('the route’s time and level come before the rung’s', () => {
  expect(dueOf('support', { decide_within: 10 * MINUTE, level: 3 })).toMatchObject({
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
