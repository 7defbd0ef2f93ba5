import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Slack } from '../../simulator/slack/slack.ts';
import { startSlack } from '../../simulator/slack/slack.ts';

describe('waiting for the workspace', () => {
  let slack: Slack;
  beforeEach(async () => {
    slack = await startSlack();
  });
  afterEach(() => slack.close());

  it('answers with what it waited for, as soon as it is there', async () => {
    const waiting = slack.until(() => slack.messages('general').find((each) => each.text === 'hi'));
    await slack.user('oscar').says('hi', { channel: 'general' });
    expect(await waiting).toMatchObject({ text: 'hi', user: 'U0OSCAR' });
  });

  it('notices what changes outside the workspace', async () => {
    let done = false;
    const waiting = slack.until(() => done);
    done = true;
    expect(await waiting).toBe(true);
  });

  it('gives up with what was said last', async () => {
    await slack.user('oscar').says('something else', { channel: 'general' });
    await expect(
      slack.until(() => slack.messages('general')[1], { timeout_ms: 1, what: 'a second message' }),
    ).rejects.toThrow(/not within 1 ms: a second message\n[^]*general .* U0OSCAR: something else/);
  });

  it('takes no async predicate, whose promise would always be truthy', async () => {
    await expect(slack.until(async () => false)).rejects.toThrow(/async/);
  });

  it('ends when the workspace does', async () => {
    const waiting = expect(slack.until(() => false)).rejects.toThrow(/was closed/);
    await slack.close();
    await waiting;
  });

  it('finds people and channels by name or id, and says who there is', () => {
    expect(slack.user('U0BOSS').name).toBe('mia');
    expect(() => slack.user('zoe')).toThrow(/no user "zoe"; there are: .*alice, bob/);
    expect(() => slack.messages('nowhere')).toThrow(/no channel "nowhere"/);
  });
});
