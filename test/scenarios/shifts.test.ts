/** What time does to rotations: handoffs, user groups, gaps, and overrides wherever somebody is told who is on call. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, refund, type Card, type Desk } from './desk.ts';
import { laneName } from '../../src/domain/lane.ts';

/** A story of its own on the desk that all share: its Monday morning, its rotation, its user group. */
interface Story {
  rotation: string;
  usergroup: string;
  /** 10:00 in Berlin on a Monday, epoch ms. */
  now: number;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MINUTE = 60_000;
const MONDAY = Date.parse('2026-11-23T09:00:00Z');

/** `2026-11-23`, so many days after that. */
const dayAfter = (now: number, days: number): string =>
  new Date(now + days * DAY).toISOString().slice(0, 10);

/** The story begins an hour into Alice's shift of four; Bob's begins at 13:00. */
const policy = (
  { rotation, usergroup }: Pick<Story, 'rotation' | 'usergroup'>,
  start: string,
  turns = 'shift: 4h, people: [U0ALICE, U0BOB]',
  more = '',
) => `version: 1
default_domain: billing
timezone: Europe/Berlin
operators_channel: C0OPS
managers: [U0BOSS]
rotations:
  ${rotation}: {start: "${start}", ${turns}, usergroup: ${usergroup}}
${more}
ladders:
  slow: {rungs: [{level: 1, notify: ["oncall:${rotation}"], decide_within: 4d}], at_the_end: wait}
domains:
  billing: {title: Billing, channel: C0BILLING, ladder: slow, deciders: ["oncall:${rotation}", U0CAROL]}
`;

describe('shifts', () => {
  let desk: Desk;
  let story: Story = { rotation: 'before', usergroup: 'S0ONCALL', now: MONDAY };
  beforeAll(async () => {
    desk = await openDesk({ policy: policy(story, '2026-11-23T09:00') });
  });
  afterAll(async () => {
    expect(desk.slack.problems).toEqual([]);
    await desk.close();
  });
  const open = async (
    fields: {
      turns?: string;
      more?: (story: Story) => string;
      now?: number;
      /** Wall clock in Berlin; a Monday's 09:00, or that of so many days later, where nothing is said. */
      start?: string;
      startsIn?: number;
    } = {},
  ) => {
    const number = Number(/\d+$/.exec(story.rotation)?.[0] ?? 0) + 1;
    const weeks = Math.ceil((desk.clock.now() + HOUR - MONDAY) / (7 * DAY));
    story = {
      rotation: `first-${String(number).padStart(2, '0')}`,
      usergroup: `S0STORY${String(number).padStart(2, '0')}`,
      now: fields.now ?? MONDAY + weeks * 7 * DAY,
    };
    desk.slack.addUsergroup({ id: story.usergroup, handle: story.rotation, users: ['U0ALICE'] });
    // A minute before, what the story before has left is sent; who was turned away waits some seconds.
    desk.clock.advance(story.now - MINUTE - desk.clock.now());
    await desk.until('nothing is left', async () => {
      desk.clock.advance(1000);
      return (await waiting()) === 0;
    });
    desk.clock.advance(story.now - desk.clock.now());
    const start = fields.start ?? `${dayAfter(story.now, fields.startsIn ?? 0)}T09:00`;
    await writeFile(
      join(desk.data_dir, 'policy.yaml'),
      policy(story, start, fields.turns, fields.more?.(story)),
    );
    expect(await desk.pager.reload()).toEqual([]);
    await desk.advance('0s');
    await quiet();
  };

  const words = (message: { blocks: readonly unknown[] }) =>
    desk.textOf(message).replace(/\n/g, '');
  /** What is said of this story's rotation. */
  const said = (messages: Card[], saying: string) =>
    messages
      .map(words)
      .filter((text) => text.includes(story.rotation))
      .filter((text) => text.includes(saying));
  const dms = (user: string, saying: string) => said(desk.slack.dm(user), saying);
  const reports = (saying: string) => said(desk.slack.messages('C0OPS'), saying);
  /** That its user group could not be written. */
  const failures = () =>
    desk.slack
      .messages('C0OPS')
      .filter((one) => JSON.stringify(one.blocks).includes(story.usergroup))
      .map(words);
  const group = () => desk.slack.workspace.usergroups.get(story.usergroup)?.users;
  const onCall = () => desk.pager.world.onCall(story.rotation);
  const updates = () =>
    desk.slack.calls.filter(
      ({ method, args }) =>
        method === 'usergroups.users.update' && args['usergroup'] === story.usergroup,
    ).length;
  const waiting = async () => {
    const { open } = await desk.pager.world.db
      .selectFrom('outbox')
      .where('state', '=', 'pending')
      .select((eb) => eb.fn.countAll<number>().as('open'))
      .executeTakeFirstOrThrow();
    return open;
  };
  const quiet = () => desk.until('all is told', async () => (await waiting()) === 0);

  it('at a handoff both sides get one message each, with what is open and until when', async () => {
    await open();
    await desk.submit(refund('open-1', { title: 'Refund the open one' }));
    await desk.card('open-1');
    await desk.advance('3h');
    await desk.until('Bob is told', () => dms('bob', 'You are on call').length > 0);
    const [told] = dms('bob', 'You are on call');
    expect(told).toContain(
      `for Billing (${story.rotation}) until ${dayAfter(story.now, 0)} 16:00 UTC, after U0ALICE.`,
    );
    expect(told).toContain('1 item is waiting');
    expect(told).toContain(
      `Refund the open one · Billing · due ${dayAfter(story.now, 4)} 09:00 UTC · open-1`,
    );
    await desk.until('Alice is told', () => dms('alice', 'You are off call').length > 0);
    expect(dms('alice', 'You are off call')[0]).toContain(
      `for Billing (${story.rotation}). U0BOB has it now.`,
    );
    await desk.advance('1h');
    await quiet();
    expect([dms('bob', 'on call').length, dms('alice', 'off call').length]).toEqual([1, 1]);
  });

  it('killed in the middle of a handoff, it still tells each side once', async () => {
    await open();
    desk.slack.faults.every('chat.postMessage', 'lost_answer', (args) =>
      String(args['channel']).startsWith('U'),
    );
    await desk.advance('3h');
    await desk.until(
      'one was posted, unknown to the pager',
      () => dms('bob', 'on call').length + dms('alice', 'off call').length > 0,
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
    desk.clock.jump(-HOUR);
    for (let step = 0; step < 4; step += 1) {
      await desk.advance('20m');
      await quiet();
    }
    expect([dms('bob', 'on call').length, dms('alice', 'on call').length]).toEqual([1, 0]);
  });

  it('nobody is told anything where the same person goes on, nor over a night', async () => {
    await open({
      turns:
        'shift: 4h, people: [U0ALICE], hours: {days: [mon, tue, wed, thu, fri], from: "09:00", to: "18:00"}',
    });
    for (let hour = 0; hour < 30; hour += 2) await desk.advance('2h');
    await quiet();
    expect(onCall()).toEqual(['U0ALICE']);
    expect([...dms('alice', 'on call'), ...dms('alice', 'off call')]).toEqual([]);
    expect(group()).toEqual(['U0ALICE']);
  });

  it('“swaps ignored in notices” (oncall#3096): a page, a click and a handoff know the override', async () => {
    await open();
    await desk.slack
      .user('mia')
      .types(`/hitl override ${story.rotation} @dave for 2h`, { channel: 'general' });
    await desk.note('mia', 'is on call for');
    await desk.advance('1s');
    await desk.until('Dave is told', () => dms('dave', 'You are on call').length === 1);
    await desk.until('Alice is told', () => dms('alice', 'You are off call').length === 1);
    expect(dms('alice', 'You are off call')[0]).toContain(
      `U0DAVE has it now. You have it again from ${dayAfter(story.now, 0)}`,
    );
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

  it('“several schedules into one user group” (goalert#4338, #3087): it holds whoever is on call by any of them', async () => {
    await open({
      more: ({ usergroup, now }) =>
        `  second: {start: "${dayAfter(now, 0)}T09:00", shift: 12h, people: [U0CAROL, U0DAVE], usergroup: ${usergroup}}`,
    });
    await desk.until('both', () => group()?.toSorted().join() === 'U0ALICE,U0CAROL');
    await desk.advance('3h');
    await desk.until('the first hands over', () => group()?.toSorted().join() === 'U0BOB,U0CAROL');
    await quiet();
    const before = updates();
    // Looked at again each hour, and written only where it differs.
    await desk.advance('1h');
    await quiet();
    expect(updates()).toBe(before);
    desk.slack.setUsergroupUsers(story.usergroup, ['U0OSCAR']);
    await desk.advance('1h');
    await desk.until('mended', () => group()?.toSorted().join() === 'U0BOB,U0CAROL');
  });

  it('a group is never written empty: with nobody on call it stays as it is', async () => {
    await open({ startsIn: 2 });
    expect([group(), updates()]).toEqual([['U0ALICE'], 0]);
    expect(await desk.until('a gap', () => reports('Nobody is on call')[0])).toContain(
      `Billing · ${story.rotation} until ${dayAfter(story.now, 2)} 08:00 UTC: its first shift begins then.`,
    );
  });

  it('“usergroup 429s delay every page” (oncall#4087): here they delay none', async () => {
    await open({ turns: 'shift: 4h, people: [U0BOB, U0ALICE]' });
    desk.slack.faults.every('usergroups.users.list', { ratelimited: 30 });
    desk.slack.faults.every('usergroups.users.update', { ratelimited: 30 });
    await desk.advance('3h');
    await desk.submit(refund('paged-anyway'));
    await desk.card('paged-anyway');
    await desk.until('Alice is told', () => dms('alice', 'You are on call').length === 1);
    await desk.until('Slack asks to slow down', () =>
      desk.logs.some(
        (line) =>
          line['lane'] === laneName({ kind: 'usergroup', of: story.usergroup }) &&
          line['for_ms'] === 30_000,
      ),
    );
    expect(group()).toEqual(['U0BOB']);
    desk.slack.faults.clear();
    await desk.advance('31s');
    await desk.until('the group follows', () => group()?.join() === 'U0ALICE');
    expect(failures()).toEqual([]);
  });

  it('a group that cannot be written is reported once, and again only after it has worked', async () => {
    await open();
    desk.slack.faults.every('usergroups.users.update', { error: 'permission_denied' });
    await desk.advance('3h');
    expect(await desk.until('it is reported', () => failures()[0])).toMatch(
      /cannot be kept equal to who is on call.*permission_denied/,
    );
    for (let times = 0; times < 3; times += 1) {
      await desk.advance('1h');
      await quiet();
    }
    expect(failures()).toHaveLength(1);
    desk.slack.faults.clear();
    await desk.advance('1h');
    await desk.until('it works', () => group()?.join() === onCall().join());
    await quiet();
    desk.slack.faults.every('usergroups.users.update', { error: 'permission_denied' });
    await desk.advance('4h');
    await desk.until('it is reported anew', () => failures().length === 2);
    desk.slack.faults.clear();
  });

  it('“repeated gap notices” (oncall#3849, #1553): somebody who has left is reported once, before their turn', async () => {
    desk.slack.addUser({ id: 'U0GUEST', name: 'guest' });
    await open({ turns: 'shift: 1w, people: [U0ALICE, U0GUEST]' });
    desk.slack.addUser({ id: 'U0GUEST', name: 'guest', deleted: true });
    await desk.advance('6h');
    await quiet();
    await desk.advance('1s');
    const gap = await desk.until('the gap is reported', () => reports('Nobody will be on call')[0]);
    expect(gap).toContain(
      `Billing · ${story.rotation} from ${dayAfter(story.now, 7)} 08:00 UTC until ${dayAfter(story.now, 14)} 08:00 UTC: it is the turn of U0GUEST, no longer in this workspace.`,
    );
    await desk.slack.user('mia').types('/hitl oncall billing', { channel: 'general' });
    await desk.note('mia', 'Next 14 days');
    const note = desk.slack.ephemerals(undefined, 'mia').at(-1);
    if (!note) throw new Error('nothing was said');
    await desk.slack.user('mia').clicks('Next 14 days').on(note);
    const calendar = (await desk.modal('mia', 'The next 14 days')).blocks;
    expect(words({ blocks: calendar })).toMatch(/Tue \d+ \w{3} +⚠️ U0GUEST/);
    for (let day = 0; day < 8; day += 1) {
      await desk.advance('1d');
      await quiet();
    }
    // It is his turn: nobody is on call, and he is not told to be.
    expect(onCall()).toEqual([]);
    expect(reports('on call for')).toHaveLength(1);
    expect(dms('guest', 'on call')).toEqual([]);
    expect(group()).toEqual(['U0ALICE']);
  });

  it('“DST leaves an hour’s gap” (oncall#5455): where an hour comes twice two are on call, and told so', async () => {
    // Sunday 31 October 2027, 01:00 in Berlin; at 03:00 the clocks go back to 02:00.
    await open({
      turns: 'shift: 1d, people: [U0ALICE, U0BOB]',
      now: Date.parse('2027-10-30T23:00:00Z'),
      start: '2027-10-30T02:30',
    });
    expect(onCall()).toEqual(['U0ALICE']);
    await desk.advance('90m');
    expect(onCall()).toEqual(['U0ALICE', 'U0BOB']);
    await desk.until('both are in the group', () => group()?.toSorted().join() === 'U0ALICE,U0BOB');
    await desk.until('Bob is told', () => dms('bob', 'You are on call').length === 1);
    expect(dms('alice', 'You are off call')).toEqual([]);
    await desk.advance('1h');
    await desk.until('Alice is told', () => dms('alice', 'You are off call').length === 1);
    expect(onCall()).toEqual(['U0BOB']);
  });
});
