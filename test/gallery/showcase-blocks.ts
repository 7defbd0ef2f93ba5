// The blocks and elements of a message that Slack has had for long, and rich text. Pure.
import { NOON, image, mrkdwn, options, plain, rich, text, words } from './showcase-parts.ts';

const confirm = {
  title: plain('Delete the draft?'),
  text: mrkdwn('It cannot be brought back. *Nobody else* is asked.'),
  confirm: plain('Delete'),
  deny: plain('Keep it'),
  style: 'danger',
};
export const controls = [
  { type: 'header', text: plain(':wave: A header with an emoji code') },
  {
    type: 'section',
    text: mrkdwn(
      'A section with *bold*, _italic_, ~struck~, `code`, <https://example.com/a|a link>, <@U0ALICE>, <#C0BILLING>, <!subteam^S0BILLING>, <!here>, :tada: and <!date^1795258800^{date_long_pretty} at {time}|noon>.\n&gt; A quotation\n&gt; of two lines\n```\na block of code\n  with its spaces\n```',
    ),
    accessory: {
      type: 'button',
      action_id: 'see',
      text: plain('See it'),
      url: 'https://example.com/',
    },
  },
  {
    type: 'section',
    fields: [
      mrkdwn('*Status*\nOpen'),
      mrkdwn('*Amount*\n240 EUR'),
      plain('Plain :rocket:'),
      { ...plain('Not an emoji :rocket:'), emoji: false },
    ],
  },
  { type: 'context', elements: [image, mrkdwn('*Approval*'), plain('Billing')] },
  { type: 'divider' },
  { ...image, title: plain('A chart') },
  {
    type: 'actions',
    block_id: 'a1',
    elements: [
      { type: 'button', action_id: 'b1', text: plain('Approve'), style: 'primary', value: 'x' },
      { type: 'button', action_id: 'b2', text: plain('Delete'), style: 'danger', confirm },
      { type: 'button', action_id: 'b3', text: plain('Claim') },
      {
        type: 'static_select',
        action_id: 's1',
        placeholder: plain('Choose a team'),
        options: options('Billing', 'Support', 'Data Ops'),
      },
      {
        type: 'overflow',
        action_id: 'o1',
        options: [
          ...options('Snooze', 'Reassign'),
          { text: plain('Open the manual'), url: 'https://example.com/manual' },
        ],
      },
    ],
  },
  {
    type: 'actions',
    block_id: 'a2',
    elements: [
      { type: 'datepicker', action_id: 'd1', initial_date: '2026-11-21' },
      { type: 'timepicker', action_id: 't1', initial_time: '09:30' },
      { type: 'datetimepicker', action_id: 'dt1', initial_date_time: NOON },
      { type: 'users_select', action_id: 'u1', placeholder: plain('Choose a person') },
      { type: 'radio_buttons', action_id: 'r1', options: options('Right', 'Wrong') },
      {
        type: 'checkboxes',
        action_id: 'c1',
        options: [
          {
            text: mrkdwn('*Factually* wrong'),
            value: 'f',
            description: mrkdwn('Not what the _source_ says'),
          },
        ],
      },
    ],
  },
  {
    type: 'context_actions',
    elements: [
      {
        type: 'feedback_buttons',
        action_id: 'f1',
        positive_button: {
          text: plain('Good'),
          value: 'good',
          accessibility_label: 'This answer is good',
        },
        negative_button: { text: plain('Bad'), value: 'bad' },
      },
      { type: 'icon_button', action_id: 'i1', icon: 'trash', text: plain('Remove') },
    ],
  },
];
export const richText = rich(
  words(
    text('Text '),
    text('bold', { bold: true }),
    text(' '),
    text('italic', { italic: true }),
    text(' '),
    text('struck', { strike: true }),
    text(' '),
    text('code', { code: true }),
    text(' '),
    text('all of it', { bold: true, italic: true, strike: true }),
    text('\nand a second line.'),
  ),
  words(
    { type: 'link', url: 'https://example.com/a', text: 'a link' },
    text(', '),
    { type: 'user', user_id: 'U0ALICE' },
    text(', '),
    { type: 'usergroup', usergroup_id: 'S0BILLING' },
    text(', '),
    { type: 'channel', channel_id: 'C0BILLING' },
    text(', '),
    { type: 'emoji', name: 'tada' },
    text(', '),
    { type: 'broadcast', range: 'here' },
    text(', '),
    { type: 'color', value: '#1264a3' },
    text(', '),
    { type: 'date', timestamp: NOON, format: '{date_short_pretty} {time}', fallback: 'noon' },
  ),
  { type: 'rich_text_list', style: 'bullet', elements: [words(text('one')), words(text('two'))] },
  { type: 'rich_text_list', style: 'bullet', indent: 1, elements: [words(text('inside of two'))] },
  {
    type: 'rich_text_list',
    style: 'ordered',
    offset: 2,
    elements: [words(text('the third')), words(text('the fourth'))],
  },
  { type: 'rich_text_quote', elements: [text('A quotation\nof two lines')] },
  { type: 'rich_text_preformatted', elements: [text('{\n  "amount": 240\n}')] },
);
