import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDate, mrkdwnToText } from '../../simulator/slack/inline-text.ts';
import { columns, wrap } from '../../simulator/slack/text-layout.ts';
import { messageAsText, viewAsText } from '../../simulator/slack/text.ts';

const now = Date.UTC(2026, 10, 21, 9, 0);
const reading = {
  now,
  timezone: 'Europe/Berlin',
  nameOf: (id: string) => ({ U0ALICE: 'alice', C0DATA: 'data-ops', S0DATA: 'data' })[id] ?? id,
};

const card = [
  { type: 'header', text: { type: 'plain_text', text: 'Refund 240 EUR to customer 88?' } },
  {
    type: 'context',
    elements: [
      { type: 'mrkdwn', text: '*Billing* · asked by <@U0ALICE>' },
      {
        type: 'mrkdwn',
        text: 'due <!date^1795260000^{date_short_pretty} at {time}|2026-11-21 11:20 UTC>',
      },
    ],
  },
  {
    type: 'rich_text',
    elements: [
      {
        type: 'rich_text_section',
        elements: [
          {
            type: 'text',
            text: 'The customer was charged twice for invoice 1182 and asks for the second charge back.',
          },
        ],
      },
      {
        type: 'rich_text_list',
        style: 'bullet',
        elements: [
          { type: 'rich_text_section', elements: [{ type: 'text', text: 'amount: 240' }] },
          {
            type: 'rich_text_section',
            elements: [{ type: 'link', url: 'https://billing.example/1182', text: 'Invoice 1182' }],
          },
        ],
      },
      { type: 'rich_text_quote', elements: [{ type: 'text', text: '*not bold* <!channel>' }] },
    ],
  },
  {
    type: 'section',
    fields: [
      { type: 'mrkdwn', text: '*Confidence*\n▓▓▓▓░░░░░░ 0.42' },
      { type: 'mrkdwn', text: '*Impact*\n▓▓▓▓▓▓▓░░░ 7' },
    ],
  },
  { type: 'divider' },
  {
    type: 'actions',
    elements: [
      { type: 'button', text: { type: 'plain_text', text: ':white_check_mark: Approve' } },
      { type: 'button', text: { type: 'plain_text', text: 'Reject' } },
      {
        type: 'overflow',
        options: [
          { text: { type: 'plain_text', text: 'Snooze' }, value: 's' },
          { text: { type: 'plain_text', text: 'Reassign' }, value: 'r' },
        ],
      },
    ],
  },
];

describe('a message as text', () => {
  it('draws a card that reads well in 80 columns', () => {
    expect(`\n${messageAsText({ text: '', blocks: card }, { ...reading, width: 80 })}`).toBe(`
╭──────────────────────────────────────────────────────────────────────────────╮
│ Refund 240 EUR to customer 88?                                               │
│ Billing · asked by @alice · due today at 12:20 PM                            │
│                                                                              │
│ The customer was charged twice for invoice 1182 and asks for the second      │
│ charge back.                                                                 │
│ • amount: 240                                                                │
│ • Invoice 1182 (https://billing.example/1182)                                │
│ ▏ *not bold* <!channel>                                                      │
│                                                                              │
│ Confidence                             Impact                                │
│ ▓▓▓▓░░░░░░ 0.42                        ▓▓▓▓▓▓▓░░░ 7                          │
├──────────────────────────────────────────────────────────────────────────────┤
│ [ ✅ Approve ]  [ Reject ]  [ ⋯ Snooze | Reassign ]                          │
╰──────────────────────────────────────────────────────────────────────────────╯`);
  });

  it('shows a modal with what is entered', () => {
    const text = viewAsText(
      {
        title: { type: 'plain_text', text: 'Reject' },
        submit: { type: 'plain_text', text: 'Send' },
        blocks: [
          {
            type: 'input',
            block_id: 'rationale',
            label: { type: 'plain_text', text: 'Why?' },
            element: { type: 'plain_text_input', action_id: 'value' },
          },
        ],
        entered: { rationale: { value: { type: 'plain_text_input', value: 'Wrong invoice' } } },
      },
      { ...reading, width: 40 },
    );
    expect(`\n${text}`).toBe(`
╭─ Reject ─────────────────────────────╮
│ Why?                                 │
│   ▸ Wrong invoice                    │
├──────────────────────────────────────┤
│ [ Cancel ]  [ Send ]                 │
╰──────────────────────────────────────╯`);
  });

  it('says a message without blocks in its words', () => {
    const text = 'Asked again, <@U0ALICE>: *50%* left &amp; counting';
    expect(messageAsText({ text }, reading)).toBe('Asked again, @alice: 50% left & counting');
  });

  it('lets no text draw a rule or steer the terminal', () => {
    const blocks = [
      { type: 'section', text: { type: 'plain_text', text: '---\u001b[2Jgone\u0007' } },
    ];
    const text = messageAsText({ text: '', blocks }, { ...reading, width: 20 });
    expect(`\n${text}`).toBe(`
╭──────────────────╮
│ ---[2Jgone       │
╰──────────────────╯`);
  });

  it.each([
    ['<https://a.example|the invoice>', 'the invoice (https://a.example)'],
    ['<https://a.example/1|a.example>', 'a.example'],
    ['<#C0DATA> <!subteam^S0DATA> <!here>', '#data-ops @data @here'],
    ['&lt;!channel&gt; _so_ ~gone~', '<!channel> so gone'],
    ['2*3*4 snake_case_name', '2*3*4 snake_case_name'],
  ])('reads %s as %s', (mrkdwn, text) => {
    expect(mrkdwnToText(mrkdwn, reading)).toBe(text);
  });

  it.each([
    ['{date_num} {time}', '2026-11-21 12:20 PM'],
    ['{date_short}', 'Nov 21, 2026'],
    ['{date}', 'November 21st, 2026'],
    ['{date_long}', 'Saturday, November 21st, 2026'],
    ['{ago}', 'in 2 hours'],
  ])('tells a date as %s', (format, text) => {
    expect(formatDate(1_795_260_000, format, reading)).toBe(text);
  });

  it('never draws a line wider than it was told, nor loses a word', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ maxLength: 30 })),
        fc.integer({ min: 8, max: 60 }),
        (words, width) => {
          const text = words.join(' ');
          const lines = wrap(text, width);
          expect(Math.max(...lines.map(columns))).toBeLessThanOrEqual(width);
          const bare = (part: string) => part.replace(/\s/g, '');
          expect(bare(lines.join(''))).toBe(bare(text));
        },
      ),
    );
  });
});
