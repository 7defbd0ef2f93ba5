import { LogLevel, WebClient } from '@slack/web-api';
import { afterEach, describe, expect, it } from 'vitest';
import { startSlack } from '../../../simulator/slack/slack.ts';
import { postOnce, type Posting } from '../../../src/slack/post-once.ts';

const NOW = Date.parse('2026-11-23T09:00:00Z');

describe('a post whose answer never came', () => {
  let slack: Awaited<ReturnType<typeof startSlack>>;
  afterEach(() => slack.close());

  it.each([
    ['shows what Slack’s does', 0],
    ['is an hour behind Slack’s', -3_600_000],
    ['is an hour ahead of Slack’s', 3_600_000],
  ])('is found in the history where our clock %s', async (_way, ahead) => {
    let passed = 0;
    slack = await startSlack({ now: () => NOW + passed });
    const web = new WebClient(slack.botToken, {
      slackApiUrl: slack.apiUrl,
      retryConfig: { retries: 0 },
      logLevel: LogLevel.ERROR,
    });
    const posting: Posting = {
      outbox_id: 'o-1',
      channel: 'U0ALICE',
      thread_ts: null,
      message: { text: 'You are paged', blocks: [] },
      tried_before: null,
    };
    slack.faults.next('chat.postMessage', 'lost_answer');
    await expect(postOnce(web, posting)).rejects.toThrow(/error/i);
    passed = 2000;
    const again = await postOnce(web, { ...posting, tried_before: NOW + ahead });
    expect(again.found).toBe(true);
    expect(slack.dm('alice')).toHaveLength(1);
  });
});
