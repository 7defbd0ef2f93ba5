// A Web API call as any HTTP client makes it: forms with JSON in their fields, or a JSON body.
import type { Slack } from '../../simulator/slack/slack.ts';

export interface RawAnswer {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

export interface RawOptions {
  token?: string | null;
  json?: boolean;
}

export async function rawCall(
  slack: Slack,
  method: string,
  args: Record<string, unknown> = {},
  { token = slack.botToken, json = false }: RawOptions = {},
): Promise<RawAnswer> {
  const fields = Object.entries(args).map(([key, value]): [string, string] => [
    key,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  const response = await fetch(`${slack.apiUrl}${method}`, {
    method: 'POST',
    headers: {
      'content-type': json ? 'application/json' : 'application/x-www-form-urlencoded',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    },
    body: json ? JSON.stringify(args) : new URLSearchParams(fields).toString(),
  });
  const text = await response.text();
  const isJson = (response.headers.get('content-type') ?? '').includes('json');
  return {
    status: response.status,
    headers: response.headers,
    body: isJson ? JSON.parse(text) : { text },
  };
}
