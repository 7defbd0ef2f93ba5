import { describe, expect, test } from 'vitest';
import {
  digestStale,
  digestToUse,
  mayWaitBehind,
  placesFree,
} from '../../policies/routing/open-limit.ts';

const NOW = Date.parse('2026-11-23T09:00:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

test.each([
  [{ impact: 0 }, true],
  [{ impact: 7.9 }, true],
  [{ impact: 8 }, false],
  [{ impact: 10 }, false],
  [{}, true],
])('an item with %j may wait behind: %s', (item, may) => {
  expect(mayWaitBehind(item)).toBe(may);
});

test.each([
  [2, 0, 2],
  [2, 2, 0],
  [2, 9, 0],
  [null, 9, Number.POSITIVE_INFINITY],
])('a limit of %s with %d cards shown leaves room for %d', (limit, shown, free) => {
  expect(placesFree(limit, shown)).toBe(free);
});

describe('the age it tells', () => {
  test.each([
    ['within a minute, whatever the age', 5 * HOUR, 59_000, false],
    ['a young one after a minute', 5 * MINUTE, MINUTE, true],
    ['20 min not yet after one', 20 * MINUTE, MINUTE, false],
    ['20 min after two', 20 * MINUTE, 2 * MINUTE, true],
    ['5 h not yet after nine minutes', 5 * HOUR, 9 * MINUTE, false],
    ['5 h after ten', 5 * HOUR, 10 * MINUTE, true],
  ])('%s', (_name, age, since, stale) => {
    expect(digestStale(NOW - since, NOW - age, NOW)).toBe(stale);
  });
});

describe('which card tells it', () => {
  test.each([
    ['there was none', null, 'another'],
    ['one stands', { opened_at: NOW - HOUR, closed_at: null }, 'this'],
    ['one was emptied a moment ago', { opened_at: NOW - HOUR, closed_at: NOW - MINUTE }, 'this'],
    [
      'one was emptied a while ago',
      { opened_at: NOW - HOUR, closed_at: NOW - HOUR / 4 },
      'another',
    ],
    ['one has stood all day', { opened_at: NOW - 8 * HOUR, closed_at: null }, 'another'],
  ] as const)('%s', (_name, latest, use) => {
    expect(digestToUse(latest, NOW)).toBe(use);
  });
});
