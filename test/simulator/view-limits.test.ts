import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Slack } from '../../simulator/slack/slack.ts';
import { startSlack } from '../../simulator/slack/slack.ts';
import { issueTrigger } from '../../simulator/slack/trigger.ts';
import { x, many, plain, section, text, shorter, fewer, modal } from './block-samples.ts';
import { rawCall } from './raw-call.ts';

const viewLimits: [string, object, string][] = [
  ['title', modal({ title: plain(x(25)) }), shorter(24, '/view/title/text')],
  ['submit', modal({ submit: plain(x(25)) }), shorter(24, '/view/submit/text')],
  ['close', modal({ close: plain(x(25)) }), shorter(24, '/view/close/text')],
  [
    'private_metadata',
    modal({ private_metadata: x(3001) }),
    shorter(3000, '/view/private_metadata'),
  ],
  ['callback_id', modal({ callback_id: x(256) }), shorter(255, '/view/callback_id')],
  ['external_id', modal({ external_id: x(256) }), shorter(255, '/view/external_id')],
  [
    '101 blocks',
    modal({ blocks: many(101, () => ({ type: 'divider' })) }),
    fewer(100, '/view/blocks'),
  ],
  [
    'no title',
    { type: 'modal', blocks: [] },
    '[ERROR] missing required field: title [json-pointer:/view]',
  ],
  [
    'no blocks',
    { type: 'modal', title: plain('t') },
    '[ERROR] missing required field: blocks [json-pointer:/view]',
  ],
  [
    'inputs without submit',
    { type: 'modal', title: plain('t'), blocks: [text()] },
    '[ERROR] missing required field: submit (a view with input blocks has one) [json-pointer:/view]',
  ],
  [
    'a message-only block',
    modal({ blocks: [{ type: 'markdown', text: 'm' }] }),
    '[ERROR] unsupported type: markdown [json-pointer:/view/blocks/0/type]',
  ],
  [
    'a home',
    { type: 'home', blocks: [] },
    '[ERROR] must be a modal view [json-pointer:/view/type]',
  ],
];

describe('limits of views', () => {
  let slack: Slack;
  beforeAll(async () => {
    slack = await startSlack();
  });
  afterAll(() => slack.close());

  it.each(viewLimits)('a view with %s is refused', async (_what, view, line) => {
    const trigger_id = issueTrigger(slack.workspace, 'U0ALICE');
    const refused = await rawCall(slack, 'views.open', { trigger_id, view });
    expect(refused.body).toMatchObject({ ok: false, error: 'invalid_arguments' });
    expect(refused.body['response_metadata']).toMatchObject({
      messages: expect.arrayContaining([line]),
    });
  });

  it('a view over 250 kB is too large', async () => {
    const blocks = many(90, () => section(plain(x(3000))));
    const trigger_id = issueTrigger(slack.workspace, 'U0ALICE');
    const refused = await rawCall(slack, 'views.open', { trigger_id, view: modal({ blocks }) });
    expect(refused.body).toMatchObject({ ok: false, error: 'view_too_large' });
  });
});
