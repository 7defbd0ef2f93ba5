/** What time does to rotations: handoffs, user groups, gaps, and overrides wherever somebody is told who is on call. */
import { afterEach, describe, expect, it } from 'vitest';
import { openDesk, refund, type Desk } from './desk.ts';

/** Monday 23 November 2026, 10:00 in Berlin, is an hour into Alice's shift of four; Bob's begins at 13:00. */
const policy = (fields: { rotations?: string; notify?: string } = {}) => `version: 1
default_domain: billing
timezone: Europe/Berlin
operators_channel: C0OPS
managers: [U0BOSS]
rotations:
  first: {start: "2026-11-23T09:00", shift: 4h, people: [U0ALICE, U0BOB], usergroup: S0ONCALL}
${fields.rotations ?? ''}
ladders:
  slow: {rungs: [{level: 1, notify: ${fields.notify ?? '["oncall:first"]'}, decide_within: 4d}], at_the_end: wait}
domains:
  billing: {title: Billing, channel: C0BILLING, ladder: slow, deciders: ["oncall:first", U0CAROL]}
`;

describe('shifts', () => {
  let desk: Desk;
  const open = async (text = policy(), now?: number) => {
    desk = await openDesk({ policy: text, ...(now === undefined ? {} : { now }) });
    await desk.until('the rotation is known', async () => (await states()).length > 0);
  };
  afterEach(async () => {
    await desk.close();
  });

  const states = () => desk.pager.world.db.selectFrom('rotation_states').selectAll().execute();
  const words = (message: { blocks: readonly unknown[] }) =>
    desk.textOf(message).replace(/\n/g, '');
  const dms = (user: string, saying: string) =>
    desk.slack
      .dm(user)
      .map(words)
      .filter((text) => text.includes(saying));
  const reports = (saying: string) =>
    desk.slack
      .messages('C0OPS')
      .map(words)
      .filter((text) => text.includes(saying));
  const group = (id = 'S0ONCALL') => desk.slack.workspace.usergroups.get(id)?.users;
  const updates = () =>
    desk.slack.calls.filter((call) => call.method === 'usergroups.users.update').length;
  const quiet = async () => {
    const { db } = desk.pager.world;
    await desk.until('all is told', async () => {
      const { open } = await db
        .selectFrom('outbox')
        .where('state', '=', 'pending')
        .select((eb) => eb.fn.countAll<number>().as('open'))
        .executeTakeFirstOrThrow();
      return open === 0;
    });
  };

  it('at a handoff both sides get one message each, with what is open and until when', async () => {
    await open();
    await desk.submit(refund('open-1', { title: 'Refund the open one' }));
    await desk.card('open-1');
    await desk.advance('3h');
    await desk.until('Bob is told', () => dms('bob', 'You are on call').length > 0);
    const [told] = dms('bob', 'You are on call');
    expect(told).toContain('for Billing (first) until 2026-11-23 16:00 UTC, after U0ALICE.');
    expect(told).toContain('1 item is waiting');
    expect(told).toMatch(/Refund the open one · Billing · due 2026-11-27 09:00 UTC · open-1/);
    await desk.until('Alice is told', () => dms('alice', 'You are off call').length > 0);
    expect(dms('alice', 'You are off call')[0]).toContain('for Billing (first). U0BOB has it now.');
    await desk.advance('1h');
    await quiet();
    expect([dms('bob', 'on call').length, dms('alice', 'off call').length]).toEqual([1, 1]);
    expect(desk.slack.problems).toEqual([]);
  });

  it('killed in the middle of a handoff, it still tells each side once', async () => {
    await open();
    desk.slack.faults.every('chat.postMessage', 'lost_answer', (args) =>
      String(args['channel']).startsWith('U'),
    );
    await desk.advance('3h');
    await desk.until(
      'one was posted, unknown to the pager',
      () => desk.slack.dm('bob').length + desk.slack.dm('alice').length > 0,
    );
    desk.slack.faults.clear();
    await desk.restart();
    await desk.advance('1m');
    await desk.until(
      'both are told',
      () => dms('bob', 'You are on call').length > 0 && dms('alice', 'You are off call').length > 0,
    );
    await quiet();
    expect([dms('bob', 'on call').length, dms('alice', 'off call').length]).toEqual([1, 1]);
  });

  it('a clock that is set back an hour hands nothing back, and nothing over again', async () => {
    await open();
    await desk.advance('3h');
    await desk.until('Bob is told', () => dms('bob', 'You are on call').length === 1);
    desk.clock.jump(-3_600_000);
    for (let step = 0; step < 4; step += 1) {
      await desk.advance('20m');
      await quiet();
    }
    expect([dms('bob', 'on call').length, dms('alice', 'on call').length]).toEqual([1, 0]);
  });

  it('nobody is told anything where the same person goes on, nor over a night', async () => {
    await open(
      policy().replace(
        'people: [U0ALICE, U0BOB]',
        'people: [U0ALICE], hours: {days: [mon, tue, wed, thu, fri], from: "09:00", to: "18:00"}',
      ),
    );
    for (let hour = 0; hour < 30; hour += 2) await desk.advance('2h');
    await quiet();
    expect(desk.pager.world.onCall('first')).toEqual(['U0ALICE']);
    expect([...dms('alice', 'on call'), ...dms('alice', 'off call')]).toEqual([]);
    expect(group()).toEqual(['U0ALICE']);
  });

  it('swaps ignored in notices (oncall#3096): a page, a click and a handoff know the override', async () => {
    await open();
    await desk.slack.user('mia').types('/hitl override first @dave for 2h', { channel: 'general' });
    await desk.note('mia', 'is on call for');
    await desk.advance('1s');
    await desk.until('Dave is told', () => dms('dave', 'You are on call').length === 1);
    expect(dms('alice', 'You are off call')).toHaveLength(1);
    await desk.until('the group holds Dave', () => group()?.join() === 'U0DAVE');
    await desk.submit(refund('swapped'));
    const card = await desk.card('swapped');
    const thread = () =>
      desk.slack
        .messages('C0BILLING')
        .filter((message) => message.thread_ts === card.ts && message.ts !== card.ts)
        .map(words)
        .join(' ');
    await desk.until('Dave is paged', () => thread().includes('U0DAVE'));
    expect(thread()).not.toContain('U0ALICE');
    await desk.slack.user('bob').clicks('Approve').on(card);
    await desk.note('bob', 'U0DAVE');
    await desk.slack.user('dave').clicks('Approve').on(card);
    await desk.card('swapped', 'Approved');
    await desk.advance('2h');
    await desk.until('Alice has it again', () => dms('alice', 'You are on call').length === 1);
  });

  it('several schedules into one group: it holds whoever is on call by any of them', async () => {
    await open(
      policy({
        rotations:
          '  second: {start: "2026-11-23T09:00", shift: 12h, people: [U0CAROL, U0DAVE], usergroup: S0ONCALL}',
      }),
    );
    await desk.until('both', () => group()?.toSorted().join() === 'U0ALICE,U0CAROL');
    await desk.advance('3h');
    await desk.until('the first hands over', () => group()?.toSorted().join() === 'U0BOB,U0CAROL');
    await quiet();
    const before = updates();
    // Looked at again each hour, and written only where it differs.
    await desk.advance('1h');
    await quiet();
    expect(updates()).toBe(before);
    desk.slack.setUsergroupUsers('S0ONCALL', ['U0OSCAR']);
    await desk.advance('1h');
    await desk.until('mended', () => group()?.toSorted().join() === 'U0BOB,U0CAROL');
  });

  it('a group is never written empty: with nobody on call it stays as it is', async () => {
    await open(policy().replace('2026-11-23T09:00', '2026-11-25T09:00'));
    await quiet();
    expect([group(), updates()]).toEqual([['U0ALICE'], 0]);
    expect(await desk.until('a gap', () => reports('Nobody is on call')[0])).toContain(
      'Billing · first until 2026-11-25 08:00 UTC: its first shift begins then.',
    );
  });

  it('usergroup 429s delay every page (oncall#4087): here they delay none', async () => {
    await open(policy().replace('[U0ALICE, U0BOB]', '[U0BOB, U0ALICE]'));
    await quiet();
    desk.slack.faults.every('usergroups.users.list', { ratelimited: 30 });
    desk.slack.faults.every('usergroups.users.update', { ratelimited: 30 });
    await desk.advance('3h');
    await desk.submit(refund('paged-anyway'));
    await desk.card('paged-anyway');
    await desk.until('Alice is told', () => dms('alice', 'You are on call').length === 1);
    await desk.until('Slack asks to slow down', () =>
      desk.logs.some((line) => line['lane'] === 'usergroup:S0ONCALL' && line['for_ms'] === 30_000),
    );
    expect(group()).toEqual(['U0BOB']);
    desk.slack.faults.clear();
    await desk.advance('31s');
    await desk.until('the group follows', () => group()?.join() === 'U0ALICE');
    expect(reports('user group')).toEqual([]);
  });

  it('a group that cannot be written is reported once, and again only after it has worked', async () => {
    await open();
    await quiet();
    desk.slack.faults.every('usergroups.users.update', { error: 'permission_denied' });
    const failures = () => reports('cannot be kept equal to who is on call');
    await desk.advance('3h');
    expect(await desk.until('it is reported', () => failures()[0])).toContain('permission_denied');
    for (let times = 0; times < 3; times += 1) {
      await desk.advance('1h');
      await quiet();
    }
    expect(failures()).toHaveLength(1);
    desk.slack.faults.clear();
    await desk.advance('1h');
    await desk.until('it works', () => group()?.join() === desk.pager.world.onCall('first').join());
    await quiet();
    desk.slack.faults.every('usergroups.users.update', { error: 'permission_denied' });
    await desk.advance('4h');
    await desk.until('it is reported anew', () => failures().length === 2);
  });

  it('repeated gap notices (oncall#3849, #1553): somebody who has left is reported once, before their turn', async () => {
    await open(policy().replace('shift: 4h', 'shift: 1w'));
    await quiet();
    desk.slack.addUser({ id: 'U0BOB', name: 'bob', deleted: true });
    await desk.advance('6h');
    await quiet();
    await desk.advance('1s');
    const gap = await desk.until('the gap is reported', () => reports('Nobody will be on call')[0]);
    expect(gap).toContain(
      'Billing · first from 2026-11-30 08:00 UTC until 2026-12-07 08:00 UTC: it is the turn of U0BOB, no longer in this workspace.',
    );
    await desk.slack.user('mia').types('/hitl oncall first', { channel: 'general' });
    await desk.note('mia', 'Next 14 days');
    const note = desk.slack.ephemerals(undefined, 'mia').at(-1);
    if (!note) throw new Error('nothing was said');
    await desk.slack.user('mia').clicks('Next 14 days').on(note);
    const calendar = (await desk.modal('mia', 'The next 14 days')).blocks;
    expect(words({ blocks: calendar })).toMatch(/Tue 1 Dec +⚠️ U0BOB/);
    for (let day = 0; day < 8; day += 1) {
      await desk.advance('1d');
      await quiet();
    }
    // It is his turn: nobody is on call, and he is not told to be.
    expect(desk.pager.world.onCall('first')).toEqual([]);
    expect(reports('on call for')).toHaveLength(1);
    expect(dms('bob', 'on call')).toEqual([]);
    expect(group()).toEqual(['U0ALICE']);
  });

  it('DST leaves an hour’s gap (oncall#5455): where an hour comes twice two are on call, and told so', async () => {
    // Sunday 25 October 2026, 01:00 in Berlin; at 03:00 the clocks go back to 02:00.
    await open(
      policy().replace('"2026-11-23T09:00", shift: 4h', '"2026-10-24T02:30", shift: 1d'),
      Date.parse('2026-10-24T23:00:00Z'),
    );
    expect(desk.pager.world.onCall('first')).toEqual(['U0ALICE']);
    await desk.advance('90m');
    expect(desk.pager.world.onCall('first')).toEqual(['U0ALICE', 'U0BOB']);
    await desk.until('both are in the group', () => group()?.toSorted().join() === 'U0ALICE,U0BOB');
    await desk.until('Bob is told', () => dms('bob', 'You are on call').length === 1);
    expect(dms('alice', 'You are off call')).toEqual([]);
    await desk.advance('1h');
    await desk.until('Alice is told', () => dms('alice', 'You are off call').length === 1);
    expect(desk.pager.world.onCall('first')).toEqual(['U0BOB']);
  });
});
