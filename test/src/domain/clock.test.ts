import { afterEach, describe, expect, it, vi } from 'vitest';
import { rfc3339, systemClock, wait } from '../../../src/domain/clock.ts';
import { manualClock } from '../../manual-clock.ts';

const DAY = 24 * 3_600_000;

describe("the machine's clock", () => {
  afterEach(() => void vi.useRealTimers());

  it('wakes at its time, and not before, however far away that is', () => {
    vi.useFakeTimers({ now: 0 });
    const woken: number[] = [];
    // setTimeout holds 24.8 days; longer ones run out at once where nobody minds.
    systemClock.at(60 * DAY, () => woken.push(systemClock.now()));
    vi.advanceTimersByTime(60 * DAY - 1);
    expect(woken).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(woken).toEqual([60 * DAY]);
    vi.advanceTimersByTime(60 * DAY);
    expect(woken).toHaveLength(1);
  });

  it('wakes at once, but never before its setter has gone on, where the time has passed', () => {
    vi.useFakeTimers({ now: 1000 });
    const story: string[] = [];
    systemClock.at(500, () => story.push('woken'));
    story.push('set');
    vi.advanceTimersByTime(0);
    expect(story).toEqual(['set', 'woken']);
  });

  it.each([1000, 40 * DAY])('can be called off (%i ms away)', (ms) => {
    vi.useFakeTimers({ now: 0 });
    let woken = 0;
    const callOff = systemClock.at(ms, () => (woken += 1));
    vi.advanceTimersByTime(ms - 1);
    callOff();
    vi.advanceTimersByTime(ms * 2);
    expect(woken).toBe(0);
  });

  it('keeps no process alive', () => {
    const callOff = systemClock.at(Date.now() + 3_600_000, () => {});
    const holding = process.getActiveResourcesInfo().filter((one) => one === 'Timeout').length;
    const other = setTimeout(() => {}, 3_600_000);
    expect(process.getActiveResourcesInfo().filter((one) => one === 'Timeout').length).toBe(
      holding + 1,
    );
    clearTimeout(other);
    callOff();
  });
});

describe('times', () => {
  it('are RFC 3339 in UTC, with milliseconds', () => {
    expect(rfc3339(Date.parse('2026-11-21T10:00:00+01:00'))).toBe('2026-11-21T09:00:00.000Z');
  });

  it('a wait ends when its time has come', async () => {
    const clock = manualClock(0);
    let over = false;
    const waiting = wait(clock, 500, new AbortController().signal).then(() => (over = true));
    clock.advance(499);
    await Promise.resolve();
    expect(over).toBe(false);
    clock.advance(1);
    await waiting;
    expect(over).toBe(true);
  });

  it('a wait that is called off ends at once, and leaves no timer', async () => {
    const clock = manualClock(0);
    const over = new AbortController();
    const waiting = wait(clock, 500, over.signal);
    expect(clock.pending()).toBe(1);
    over.abort();
    await waiting;
    await wait(clock, 500, over.signal);
    expect(clock.pending()).toBe(0);
  });
});
