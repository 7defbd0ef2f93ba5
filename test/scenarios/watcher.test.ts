import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWatcher } from '../../src/app/watcher.ts';
import { openDesk, refund, type Desk } from './desk.ts';

describe('the watcher', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk();
  });
  afterAll(() => desk.close());
  const ready = () => desk.api('GET', '/readyz', undefined, null);
  const told = () =>
    desk.slack
      .messages('C0OPS')
      .map((message) => message.text)
      .filter((text) => /I am behind|well again/.test(text));
  it('what is not sent for minutes makes the process not ready; the operators hear once, and once when it is over', async () => {
    desk.slack.faults.every(
      'chat.postMessage',
      { error: 'internal_error' },
      ({ channel }) => channel === 'C0BILLING',
    );
    await desk.submit(refund('stuck'));
    desk.clock.advance(4 * 60_000);
    const own = startWatcher(desk.pager.world);
    await own.look();
    expect(own.troubles()).toEqual([]);
    await own.stop();
    const failing = await desk.until('it is not ready', async () => {
      desk.clock.advance(60_000);
      const answer = await ready();
      return answer.status === 503 && answer;
    });
    expect(JSON.stringify(failing.body)).toContain('has been waiting to be sent for');
    await desk.until('the operators are told', () => told().length === 1);
    desk.slack.faults.clear();
    await desk.until('it is well again', async () => {
      desk.clock.advance(60_000);
      return (await ready()).status === 200;
    });
    await desk.until('the operators are told that too', () => told().length === 2);
    expect(told()[1]).toContain('All is well again');
  });

  it('a deadline that nobody moves is found', async () => {
    const { world } = desk.pager;
    await desk.submit(refund('overdue'));
    await desk.card('overdue');
    // As if the sweep did not run: the deadline came due while this process looked elsewhere.
    const later = { ...world, clock: { ...desk.clock, now: () => desk.clock.now() + 40 * 60_000 } };
    const watcher = startWatcher(later);
    await watcher.look();
    expect(watcher.troubles()).toEqual([
      expect.stringMatching(/^a deadline has been overdue for \d\d min$/),
    ]);
    await watcher.stop();
  });
});
