import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Slack } from '../../simulator/slack/slack.ts';
import { startSlack } from '../../simulator/slack/slack.ts';
import {
  x,
  many,
  plain,
  mrkdwn,
  section,
  button,
  actions,
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
    '51 blocks',
    many(51, () => ({ type: 'divider' })),
    fewer(50, '/blocks'),
    many(50, () => ({ type: 'divider' })),
  ],
  [
    'section text',
    [section(mrkdwn(x(3001)))],
    shorter(3000, '/blocks/0/text/text'),
    [section(mrkdwn(x(3000)))],
  ],
  [
    'empty text',
    [section(plain(''))],
    '[ERROR] must be more than 0 characters [json-pointer:/blocks/0/text/text]',
    [section(plain('a'))],
  ],
  [
    '11 fields',
    [{ type: 'section', fields: many(11, () => plain('f')) }],
    fewer(10, '/blocks/0/fields'),
    [{ type: 'section', fields: many(10, () => plain('f')) }],
  ],
  [
    'field text',
    [{ type: 'section', fields: [plain(x(2001))] }],
    shorter(2000, '/blocks/0/fields/0/text'),
    [{ type: 'section', fields: [plain(x(2000))] }],
  ],
  [
    'neither text nor fields',
    [{ type: 'section' }],
    '[ERROR] missing required field: text or fields [json-pointer:/blocks/0]',
    [section(plain('a'))],
  ],
  [
    'header',
    [{ type: 'header', text: plain(x(151)) }],
    shorter(150, '/blocks/0/text/text'),
    [{ type: 'header', text: plain(x(150)) }],
  ],
  [
    'mrkdwn header',
    [{ type: 'header', text: mrkdwn('h') }],
    '[ERROR] must be a valid enum value [json-pointer:/blocks/0/text/type]',
    [{ type: 'header', text: plain('h') }],
  ],
  [
    'markdown',
    [{ type: 'markdown', text: x(12_001) }],
    shorter(12_000, '/blocks/0/text'),
    [{ type: 'markdown', text: x(12_000) }],
  ],
  [
    'two markdown blocks',
    [
      { type: 'markdown', text: x(6_001) },
      { type: 'markdown', text: x(6_000) },
    ],
    '[ERROR] all markdown blocks together must be less than 12001 characters [json-pointer:/blocks]',
    [
      { type: 'markdown', text: x(6_000) },
      { type: 'markdown', text: x(6_000) },
    ],
  ],
  [
    '26 buttons',
    [actions(...many(26, () => button()))],
    fewer(25, '/blocks/0/elements'),
    [actions(...many(25, () => button()))],
  ],
  ['no buttons', [actions()], atLeast(1, '/blocks/0/elements'), [actions(button())]],
  [
    '11 in context',
    [{ type: 'context', elements: many(11, () => plain('c')) }],
    fewer(10, '/blocks/0/elements'),
    [{ type: 'context', elements: many(10, () => plain('c')) }],
  ],
  [
    '6 context actions',
    [
      {
        type: 'context_actions',
        elements: many(6, () => ({ type: 'icon_button', icon: 'trash', text: plain('i') })),
      },
    ],
    fewer(5, '/blocks/0/elements'),
    [
      {
        type: 'context_actions',
        elements: many(5, () => ({ type: 'icon_button', icon: 'trash', text: plain('i') })),
      },
    ],
  ],
  [
    'block_id',
    [{ type: 'divider', block_id: x(256) }],
    shorter(255, '/blocks/0/block_id'),
    [{ type: 'divider', block_id: x(255) }],
  ],
  [
    'action_id',
    [actions(button({ action_id: x(256) }))],
    shorter(255, '/blocks/0/elements/0/action_id'),
    [actions(button({ action_id: x(255) }))],
  ],
  [
    'block_id twice',
    [
      { type: 'divider', block_id: 'a' },
      { type: 'divider', block_id: 'a' },
    ],
    '[ERROR] `block_id` "a" already exists [json-pointer:/blocks/1/block_id]',
    [
      { type: 'divider', block_id: 'a' },
      { type: 'divider', block_id: 'b' },
    ],
  ],
  [
    'action_id twice',
    [actions(button({ action_id: 'a' }), button({ action_id: 'a' }))],
    '[ERROR] `action_id` "a" already exists [json-pointer:/blocks/0/elements/1/action_id]',
    [actions(button({ action_id: 'a' }), button({ action_id: 'b' }))],
  ],
  [
    'button text',
    [actions(button({ text: plain(x(76)) }))],
    shorter(75, '/blocks/0/elements/0/text/text'),
    [actions(button({ text: plain(x(75)) }))],
  ],
  [
    'button value',
    [actions(button({ value: x(2001) }))],
    shorter(2000, '/blocks/0/elements/0/value'),
    [actions(button({ value: x(2000) }))],
  ],
  [
    'button url',
    [actions(button({ url: `https://a.example/${x(3000)}` }))],
    shorter(3000, '/blocks/0/elements/0/url'),
    [actions(button({ url: 'https://a.example/' }))],
  ],
  [
    'button style',
    [actions(button({ style: 'loud' }))],
    '[ERROR] must be a valid enum value [json-pointer:/blocks/0/elements/0/style]',
    [actions(button({ style: 'danger' }))],
  ],
  [
    'mrkdwn button',
    [actions(button({ text: mrkdwn('Go') }))],
    '[ERROR] must be a valid enum value [json-pointer:/blocks/0/elements/0/text/type]',
    [actions(button())],
  ],
];

