// Every input there is. Pure.
import { NOON, input, options, plain } from './showcase-parts.ts';

const many = Array.from({ length: 30 }, (_, at) => `Option ${at + 1}`);
export const form = [
  input('text', 'One line', {
    type: 'plain_text_input',
    max_length: 80,
    placeholder: plain('What did you check?'),
  }),
  input(
    'long',
    'Many lines',
    {
      type: 'plain_text_input',
      multiline: true,
      min_length: 10,
      max_length: 200,
      initial_value: 'Too short',
    },
    { hint: plain('Say what is wrong, and what would be right.') },
  ),
  input(
    'number',
    'A number',
    { type: 'number_input', is_decimal_allowed: true, initial_value: '2.5' },
    { optional: true },
  ),
  input('mail', 'An address', { type: 'email_text_input' }, { optional: true }),
  input('site', 'A page', { type: 'url_text_input' }, { optional: true }),
  input('select', 'One of them', {
    type: 'static_select',
    placeholder: plain('Choose one'),
    option_groups: [
      { label: plain('Often'), options: options('Billing', 'Support') },
      { label: plain('Rarely'), options: options('Legal') },
    ],
  }),
  input('several', 'Some of them', {
    type: 'multi_static_select',
    options: options(...many),
    initial_options: options(...many).slice(0, 2),
    max_selected_items: 3,
  }),
  input('person', 'A person', { type: 'users_select', initial_user: 'U0BOB' }),
  input('people', 'People', { type: 'multi_users_select' }, { optional: true }),
  input('channel', 'A channel', { type: 'channels_select' }),
  input(
    'conversation',
    'Conversations',
    { type: 'multi_conversations_select' },
    { optional: true },
  ),
  input('radio', 'Is it right?', {
    type: 'radio_buttons',
    options: options('Yes', 'No'),
    initial_option: options('Yes')[0],
  }),
  input('boxes', 'What was wrong?', { type: 'checkboxes', options: options('Facts', 'Tone') }),
  input('date', 'A day', { type: 'datepicker', initial_date: '2020-02-29' }),
  input('time', 'A time', { type: 'timepicker' }),
  input('moment', 'A moment', { type: 'datetimepicker', initial_date_time: NOON }),
  input('rich', 'Rich text', { type: 'rich_text_input' }, { optional: true }),
  input('file', 'A file', { type: 'file_input' }, { optional: true }),
];
