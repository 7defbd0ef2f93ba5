import { WebClient } from '@slack/web-api';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startSlack, type Slack } from '../../../simulator/slack/slack.ts';
import { createDirectory, type Directory } from '../../../src/slack/directory.ts';
import { manualClock, type ManualClock } from '../../manual-clock.ts';

let slack: Slack;
let clock: ManualClock;
let directory: Directory;
beforeAll(async () => {
  clock = manualClock(Date.parse('2026-11-23T09:00:00Z'));
  slack = await startSlack({ now: () => clock.now() });
  slack.addUser({ id: 'U0GUEST', name: 'guest', is_ultra_restricted: true });
  slack.addUser({ id: 'U0MULTI', name: 'multi', is_restricted: true });
  slack.addUser({ id: 'U0ROBOT', name: 'robot', is_bot: true });
  slack.addUser({ id: 'U0GONE', name: 'gone', deleted: true });
  directory = createDirectory(
    new WebClient(slack.botToken, {
      slackApiUrl: slack.apiUrl,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
    }),
    clock,
  );
});
afterAll(() => slack.close());
const asked = () => slack.calls.filter((call) => call.method === 'users.info').length;

it.each([
  ['U0ALICE', 'member'],
  ['U0GUEST', 'guest'],
  ['U0MULTI', 'guest'],
  ['U0ROBOT', 'bot'],
  ['U0GONE', 'deactivated'],
  ['U0NOBODY', 'deactivated'],
])('%s is a %s, once Slack has been asked', async (user, account) => {
  expect(directory.accountOf(user)).toBeUndefined();
  await directory.look([user]);
  expect(directory.accountOf(user)).toBe(account);
});

it('what is known is known for a day, and costs no call', async () => {
  await directory.look(['U0BOB']);
  const before = asked();
  clock.advance(24 * 60 * 60_000 - 1);
  expect(directory.accountOf('U0BOB')).toBe('member');
  clock.advance(1);
  expect(directory.accountOf('U0BOB')).toBeUndefined();
  expect(asked()).toBe(before);
});

it('it is looked up again behind what its person does, where that was five minutes ago', async () => {
  await directory.look(['U0CAROL']);
  const before = asked();
  await directory.renew('U0CAROL');
  expect(asked()).toBe(before);
  clock.advance(5 * 60_000);
  slack.changeUser('U0CAROL', { is_restricted: true });
  await directory.renew('U0CAROL');
  expect(directory.accountOf('U0CAROL')).toBe('guest');
  expect(asked()).toBe(before + 1);
});

it('where Slack does not answer, looking throws, and what was known stands', async () => {
  await directory.look(['U0DAVE']);
  slack.faults.every('users.info', { status: 503 });
  await expect(directory.look(['U0ERIN'])).rejects.toThrow();
  expect(directory.accountOf('U0ERIN')).toBeUndefined();
  clock.advance(10 * 60_000);
  await directory.renew('U0DAVE');
  expect(directory.accountOf('U0DAVE')).toBe('member');
  slack.faults.clear();
});

it('Slack’s own word of a change holds at once', () => {
  directory.told('U0DAVE', { deleted: true });
  expect(directory.accountOf('U0DAVE')).toBe('deactivated');
});
