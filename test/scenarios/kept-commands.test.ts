/** Commands that change something: what Slack was told was heard is done, whatever happens to the process. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepChange, type AskedChange } from '../../src/items/asked-change.ts';
import { openDesk, type Desk } from './desk.ts';
import { ONE_RUNG } from './one-rung.ts';

describe('a command that changes something', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk({ policy: ONE_RUNG });
  });
  afterAll(async () => {
    expect(desk.slack.problems).toEqual([]);
    await desk.close();
  });

  const kept = async () =>
    (await desk.pager.world.db.selectFrom('clicks').selectAll().execute()).length;
  const nothingKept = () => desk.until('nothing is kept', async () => (await kept()) === 0);
  /** The process ends between storing what was typed and doing it. */
  const diesWith = async (...asked: Pick<AskedChange, 'change' | 'rest'>[]) => {
    const person = { user: 'U0BOSS', team: desk.pager.world.ownTeam(), name: 'mia' };
    const where = { channel: 'C0GENERAL', thread_ts: null };
    for (const one of asked) await keepChange(desk.pager.world, { ...one, person, where });
    await desk.restart();
    await nothingKept();
  };

  it('is on disk when Slack hears that it was taken, however long Slack is asked about it', async () => {
    desk.slack.faults.every('users.info', { hang: true });
    const typed = await desk.slack
      .user('mia')
      .types('/hitl quiet 22:00-07:00', { channel: 'general' });
    expect(typed.acked_in_ms).not.toBeNull();
    expect(await kept()).toBe(1);
    desk.slack.faults.clear();
    await desk.note('mia', 'Your quiet hours: 22:00 to 07:00');
    await nothingKept();
  });

  it('is done by the next process, once, in the order it was typed', async () => {
    await diesWith(
      { change: 'pause', rest: 'billing too many wrong refunds' },
      { change: 'pause', rest: 'support the same there' },
      { change: 'resume', rest: 'support' },
    );
    await desk.note('mia', 'from now on nothing is let through in Billing');
    await desk.note('mia', 'Resumed: items are let through again in Support');
    const open = desk.pager.world.holds.pauses();
    expect(open).toMatchObject([{ domain: 'billing', reason: 'too many wrong refunds' }]);
  });

  it('that was done already is said to be, and so is one that makes no sense', async () => {
    await diesWith(
      { change: 'pause', rest: 'billing too many wrong refunds' },
      { change: 'resume', rest: 'nowhere' },
    );
    await desk.note('mia', 'paused in Billing already, by');
    await desk.note('mia', 'Resume what?');
    expect(desk.pager.world.holds.pauses()).toHaveLength(1);
  });
});
