import type { App } from '@slack/bolt';
import type { KnownBlock, ModalView } from '@slack/types';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Slack } from '../../simulator/slack/slack.ts';
import { startSlack } from '../../simulator/slack/slack.ts';
import { boltApp } from './bolt-app.ts';

const card = [
  { type: 'section', block_id: 'title', text: { type: 'plain_text', text: 'Refund 240 EUR?' } },
  {
    type: 'actions',
    block_id: 'item:1',
    elements: [
      {
        type: 'button',
        action_id: 'item_approve',
        value: 'order-1',
        style: 'primary',
        text: { type: 'plain_text', text: '✅ Approve' },
      },
      {
        type: 'button',
        action_id: 'item_reject',
        value: 'order-1',
        text: { type: 'plain_text', text: 'Reject' },
      },
      {
        type: 'overflow',
        action_id: 'item_more',
        options: [
          { text: { type: 'plain_text', text: 'Snooze' }, value: 'snooze' },
          { text: { type: 'plain_text', text: 'Reassign' }, value: 'reassign' },
        ],
      },
    ],
  },
] satisfies KnownBlock[];

const rejectModal: ModalView = {
  type: 'modal',
  callback_id: 'decide_item',
  private_metadata: '{"item_id":"order-1"}',
  title: { type: 'plain_text', text: 'Reject' },
  submit: { type: 'plain_text', text: 'Reject' },
  blocks: [
    {
      type: 'input',
      block_id: 'rationale',
      label: { type: 'plain_text', text: 'Why?' },
      element: { type: 'plain_text_input', action_id: 'value', multiline: true, max_length: 500 },
    },
    {
      type: 'input',
      block_id: 'tags',
      optional: true,
      label: { type: 'plain_text', text: 'What was wrong' },
      element: {
        type: 'checkboxes',
        action_id: 'value',
        options: [
          { text: { type: 'plain_text', text: 'Factual' }, value: 'factual' },
          { text: { type: 'plain_text', text: 'Tone' }, value: 'tone' },
        ],
      },
    },
  ],
};

