import { WebClient, LogLevel } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Slack } from '../../simulator/slack/slack.ts';
import { startSlack } from '../../simulator/slack/slack.ts';
import { rawCall } from './raw-call.ts';

describe('faults and pace', () => {
  let slack: Slack;
  let client: WebClient;
  let now = Date.UTC(2026, 10, 21);

  beforeEach(async () => {
    slack = await startSlack({ now: () => now });
    client = new WebClient(slack.botToken, {
      slackApiUrl: slack.apiUrl,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      timeout: 2_000,
      logLevel: LogLevel.ERROR,
    });
  });
  afterEach(() => slack.close());

  const post = (text: string, channel = 'C0DATA') =>
    client.chat.postMessage({
      channel,
      text,
      metadata: { event_type: 'card', event_payload: { outbox_id: text } },
    });

  it('answers the next call with an error, and the one after as ever', async () => {
    slack.faults.next('chat.postMessage', { error: 'not_in_channel' });
    await expect(post('a')).rejects.toMatchObject({ data: { error: 'not_in_channel' } });
    await expect(post('b')).resolves.toMatchObject({ ok: true });
    expect(slack.messages('C0DATA').map((message) => message.text)).toEqual(['b']);
  });

  it('answers every call of the chosen channel with a 500 until cleared', async () => {
    slack.faults.every('chat.postMessage', { status: 500 }, (args) => args['channel'] === 'C0DATA');
    await expect(post('a')).rejects.toMatchObject({ statusCode: 500 });
    await expect(post('a')).rejects.toMatchObject({ statusCode: 500 });
    await expect(post('a', 'C0OPS')).resolves.toMatchObject({ ok: true });
    slack.faults.clear();
    await expect(post('a')).resolves.toMatchObject({ ok: true });
  });

  it('says 429 with Retry-After', async () => {
    slack.faults.next('*', { ratelimited: 7 });
    await expect(post('a')).rejects.toMatchObject({ retryAfter: 7 });
  });

  it('lets a call hang until it is cleared', async () => {
    slack.faults.next('chat.postMessage', { hang: true });
    const hanging = expect(post('a')).rejects.toThrow(/error/i);
    await slack.until(() => slack.calls.length === 1);
    slack.faults.clear();
    await hanging;
    expect(slack.messages('C0DATA')).toEqual([]);
  });

  it('applies a post whose answer is lost, and history finds it by its metadata', async () => {
    slack.faults.next('chat.postMessage', 'lost_answer');
    await expect(post('o-17')).rejects.toThrow(/error/i);
    expect(slack.calls.at(-1)).toMatchObject({ ok: true, status: 0 });
    const history = await client.conversations.history({
      channel: 'C0DATA',
      include_all_metadata: true,
    });
    expect(history.messages).toMatchObject([
      { text: 'o-17', metadata: { event_payload: { outbox_id: 'o-17' } } },
    ]);
  });

  it('applies a post, and keeps its answer until it is cleared', async () => {
    slack.faults.next('chat.postMessage', 'held_answer');
    const held = expect(post('o-18')).rejects.toThrow(/error/i);
    await slack.until(() => slack.messages('C0DATA').length === 1);
    slack.faults.clear();
    await held;
  });

  it('keeps a channel to its pace, leaves others alone, and lets go after Retry-After', async () => {
    slack.pace({ per_channel_ms: 1_000, burst: 1 });
    await post('a');
    await expect(post('b')).rejects.toMatchObject({ retryAfter: 1 });
    await expect(post('elsewhere', 'C0OPS')).resolves.toMatchObject({ ok: true });
    now += 1_000;
    await expect(post('b')).resolves.toMatchObject({ ok: true });
    expect(slack.problems).toEqual([]);
  });

  it('complains of a second 429 in a row before Retry-After has passed', async () => {
    slack.pace({ per_channel_ms: 1_000, burst: 1 });
    await post('a');
    await expect(post('b')).rejects.toMatchObject({ retryAfter: 1 });
    now += 500;
    await expect(post('b')).rejects.toMatchObject({ retryAfter: 1 });
    expect(slack.problems).toMatchObject([{ kind: 'ignored_retry_after' }]);
  });

  it('takes a burst where the pace has one, and an arrival a little early', async () => {
    slack.pace({ per_channel_ms: 1_000, burst: 3 });
    for (const text of ['a', 'b', 'c']) await post(text);
    await expect(post('d')).rejects.toMatchObject({ retryAfter: 1 });
    slack.pace({ per_channel_ms: 1_000, burst: 1 });
    await post('e');
    now += 990;
    await expect(post('f')).resolves.toMatchObject({ ok: true });
  });

  it('counts calls a minute by tier while pace is on', async () => {
    slack.pace({ per_channel_ms: 1_000, burst: 1 });
    for (let call = 0; call < 20; call += 1) await rawCall(slack, 'usergroups.list');
    const refused = await rawCall(slack, 'usergroups.list');
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBe(60);
    now += 60_000;
    expect((await rawCall(slack, 'usergroups.list')).status).toBe(200);
  });
});
