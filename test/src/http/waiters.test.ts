import { describe, expect, it } from 'vitest';
import { createWaiters } from '../../../src/http/waiters.ts';
import { manualClock } from '../../manual-clock.ts';

/** A wait whose end can be seen. */
function watch(waiting: Promise<void>): { over: boolean; end: Promise<void> } {
  const seen = { over: false, end: waiting.then(() => void (seen.over = true)) };
  return seen;
}
const aMoment = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('waiting for an item to end', () => {
  it('all who wait for it are let go when it ends, and nobody else', async () => {
    const waiters = createWaiters(manualClock(0));
    const gone = new AbortController();
    const [first, second, other] = ['a', 'a', 'b'].map((id) =>
      watch(waiters.wait(id, 1000, gone.signal)),
    );
    waiters.ended(['a', 'never-asked-for']);
    await Promise.all([first?.end, second?.end]);
    expect(other?.over).toBe(false);
  });

  it('one whose time is over goes, and whoever waits longer stays', async () => {
    const clock = manualClock(0);
    const waiters = createWaiters(clock);
    const { signal } = new AbortController();
    const short = watch(waiters.wait('a', 1000, signal));
    const long = watch(waiters.wait('a', 2000, signal));
    clock.advance(999);
    await aMoment();
    expect(short.over).toBe(false);
    clock.advance(1);
    await short.end;
    expect(long.over).toBe(false);
    clock.advance(1000);
    await long.end;
  });

  it('a client that hangs up is let go; one that had hung up before does not wait', async () => {
    const waiters = createWaiters(manualClock(0));
    const client = new AbortController();
    const waiting = watch(waiters.wait('a', 1000, client.signal));
    client.abort();
    await waiting.end;
    await waiters.wait('a', 1000, client.signal);
  });

  it('at the end of the process everyone goes, and nobody waits any more', async () => {
    const waiters = createWaiters(manualClock(0));
    const { signal } = new AbortController();
    const waiting = waiters.wait('a', 1000, signal);
    waiters.close();
    await waiting;
    await waiters.wait('b', 1000, signal);
  });
});