describe('a real Bolt app over Socket Mode', () => {
  let slack: Slack;
  let app: App;

  beforeEach(async () => {
    slack = await startSlack({
      subscribed: ['app_mention', 'app_home_opened', 'message.channels'],
    });
    app = boltApp(slack);
    app.error(async (error) => {
      throw error;
    });
  });

  afterEach(async () => {
    await app.stop();
    await slack.close();
  });

  it('posts a card, hears the click with all that Slack tells of it, and draws it again', async () => {
    const clicks: unknown[] = [];
    app.action('item_approve', async ({ ack, body, client }) => {
      await ack();
      clicks.push(body);
      if (body.type !== 'block_actions' || !body.channel || !body.message) return;
      await client.chat.update({
        channel: body.channel.id,
        ts: body.message.ts,
        text: 'Approved',
        blocks: [],
      });
    });
    await app.start();
    const posted = await app.client.chat.postMessage({
      channel: 'C0BILLING',
      text: 'Refund 240 EUR?',
      blocks: card,
      metadata: { event_type: 'item', event_payload: { outbox_id: 'o-1' } },
    });
    const [message] = slack.messages('billing-experts');
    expect(message).toMatchObject({ ts: posted.ts, metadata: { event_type: 'item' } });

    const click = await slack.user('alice').clicks('Approve').on(message!);

    expect(click.failed).toBeUndefined();
    expect(click.acked_in_ms).not.toBeNull();
    await slack.until(() => slack.message('C0BILLING', posted.ts!)?.edited);
    expect(slack.message('C0BILLING', posted.ts!)).toMatchObject({ text: 'Approved', blocks: [] });
    expect(clicks).toMatchObject([
      {
        type: 'block_actions',
        trigger_id: click.trigger_id,
        user: { id: 'U0ALICE', username: 'alice', name: 'alice', team_id: slack.teamId },
        team: { id: slack.teamId },
        channel: { id: 'C0BILLING', name: 'billing-experts' },
        container: {
          type: 'message',
          message_ts: posted.ts,
          channel_id: 'C0BILLING',
          is_ephemeral: false,
        },
        message: { ts: posted.ts, user: slack.botUserId, text: 'Refund 240 EUR?' },
        actions: [
          {
            type: 'button',
            block_id: 'item:1',
            action_id: 'item_approve',
            value: 'order-1',
            text: { type: 'plain_text', text: '✅ Approve' },
          },
        ],
        response_url: expect.stringMatching(/^http:\/\/127\.0\.0\.1/),
      },
    ]);
    expect(slack.problems).toEqual([]);
  });

  it('opens a modal, refuses what its client would refuse, shows errors, and closes', async () => {
    app.action('item_reject', async ({ ack, body, client }) => {
      await ack();
      if (body.type !== 'block_actions') return;
      await client.views.open({ trigger_id: body.trigger_id, view: rejectModal });
    });
    const submissions: unknown[] = [];
    app.view('decide_item', async ({ ack, view }) => {
      submissions.push(view.state.values);
      const reason = view.state.values['rationale']?.['value']?.value ?? '';
      if (reason.length < 5) {
        await ack({ response_action: 'errors', errors: { rationale: 'Say a little more' } });
      } else await ack();
    });
    await app.start();
    await app.client.chat.postMessage({ channel: 'C0BILLING', text: 'card', blocks: card });
    const alice = slack.user('alice');

    await alice.clicks('Reject').on(slack.messages('C0BILLING')[0]!);
    await slack.until(() => alice.sees().top);
    expect(alice.sees().top).toMatchObject({
      callback_id: 'decide_item',
      title: { text: 'Reject' },
    });

    await expect(alice.submits()).rejects.toThrow(/required and empty.*rationale/);
    expect(() => alice.fills({ rationale: 'x'.repeat(501) })).toThrow(/at most 500/);
    expect(() => alice.fills({ tags: ['Nonsense'] })).toThrow(/no option "Nonsense"/);

    const short = await alice.fills({ 'Why?': 'no' }).submits();
    expect(short).toMatchObject({ closed: false, errors: { rationale: 'Say a little more' } });

    const good = await alice.fills({ rationale: 'Wrong invoice', tags: ['Factual'] }).submits();
    expect(good).toMatchObject({ closed: true });
    expect(alice.sees().modals).toEqual([]);
    expect(submissions.at(-1)).toMatchObject({
      rationale: { value: { type: 'plain_text_input', value: 'Wrong invoice' } },
      tags: { value: { type: 'checkboxes', selected_options: [{ value: 'factual' }] } },
    });
    expect(slack.problems).toEqual([]);
  });

  it('hears a menu, a command with people as ids, a shortcut, a mention and the Home', async () => {
    const heard: [string, unknown][] = [];
    app.action('item_more', async ({ ack, action }) => {
      await ack();
      heard.push(['menu', action.type === 'overflow' && action.selected_option.value]);
    });
    app.command('/hitl', async ({ ack, command }) => {
      heard.push(['command', command.text]);
      await ack('Here is help');
    });
    app.shortcut('escalate_global', async ({ ack, shortcut }) => {
      await ack();
      heard.push(['global', shortcut.type]);
    });
    app.shortcut('escalate_message', async ({ ack, shortcut }) => {
      await ack();
      heard.push(['message', shortcut.type === 'message_action' && shortcut.message.text]);
    });
    app.event('app_mention', async ({ event }) => {
      heard.push(['mention', event.text]);
    });
    app.event('app_home_opened', async ({ event, client }) => {
      await client.views.publish({
        user_id: event.user,
        view: {
          type: 'home',
          blocks: [{ type: 'header', text: { type: 'plain_text', text: 'Your queue' } }],
        },
      });
    });
    await app.start();
    await app.client.chat.postMessage({ channel: 'C0BILLING', text: 'card', blocks: card });
    const [message] = slack.messages('C0BILLING');
    const bob = slack.user('bob');

    await bob.clicks('Snooze').on(message!);
    await bob.types('/hitl ask @alice about #general and @data-ops', {
      channel: 'billing-experts',
    });
    await bob.shortcut('escalate_global');
    await bob.shortcut('escalate_message').on(message!);
    await bob.says('@pager yes <b>', { channel: 'C0BILLING', thread_ts: message!.ts });
    await bob.opensHome();

    await slack.until(() => heard.some(([kind]) => kind === 'mention'));
    await slack.until(() => bob.sees().home);
    expect(heard).toEqual([
      ['menu', 'snooze'],
      [
        'command',
        'ask <@U0ALICE|alice> about <#C0GENERAL|general> and <!subteam^S0DATA|@data-ops>',
      ],
      ['global', 'shortcut'],
      ['message', 'card'],
      ['mention', '<@U0PAGER> yes &lt;b&gt;'],
    ]);
    expect(slack.ephemerals('C0BILLING', 'bob')).toMatchObject([{ text: 'Here is help' }]);
    expect(slack.message('C0BILLING', message!.ts)).toMatchObject({ reply_count: 1 });
  });

  it('comes back after its sockets were cut, and gets the event it missed', async () => {
    const mentions: string[] = [];
    app.event('app_mention', async ({ event }) => {
      mentions.push(event.text);
    });
    await app.start();
    slack.cutSockets();
    await slack.until(() => slack.connections() === 0, { what: 'no socket' });

    await slack.user('bob').says('@pager are you there?', { channel: 'C0BILLING' });
    await app.client.chat.postMessage({ channel: 'C0BILLING', text: 'card', blocks: card });
    const lost = await slack.user('bob').clicks('Approve').on(slack.messages('C0BILLING').at(-1)!);
    expect(lost).toMatchObject({ acked_in_ms: null, failed: expect.stringMatching(/timed out/) });

    await slack.until(() => slack.connections() === 1, { what: 'reconnected' });
    await slack.until(() => mentions.length > 0);
    expect(mentions).toEqual(['<@U0PAGER> are you there?']);
  });

  it('reconnects when Slack asks it to', async () => {
    await app.start();
    slack.requestReconnect();
    expect(slack.connections()).toBe(0);
    await slack.until(() => slack.connections() === 1, { what: 'reconnected' });
    expect(slack.calls.filter((call) => call.method === 'apps.connections.open')).toHaveLength(2);
  });

  it('gets an envelope twice with one id, and acks both', async () => {
    const bodies: unknown[] = [];
    app.action('item_approve', async ({ ack, body }) => {
      await ack();
      bodies.push(body);
    });
    await app.start();
    await app.client.chat.postMessage({ channel: 'C0BILLING', text: 'card', blocks: card });
    slack.deliverTwice();
    await slack.user('alice').clicks('item_approve').on(slack.messages('C0BILLING')[0]!);
    // What Bolt hears second it heard before this command.
    app.command('/after', async ({ ack }) => ack());
    await slack.user('alice').types('/after', { channel: 'C0BILLING' });
    expect(bodies).toHaveLength(2);
    expect(bodies[1]).toEqual(bodies[0]);
  });
});
