import { describe, expect, test } from 'vitest';
import { digestCard, type DigestInput } from '../../blocks/cards/digest-card.ts';
import { limitProblems } from '../../blocks/text/limits.ts';
import { messageAsText } from '../../simulator/slack/text.ts';
import { NOW, approval, billing, record } from './fixtures.ts';
import { hostile } from './hard-items.ts';

const MINUTE = 60_000;
const waiting: NonNullable<DigestInput['waiting']> = {
  count: 14,
  oldest: NOW - 20 * MINUTE,
  first_due: NOW + 10 * MINUTE,
  next: [record(approval, { due_at: NOW + 10 * MINUTE }), record({ ...approval, impact: 3 })],
  people: ['U0ALICE'],
  usergroups: ['S0BILLING'],
  quiet: 0,
  nobody: false,
};
const input = (more: Partial<DigestInput> = {}): DigestInput => ({
  domain: billing,
  now: NOW,
  waiting,
  open_limit: 5,
  expired: 0,
  moved: null,
  ...more,
});
const read = (shown: DigestInput): string =>
  messageAsText(JSON.parse(JSON.stringify(digestCard(shown))), {
    now: NOW,
    timezone: 'UTC',
    width: 1000,
  });

describe('the digest card', () => {
  test('says how many wait, since when, and what is next', () => {
    expect(digestCard(input()).text).toBe('📥 Billing: 14 more waiting, oldest 20 min');
    const shown = read(input());
    expect(shown).toContain('14 more waiting, oldest 20 min');
    expect(shown).toContain('and 12 more');
    expect(shown).toContain('@U0ALICE and @S0BILLING: these are for you, as they come.');
    expect(shown).toContain('5 open cards at a time');
    expect(shown).toContain('[ Show me the next ]');
  });

  test.each([
    ['a moment old', { oldest: NOW - 1000 }, /14 more waiting +│/],
    ['overdue', { first_due: NOW - MINUTE }, /First overdue since/],
    ['one alone', { count: 1, next: [record(approval)] }, /📥 1 more waiting, oldest 20 min/],
    ['erased', { next: [{ ...record(approval), item: null }] }, /• Item order-4711/],
    ['nobody to call', { people: [], usergroups: [] }, /and 12 more[^📟]*5 open cards at a time/u],
    ['in quiet hours', { people: [], usergroups: [], quiet: 1 }, /📟 1 person has quiet hours\./],
    ['nobody to page', { people: [], nobody: true }, /📟 There is nobody to page right now/],
    ['many to call', { people: ['U0A1', 'U0B1', 'U0C1', 'U0D1', 'U0E1', 'U0F1'] }, /and 2 more:/],
  ])('%s', (_name, more, words) => {
    expect(read(input({ waiting: { ...waiting, ...more } }))).toMatch(words);
  });

  test('what a domain hides is not told here either', () => {
    const domain = { ...billing, visible_fields: [] };
    expect(read(input())).toContain('impact 3');
    expect(read(input({ domain }))).not.toContain('impact');
  });

  test('emptied, or told of elsewhere, it has nothing to press', () => {
    expect(read(input({ waiting: null }))).toContain('Nothing more is waiting');
    expect(read(input({ waiting: null, expired: 2 }))).toContain('⌛ 2 expired while waiting');
    const permalink = 'https://acme.slack.com/archives/C0BILLING/p1763719200000000';
    const moved = digestCard(input({ moved: { permalink } }));
    expect(JSON.stringify(moved.blocks)).toContain(permalink);
    for (const shown of [digestCard(input({ waiting: null })), moved])
      expect(JSON.stringify(shown.blocks)).not.toContain('"button"');
  });

  test('titles of others cannot call, link or imitate; the longest keep to Slack’s limits', () => {
    const next = Array.from({ length: 5 }, () => record(hostile('approval')));
    const shown = digestCard(
      input({
        waiting: { ...waiting, next, people: Array.from({ length: 40 }, (_, at) => `U0P${at}`) },
        domain: { ...billing, id: 'd'.repeat(64), title: `<!channel> ${'x'.repeat(200)}` },
      }),
    );
    expect(limitProblems('message', shown)).toEqual([]);
    const mrkdwn = JSON.stringify(shown.blocks).match(/"type":"mrkdwn"[^}]*/g) ?? [];
    expect(mrkdwn.join()).not.toContain('<!channel>');
    expect(shown.text).not.toContain('<!channel>');
  });
});
