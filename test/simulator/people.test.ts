import type { App } from '@slack/bolt';
import type { KnownBlock, ModalView } from '@slack/types';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Slack } from '../../simulator/slack/slack.ts';
import { startSlack } from '../../simulator/slack/slack.ts';
import { boltApp } from './bolt-app.ts';

const blocks: KnownBlock[] = [
  {
    type: 'section',
    block_id: 'who',
    text: { type: 'mrkdwn', text: 'Reassign' },
    accessory: {
      type: 'users_select',
      action_id: 'item_reassign',
      placeholder: { type: 'plain_text', text: 'Choose someone' },
    },
  },
  {
    type: 'actions',
    elements: [
      { type: 'button', action_id: 'open', text: { type: 'plain_text', text: 'Open' } },
      {
        type: 'static_select',
        action_id: 'item_answer',
        options: [
          { text: { type: 'plain_text', text: 'Duplicate charge' }, value: 'dup' },
          { text: { type: 'plain_text', text: 'Fraud' }, value: 'fraud' },
        ],
      },
    ],
  },
];

const modal: ModalView = {
  type: 'modal',
  callback_id: 'seen',
  notify_on_close: true,
  title: { type: 'plain_text', text: 'Details' },
  blocks: [{ type: 'divider' }],
};

describe('what people do', () => {
  let slack: Slack;
  let app: App;
  const heard: unknown[] = [];

  beforeEach(async () => {
    heard.length = 0;
    slack = await startSlack();
    app = boltApp(slack);
    app.action(/^item_/, async ({ ack, body, action }) => {
      await ack();
      heard.push({ action, state: 'state' in body ? body.state : undefined });
    });
    app.action('open', async ({ ack, body, client }) => {
      await ack();
      if (body.type !== 'block_actions') return;
      await client.views.open({ trigger_id: body.trigger_id, view: modal });
    });
    app.view({ type: 'view_closed', callback_id: 'seen' }, async ({ ack, body }) => {
      await ack();
      heard.push({ closed: body.type === 'view_closed' && body.is_cleared });
    });
    await app.start();
    await app.client.chat.postMessage({ channel: 'C0BILLING', text: 'card', blocks });
  });
  afterEach(async () => {
    await app.stop();
    await slack.close();
  });

  it('choose a person or an option, and the app sees what is chosen', async () => {
    const [card] = slack.messages('C0BILLING');
    const alice = slack.user('alice');
    await alice.chooses('bob').from('Choose someone').on(card!);
    await alice.chooses('Fraud').from('item_answer').on(card!);
    await alice.clicks('Duplicate charge').on(card!);
    expect(heard).toMatchObject([
      {
        action: { type: 'users_select', selected_user: 'U0BOB', block_id: 'who' },
        state: { values: { who: { item_reassign: { selected_user: 'U0BOB' } } } },
      },
      { action: { type: 'static_select', selected_option: { value: 'fraud' } } },
      { action: { type: 'static_select', selected_option: { value: 'dup' } } },
    ]);
    await expect(alice.chooses('Theft').from('item_answer').on(card!)).rejects.toThrow(
      'there are: "Duplicate charge", "Fraud"',
    );
  });

  it('close a window, and the app that asked for it is told', async () => {
    const alice = slack.user('alice');
    for (const all of [false, true]) {
      await alice.clicks('Open').on(slack.messages('C0BILLING')[0]!);
      await slack.until(() => alice.sees().top);
      await expect(alice.submits()).rejects.toThrow('no submit button');
      await alice.closes({ all });
      expect(alice.sees().modals).toEqual([]);
    }
    expect(heard).toEqual([{ closed: false }, { closed: true }]);
  });

  it('press what is on their Home', async () => {
    await app.client.views.publish({ user_id: 'U0BOB', view: { type: 'home', blocks } });
    const bob = slack.user('bob');
    const click = await bob.chooses('alice').from('item_reassign').in(bob.sees().home);
    expect(click.failed).toBeUndefined();
    expect(heard).toMatchObject([{ action: { selected_user: 'U0ALICE' } }]);
    expect(slack.problems).toEqual([]);
  });
});
