import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Slack } from '../../simulator/slack/slack.ts';
import { startSlack } from '../../simulator/slack/slack.ts';
import {
  x,
  many,
  plain,
  button,
  actions,
  option,
  select,
  overflow,
  radio,
  confirm,
  text,
  image,
  raw,
  rich,
  richSection,
  shorter,
  fewer,
  atLeast,
} from './block-samples.ts';
import { rawCall } from './raw-call.ts';

/** What is just too much, what Slack says, and what just fits. */
const messageLimits: [string, object[], string, object[]][] = [
  [
    'option text',
    [select({ options: [option(1, { text: plain(x(76)) })] })],
    shorter(75, '/blocks/0/elements/0/options/0/text/text'),
    [select({ options: [option(1, { text: plain(x(75)) })] })],
  ],
  [
    'option value',
    [select({ options: [option(x(76), { text: plain('o') })] })],
    shorter(75, '/blocks/0/elements/0/options/0/value'),
    [select({ options: [option(x(75), { text: plain('o') })] })],
  ],
  [
    'option description',
    [select({ options: [option(1, { description: plain(x(76)) })] })],
    shorter(75, '/blocks/0/elements/0/options/0/description/text'),
    [select({ options: [option(1, { description: plain(x(75)) })] })],
  ],
  [
    '101 options',
    [select({ options: many(101, option) })],
    fewer(100, '/blocks/0/elements/0/options'),
    [select({ options: many(100, option) })],
  ],
  [
    '101 groups',
    [select({ option_groups: many(101, () => ({ label: plain('g'), options: [option(1)] })) })],
    fewer(100, '/blocks/0/elements/0/option_groups'),
    [select({ option_groups: many(100, () => ({ label: plain('g'), options: [option(1)] })) })],
  ],
  [
    '101 options in a group',
    [select({ option_groups: [{ label: plain('g'), options: many(101, option) }] })],
    fewer(100, '/blocks/0/elements/0/option_groups/0/options'),
    [select({ option_groups: [{ label: plain('g'), options: many(100, option) }] })],
  ],
  [
    'no options',
    [select({})],
    '[ERROR] missing required field: options [json-pointer:/blocks/0/elements/0]',
    [select({ options: [option(1)] })],
  ],
  [
    'initial option from elsewhere',
    [select({ options: [option(1)], initial_option: option(2) })],
    '[ERROR] invalid initial_option: must be one of the options [json-pointer:/blocks/0/elements/0/initial_option]',
    [select({ options: [option(1)], initial_option: option(1) })],
  ],
  [
    'placeholder',
    [select({ placeholder: plain(x(151)), options: [option(1)] })],
    shorter(150, '/blocks/0/elements/0/placeholder/text'),
    [select({ placeholder: plain(x(150)), options: [option(1)] })],
  ],
  ['11 radio buttons', [radio(11)], fewer(10, '/blocks/0/elements/0/options'), [radio(10)]],
  [
    'no checkboxes',
    [actions({ type: 'checkboxes', options: [] })],
    atLeast(1, '/blocks/0/elements/0/options'),
    [actions({ type: 'checkboxes', options: [option(1)] })],
  ],
  ['overflow of 6', [overflow(6)], fewer(5, '/blocks/0/elements/0/options'), [overflow(5)]],
  ['overflow of none', [overflow(0)], atLeast(1, '/blocks/0/elements/0/options'), [overflow(1)]],
  [
    'confirm title',
    [actions(button({ confirm: confirm({ title: plain(x(101)) }) }))],
    shorter(100, '/blocks/0/elements/0/confirm/title/text'),
    [actions(button({ confirm: confirm({ title: plain(x(100)) }) }))],
  ],
  [
    'confirm text',
    [actions(button({ confirm: confirm({ text: plain(x(301)) }) }))],
    shorter(300, '/blocks/0/elements/0/confirm/text/text'),
    [actions(button({ confirm: confirm({ text: plain(x(300)) }) }))],
  ],
  [
    'confirm button',
    [actions(button({ confirm: confirm({ deny: plain(x(31)) }) }))],
    shorter(30, '/blocks/0/elements/0/confirm/deny/text'),
    [actions(button({ confirm: confirm({ deny: plain(x(30)) }) }))],
  ],
  [
    'input label',
    [text(), { ...text(), label: plain(x(2001)) }],
    shorter(2000, '/blocks/1/label/text'),
    [{ ...text(), label: plain(x(2000)) }],
  ],
  [
    'input hint',
    [{ ...text(), hint: plain(x(2001)) }],
    shorter(2000, '/blocks/0/hint/text'),
    [{ ...text(), hint: plain(x(2000)) }],
  ],
  [
    'max_length',
    [text({ max_length: 3001 })],
    '[ERROR] must be less than 3001 [json-pointer:/blocks/0/element/max_length]',
    [text({ max_length: 3000 })],
  ],
  [
    'image alt',
    [image({ alt_text: x(2001) })],
    shorter(2000, '/blocks/0/alt_text'),
    [image({ alt_text: x(2000) })],
  ],
  [
    'image title',
    [image({ title: plain(x(2001)) })],
    shorter(2000, '/blocks/0/title/text'),
    [image({ title: plain(x(2000)) })],
  ],
  [
    'image url',
    [image({ image_url: `https://a.example/${x(3000)}` })],
    shorter(3000, '/blocks/0/image_url'),
    [image({})],
  ],
  [
    '101 table rows',
    [{ type: 'table', rows: many(101, () => [raw('a')]) }],
    fewer(100, '/blocks/0/rows'),
    [{ type: 'table', rows: many(100, () => [raw('a')]) }],
  ],
  [
    '21 table columns',
    [{ type: 'table', rows: [many(21, () => raw('a'))] }],
    fewer(20, '/blocks/0/rows/0'),
    [{ type: 'table', rows: [many(20, () => raw('a'))] }],
  ],
  [
    'data_table of 102 rows',
    [{ type: 'data_table', caption: 'c', rows: many(102, () => [raw('a')]) }],
    fewer(101, '/blocks/0/rows'),
    [{ type: 'data_table', caption: 'c', rows: many(101, () => [raw('a')]) }],
  ],
  [
    'data_table of a row',
    [{ type: 'data_table', caption: 'c', rows: [[raw('a')]] }],
    atLeast(2, '/blocks/0/rows'),
    [{ type: 'data_table', caption: 'c', rows: [[raw('a')], [raw('b')]] }],
  ],
  [
    'an unknown block',
    [{ type: 'marquee' }],
    '[ERROR] unsupported type: marquee [json-pointer:/blocks/0/type]',
    [{ type: 'divider' }],
  ],
  [
    'a block without type',
    [{}],
    '[ERROR] missing required field: type [json-pointer:/blocks/0]',
    [{ type: 'divider' }],
  ],
  [
    'an unknown field',
    [{ type: 'divider', color: 'red' }],
    '[ERROR] invalid additional property: color [json-pointer:/blocks/0]',
    [{ type: 'divider' }],
  ],
  [
    'a missing field',
    [{ type: 'image', image_url: 'https://a.example/i.png' }],
    '[ERROR] missing required field: alt_text [json-pointer:/blocks/0]',
    [image({})],
  ],
  [
    'an element out of place',
    [{ type: 'section', text: plain('a'), accessory: { type: 'plain_text_input' } }],
    '[ERROR] unsupported type: plain_text_input [json-pointer:/blocks/0/accessory/type]',
    [{ type: 'section', text: plain('a'), accessory: button() }],
  ],
  [
    'empty rich text',
    [rich(richSection({ type: 'text', text: '' }))],
    '[ERROR] must be more than 0 characters [json-pointer:/blocks/0/elements/0/elements/0/text]',
    [rich(richSection({ type: 'text', text: 'a' }))],
  ],
  [
    'an unknown rich_text element',
    [rich(richSection({ type: 'shout', text: 'a' }))],
    '[ERROR] unsupported type: shout [json-pointer:/blocks/0/elements/0/elements/0/type]',
    [rich(richSection({ type: 'broadcast', range: 'here' }))],
  ],
];

describe('limits of what stands in blocks', () => {
  let slack: Slack;
  beforeAll(async () => {
    slack = await startSlack();
  });
  afterAll(() => slack.close());

  it.each(messageLimits)(
    '%s: too much is refused where it stands, the limit itself is taken',
    async (_what, over, line, within) => {
      const refused = await rawCall(slack, 'chat.postMessage', {
        channel: 'C0DATA',
        text: 'm',
        blocks: over,
      });
      expect(refused.body).toMatchObject({ ok: false, error: 'invalid_blocks' });
      expect(refused.body['response_metadata']).toMatchObject({
        messages: expect.arrayContaining([line]),
      });
      const taken = await rawCall(slack, 'chat.postMessage', {
        channel: 'C0DATA',
        text: 'm',
        blocks: within,
      });
      expect(taken.body).toMatchObject({ ok: true });
    },
  );
});
