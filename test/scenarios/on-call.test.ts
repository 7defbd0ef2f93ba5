/** Who is on call, as people ask for it and change it in Slack. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { overrideShift } from '../../src/on-call/override-shift.ts';
import { openDesk, type Desk } from './desk.ts';

/** Monday 23 November 2026, 10:00 in Berlin: Bob has billing until next Monday, Alice support until tomorrow. */
describe('`/hitl oncall` and `/hitl override`', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk();
  });
  afterAll(async () => {
    expect(desk.slack.problems).toEqual([]);
    await desk.close();
  });

  const types = (user: string, line: string) =>
    desk.slack.user(user).types(line, { channel: 'general' });
  const lastNote = (user: string) => {
    const note = desk.slack.ephemerals(undefined, user).at(-1);
    if (!note) throw new Error(`${user} was told nothing`);
    return note;
  };
  /** What a person is told privately, on one line. */
  const told = async (user: string, saying: string) =>
    (await desk.note(user, saying)).replace(/\n/g, '').replace(/ +/g, ' ');
  const onCall = () => desk.pager.world.onCall('billing-primary');

  it('“who is on call?” (oncall#1142): now, until when, and who is next, to anybody who asks', async () => {
    await types('oscar', '/hitl oncall billing');
    const said = await told('oscar', 'billing-primary');
    expect(said).toContain(
      'Billing · billing-primary📟 U0BOB is on call until 2026-11-30 08:00 UTC.Next: U0ALICE, from 2026-11-30 08:00 UTC.',
    );
    expect(said).not.toContain('Take the shift now');
    await types('oscar', '/hitl oncall');
    expect(await desk.note('oscar', 'support-primary')).toContain('billing-primary');
  });

  it('a domain that is not there, and one without a rotation, say so', async () => {
    await types('bob', '/hitl oncall biling');
    expect(await told('bob', 'There is no rotation or domain')).toContain('did you mean billing?');
    await types('bob', '/hitl oncall compliance');
    await desk.note('bob', 'Compliance has no rotation');
  });

  it('the next 14 days open as a calendar, in the reader’s own zone', async () => {
    await types('carol', '/hitl oncall billing');
    await desk.note('carol', 'Next 14 days');
    await desk.slack.user('carol').clicks('Next 14 days').on(lastNote('carol'));
    const calendar = desk.textOf(await desk.modal('carol', 'The next 14 days'));
    expect(calendar).toContain('Europe/Lisbon');
    expect(calendar).toMatch(/Mon 23 Nov[\s\S]*U0BOB/);
    expect(calendar).toMatch(
      /Mon 30 Nov[\s\S]*00:00–08:00 [\s\S]*U0BOB[\s\S]*08:00–24:00 [\s\S]*U0ALICE/,
    );
    expect(calendar.match(/(Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d/g)).toHaveLength(14);
    await desk.slack.user('carol').closes();
  });

  it('“take the shift now” (oncall#4538): one click, and it can be taken back', async () => {
    await types('alice', '/hitl oncall billing');
    await desk.note('alice', 'Take the shift now');
    await desk.slack.user('alice').clicks('Take the shift now').on(lastNote('alice'));
    expect(await desk.note('alice', 'is on call for')).toMatch(
      /U0ALICE[\s\S]*instead of[\s\S]*U0BOB/,
    );
    expect(onCall()).toEqual(['U0ALICE']);
    await desk.slack.user('alice').clicks('Cancel this').on(lastNote('alice'));
    expect(await desk.note('alice', 'Cancelled.')).toContain('U0BOB');
    expect(onCall()).toEqual(['U0BOB']);
    const events = await desk.pager.world.db
      .selectFrom('audit_log')
      .select(['event', 'entry_json'])
      .where('event', 'in', ['override.made', 'override.cancelled'])
      .orderBy('seq')
      .execute();
    expect(events.map((one) => one.event)).toEqual(['override.made', 'override.cancelled']);
    expect(events[0]?.entry_json).toContain('"on_call":"U0ALICE"');
  });

  it('a manager puts anybody on call; it holds through a restart, and ends by itself', async () => {
    await types('mia', '/hitl override billing @dave for 4h');
    expect(await desk.note('mia', 'is on call for')).toMatch(/U0DAVE[\s\S]*instead of[\s\S]*U0BOB/);
    expect(onCall()).toEqual(['U0DAVE']);
    await desk.restart();
    expect(onCall()).toEqual(['U0DAVE']);
    await types('oscar', '/hitl oncall billing');
    expect(await told('oscar', 'changed by hand')).toContain(
      'U0DAVE is on call until 2026-11-23 13:00 UTC',
    );
    await desk.advance('4h');
    expect(onCall()).toEqual(['U0BOB']);
  });

  it('what comes later is told to whom it concerns, when it is agreed', async () => {
    await types('mia', '/hitl override billing @alice from fri 18:00 to sun 18:00');
    await desk.note('mia', 'is on call for');
    const dms = (user: string) =>
      desk.slack
        .dm(user)
        .map((message) => desk.textOf(message).replace(/\n/g, ''))
        .join(' ');
    await desk.until(
      'Alice and Bob are told',
      () =>
        dms('alice').includes('put you on call') && dms('bob').includes('on call instead of you'),
    );
    // Whom it puts on call may cancel it; somebody else may not.
    await types('oscar', '/hitl oncall billing');
    await desk.note('oscar', '⇄');
    await desk.slack.user('oscar').clicks('Cancel this').on(lastNote('oscar'));
    await desk.note('oscar', 'Only a manager, whoever made this change');
    await types('alice', '/hitl oncall billing');
    await desk.note('alice', '⇄');
    await desk.slack.user('alice').clicks('Cancel this').on(lastNote('alice'));
    await desk.note('alice', 'Cancelled.');
    await desk.until(
      'whoever made it, and whose time it was, hear that it is off',
      () => dms('mia').includes('cancelled that') && dms('bob').includes('cancelled that'),
    );
    expect(dms('alice')).not.toContain('cancelled that');
    await desk.slack
      .user('alice')
      .clicks('Cancel this')
      .on(lastNote('oscar'))
      .catch(() => {});
  });

  it.each([
    ['bob', '@alice for 2h', 'is on call for', 'gives away his own shift'],
    ['mia', '@bob from tue 9:00 to wed 9:00', 'is on call then anyway', 'nothing to change'],
    ['alice', '@dave for 1h', 'takes no turns in', 'to a stranger'],
    ['oscar', 'me for 1h', 'Only managers, and the people of', 'not of the rotation'],
    ['mia', '@nobody for 1h', 'I do not know', 'a name that Slack did not know'],
    ['mia', '<@U0NOBODY> for 1h', 'is no longer in this workspace', 'somebody who is not there'],
    ['mia', '<@BOT> for 1h', 'is an app', 'the bot'],
    ['mia', '@bob for 4y', 'is no length of time', 'a length that is none'],
    ['mia', '', 'Whose shift, who takes it', 'nothing at all'],
  ])('%s: `override billing %s`: %s', async (user, rest, says) => {
    await types(
      user,
      `/hitl override billing ${rest.replace('BOT', desk.slack.workspace.app.bot_user_id)}`,
    );
    await desk.note(user, says);
  });

  it('one of the rotation cannot give away what is somebody else’s', async () => {
    await types('mia', '/hitl override billing @carol for 3h');
    await desk.note('mia', 'is on call for');
    await types('bob', '/hitl override billing @alice for 1h');
    await desk.note('bob', 'Not all of that time is your own shift');
    expect(onCall()).toEqual(['U0CAROL']);
  });

  it('somebody of another workspace can do none of it', async () => {
    const { world } = desk.pager;
    expect(world.policy().teams).toEqual([]);
    expect(
      await overrideShift(world, {
        rotation: 'billing-primary',
        slack_user: 'U0BOB',
        starts_at: world.clock.now(),
        ends_at: world.clock.now() + 1000,
        person: { user: 'U0BOB', team: 'T0ELSE', name: 'bob' },
      }),
    ).toEqual({ done: 'refused', refusal: { refused: 'other_team' } });
  });
});