describe('limits of blocks', () => {
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

  it('blocks of more than about 13,200 characters together are too long', async () => {
    const blocks = many(5, () => section(plain(x(2641))));
    const refused = await rawCall(slack, 'chat.postMessage', {
      channel: 'C0DATA',
      text: 'm',
      blocks,
    });
    expect(refused.body).toMatchObject({ ok: false, error: 'msg_blocks_too_long' });
  });

  it('cuts the text of a post at 40,000 and refuses an edit over 4,000', async () => {
    const posted = await rawCall(slack, 'chat.postMessage', { channel: 'C0DATA', text: x(40_001) });
    expect(posted.body).toMatchObject({ ok: true, warning: 'message_truncated' });
    const { ts } = posted.body;
    expect(slack.message('C0DATA', String(ts))?.text).toHaveLength(40_000);
    const edited = await rawCall(slack, 'chat.update', { channel: 'C0DATA', ts, text: x(4_001) });
    expect(edited.body).toMatchObject({ ok: false, error: 'msg_too_long' });
  });

  it('knows every block type by its name', async () => {
    const samples: object[] = [
      actions(button()),
      { type: 'alert', text: plain('a'), level: 'warning' },
      { type: 'card', title: mrkdwn('c'), actions: [button()] },
      { type: 'carousel', elements: [{ type: 'card', title: mrkdwn('c') }] },
      { type: 'container', title: plain('c'), child_blocks: [section(plain('a'))] },
      { type: 'context', elements: [plain('c')] },
      {
        type: 'context_actions',
        elements: [{ type: 'icon_button', icon: 'trash', text: plain('i') }],
      },
      {
        type: 'data_table',
        caption: 'c',
        rows: [[raw('h')], [{ type: 'raw_number', value: 1, text: '1' }]],
      },
      { type: 'divider' },
      { type: 'file', source: 'remote', external_id: 'f' },
      { type: 'header', text: plain('h') },
      image({}),
      text(),
      { type: 'markdown', text: 'm' },
      rich(richSection({ type: 'text', text: 't', style: { bold: true } })),
      section(plain('s')),
      { type: 'table', rows: [[raw('a')]] },
      { type: 'task_card', task_id: '1', title: 't', status: 'pending' },
      { type: 'plan', title: 'p', tasks: [] },
      {
        type: 'video',
        video_url: 'https://a.example/v',
        thumbnail_url: 'https://a.example/t',
        alt_text: 'v',
        title: plain('v'),
      },
    ];
    const posted = await rawCall(slack, 'chat.postMessage', {
      channel: 'C0DATA',
      text: 'm',
      blocks: samples,
    });
    expect(posted.body).toMatchObject({ ok: true });
    const kept = slack.message('C0DATA', String(posted.body['ts']))?.blocks ?? [];
    expect(new Set(kept.map((block) => block.type)).size).toBe(20);
    expect(kept.every((block) => block.block_id !== '')).toBe(true);
  });
});
