// Signed HTTP requests to the app's one URL: events as JSON, interactions and commands as forms.
import { createHmac, randomUUID } from 'node:crypto';
import type { Ack, Envelope, Transport } from './delivery.ts';
import { watchAck } from './delivery.ts';
import type { Workspace } from './records.ts';
import { addProblem } from './workspace.ts';

/** Slack's request signature over `v0:<seconds>:<body>`. */
export function signature(signingSecret: string, seconds: number, body: string): string {
  return `v0=${createHmac('sha256', signingSecret).update(`v0:${seconds}:${body}`).digest('hex')}`;
}

function encode(envelope: Envelope): { body: string; contentType: string } {
  switch (envelope.type) {
    case 'events_api':
      return { body: JSON.stringify(envelope.payload), contentType: 'application/json' };
    case 'interactive':
      return {
        body: new URLSearchParams({ payload: JSON.stringify(envelope.payload) }).toString(),
        contentType: 'application/x-www-form-urlencoded',
      };
    case 'slash_commands': {
      const fields = Object.entries(envelope.payload).map(([key, value]): [string, string] => [
        key,
        String(value),
      ]);
      return {
        body: new URLSearchParams(fields).toString(),
        contentType: 'application/x-www-form-urlencoded',
      };
    }
  }
}

function send(
  workspace: Workspace,
  url: string,
  body: string,
  contentType: string,
  extra: Record<string, string> = {},
): Promise<Response> {
  // The app holds the signature against the system's clock, whatever the workspace's says.
  const seconds = Math.floor(Date.now() / 1000);
  return fetch(url, {
    method: 'POST',
    body,
    headers: {
      'content-type': contentType,
      'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
      'x-slack-request-timestamp': String(seconds),
      'x-slack-signature': signature(workspace.app.signing_secret, seconds, body),
      ...extra,
    },
  });
}

async function answerOf(response: Response): Promise<unknown> {
  const text = await response.text();
  if (!(response.headers.get('content-type') ?? '').includes('json')) return text;
  return text === '' ? '' : JSON.parse(text);
}

export function httpTransport(workspace: Workspace, url: string): Transport {
  async function deliver(envelope: Envelope): Promise<Ack> {
    const watch = watchAck(workspace, envelope);
    const { body, contentType } = encode(envelope);
    const retry = envelope.retry_attempt ?? 0;
    const extra: Record<string, string> =
      retry > 0
        ? {
            'x-slack-retry-num': String(retry),
            'x-slack-retry-reason': envelope.retry_reason ?? '',
          }
        : {};
    send(workspace, url, body, contentType, extra)
      .then(async (response) => {
        if (!response.ok) watch.failed('refused', `HTTP ${response.status}`);
        else watch.acked(await answerOf(response));
      })
      .catch((error: unknown) => {
        watch.failed('connection_lost', error instanceof Error ? error.message : String(error));
      });
    return watch.result;
  }
  return async (envelope, copies) => {
    const first = deliver(envelope);
    for (let copy = 1; copy < copies; copy += 1) void deliver(envelope);
    return first;
  };
}

/** Slack's handshake when a request URL is set: the app has to answer the challenge. */
export async function verifyUrl(workspace: Workspace, url: string): Promise<boolean> {
  const challenge = randomUUID();
  const body = JSON.stringify({
    type: 'url_verification',
    token: workspace.app.verification_token,
    challenge,
  });
  const response = await send(workspace, url, body, 'application/json');
  const text = await response.text();
  const verified = response.ok && text.includes(challenge);
  if (!verified) {
    addProblem(workspace, 'url_not_verified', `${url} did not answer the challenge`);
  }
  return verified;
}
