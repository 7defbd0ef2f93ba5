import { createServer } from 'node:http';
import { App, HTTPReceiver, LogLevel } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { signature } from '../../simulator/slack/http-events.ts';
import type { Slack } from '../../simulator/slack/slack.ts';
import { startSlack } from '../../simulator/slack/slack.ts';
import { rawCall } from './raw-call.ts';

/** A port that was free a moment ago; Bolt wants to be told one. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

function httpApp(slack: Slack, signingSecret: string): App {
  return new App({
    token: slack.botToken,
    logLevel: LogLevel.ERROR,
    receiver: new HTTPReceiver({ signingSecret, logLevel: LogLevel.ERROR }),
    clientOptions: { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } },
  });
}

describe('HTTP mode', () => {
  let slack: Slack;
  let url: string;
  let port: number;

  beforeEach(async () => {
    slack = await startSlack();
    port = await freePort();
    url = `http://127.0.0.1:${port}/slack/events`;
    slack.events(url);
    await rawCall(slack, 'chat.postMessage', {
      channel: 'C0DATA',
      text: 'card',
      blocks: [
        {
          type: 'actions',
          elements: [{ type: 'button', action_id: 'go', text: { type: 'plain_text', text: 'Go' } }],
        },
      ],
    });
  });
  afterEach(() => slack.close());

  it('is signed so that Bolt believes it: clicks, commands, events, the challenge', async () => {
    const app = httpApp(slack, slack.signingSecret);
    const heard: string[] = [];
    app.action('go', async ({ ack, respond }) => {
      await ack();
      await respond({ text: 'Gone', replace_original: true });
    });
    app.command('/hitl', async ({ ack, command }) => ack({ text: `You said ${command.text}` }));
    app.event('app_mention', async ({ event }) => {
      heard.push(event.text);
    });
    await app.start(port);
    const dave = slack.user('dave');

    expect(await slack.verifyUrl()).toBe(true);
    const click = await dave.clicks('Go').on(slack.messages('C0DATA')[0]!);
    expect(click.failed).toBeUndefined();
    await slack.until(() => slack.messages('C0DATA')[0]?.text === 'Gone');
    await dave.types('/hitl why me & you', { channel: 'data-ops' });
    expect(slack.ephemerals('C0DATA', 'dave')).toMatchObject([
      { text: 'You said why me &amp; you' },
    ]);
    await dave.says('@pager hello', { channel: 'C0DATA' });
    await slack.until(() => heard.length === 1);
    expect(slack.problems).toEqual([]);
    await app.stop();
  });

  it('is refused by an app with another secret, and the person is told', async () => {
    const app = httpApp(slack, 'another-secret');
    await app.start(port);
    const click = await slack.user('dave').clicks('Go').on(slack.messages('C0DATA')[0]!);
    expect(click.failed).toMatch(/HTTP 401/);
    await app.stop();
  });

  it('fails like a time-out where nobody listens', async () => {
    const click = await slack.user('dave').clicks('Go').on(slack.messages('C0DATA')[0]!);
    expect(click.failed).toMatch(/timed out/);
  });

  it('has the signature that Slack documents', () => {
    const body =
      'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c';
    expect(signature('8f742231b10e8888abcd99yyyzzz85a5', 1_531_420_618, body)).toBe(
      'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
    );
  });
});
