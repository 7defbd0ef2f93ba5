import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isCalendarToken } from '../../../src/http/calendar-token.ts';
import { hitl, type Terminal } from './terminal.ts';

const TOKEN = 'xoxb-of-a-test';
const files = { 'policies/default.yaml': readFileSync('policies/default.yaml', 'utf8') };

test('`hitl oncall link` prints the address that a calendar subscribes to', async () => {
  const { code, out } = await hitl(
    ['oncall', 'link', 'billing-primary', '--url', 'https://pager.example.com'],
    { env: { SLACK_BOT_TOKEN: TOKEN }, files },
  );
  const link = new URL(out.trim());
  expect([code, link.origin, link.pathname]).toEqual([
    0,
    'https://pager.example.com',
    '/v1/oncall/billing-primary.ics',
  ]);
  const token = link.searchParams.get('token') ?? '';
  expect(isCalendarToken(TOKEN, 'billing-primary', token)).toBe(true);
  expect(isCalendarToken(TOKEN, 'support-primary', token)).toBe(false);
  expect(isCalendarToken('xoxb-another', 'billing-primary', token)).toBe(false);
});

test.each<[string[], NonNullable<Terminal['env']>, number, string]>([
  [
    ['oncall', 'link', 'biling-primary'],
    { SLACK_BOT_TOKEN: TOKEN },
    1,
    'did you mean `billing-primary`?',
  ],
  [['oncall', 'link', 'billing-primary'], {}, 2, 'SLACK_BOT_TOKEN is not set'],
  [
    ['oncall', 'link', 'billing-primary', '--url', 'pager'],
    { SLACK_BOT_TOKEN: TOKEN },
    2,
    '"pager" is not an http or https address',
  ],
])('what is wrong is said: %j', async (args, env, code, words) => {
  const ended = await hitl(args, { env, files });
  expect(ended.code).toBe(code);
  expect(ended.err).toContain(words);
});
