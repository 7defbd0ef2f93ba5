import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Slack } from '../../simulator/slack/slack.ts';
import { startSlack } from '../../simulator/slack/slack.ts';
import { issueTrigger } from '../../simulator/slack/trigger.ts';
import { rawCall } from './raw-call.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const input = (block_id: string, element: object, more: object = {}) => ({
  type: 'input',
  block_id,
  label: plain(block_id),
  element: { action_id: 'value', ...element },
  ...more,
});
const modal = (title: string, more: object = {}) => ({
  type: 'modal',
  title: plain(title),
  submit: plain('Send'),
  blocks: [input('reason', { type: 'plain_text_input' })],
  ...more,
});

describe('modals', () => {
  let slack: Slack;
  let now = Date.UTC(2026, 10, 21);
  beforeEach(async () => {
    slack = await startSlack({ now: () => now });
  });
  afterEach(() => slack.close());

  const trigger = () => issueTrigger(slack.workspace, 'U0ALICE');
  const open = (view: object, trigger_id = trigger()) =>
    rawCall(slack, 'views.open', { trigger_id, view });
  const idOf = (body: Record<string, unknown>) => String(Object(body['view']).id);

  it('open with a trigger once, within three seconds', async () => {
    const once = trigger();
    expect((await open(modal('a'), once)).body).toMatchObject({ ok: true });
    expect((await open(modal('b'), once)).body).toMatchObject({ error: 'exchanged_trigger_id' });
    const late = trigger();
    now += 3_001;
    expect((await open(modal('b'), late)).body).toMatchObject({ error: 'expired_trigger_id' });
    expect((await open(modal('b'), 'nonsense')).body).toMatchObject({
      error: 'invalid_trigger_id',
    });
  });

  it('do not use a trigger up when the view is refused', async () => {
    const once = trigger();
    expect((await open({ type: 'modal' }, once)).body).toMatchObject({
      error: 'invalid_arguments',
    });
    expect((await open(modal('a'), once)).body).toMatchObject({ ok: true });
  });

  it('stack three high', async () => {
    await open(modal('one'));
    for (const title of ['two', 'three']) {
      const pushed = await rawCall(slack, 'views.push', {
        trigger_id: trigger(),
        view: modal(title),
      });
      expect(pushed.body).toMatchObject({ ok: true });
    }
    const fourth = await rawCall(slack, 'views.push', {
      trigger_id: trigger(),
      view: modal('four'),
    });
    expect(fourth.body).toMatchObject({ error: 'push_limit_reached' });
    const { modals } = slack.user('alice').sees();
    expect(modals.map((view) => view.title?.text)).toEqual(['one', 'two', 'three']);
    expect(modals[2]).toMatchObject({
      root_view_id: modals[0]?.id,
      previous_view_id: modals[1]?.id,
    });
    expect(slack.user('bob').sees().modals).toEqual([]);
  });

  it('change by id or external id, with the right hash, keeping what was entered', async () => {
    const opened = await open(modal('a', { external_id: 'x-1' }));
    slack.user('alice').fills({ reason: 'typed already' });
    const { hash } = Object(opened.body['view']);
    const update = (args: object) => rawCall(slack, 'views.update', { view: modal('b'), ...args });
    const view_id = idOf(opened.body);
    expect((await update({ view_id, hash: '1.stale' })).body).toMatchObject({
      error: 'hash_conflict',
    });
    const updated = await update({ view_id, hash });
    expect(updated.body).toMatchObject({
      view: {
        title: { text: 'b' },
        state: { values: { reason: { value: { value: 'typed already' } } } },
      },
    });
    expect((await update({ view_id, hash })).body).toMatchObject({ error: 'hash_conflict' });
    expect((await update({ external_id: 'x-1' })).body).toMatchObject({ error: 'not_found' });
    await slack.user('alice').closes();
    expect((await update({ view_id })).body).toMatchObject({ error: 'not_found' });
  });

  it('have external ids of their own', async () => {
    await open(modal('a', { external_id: 'same' }));
    expect((await open(modal('b', { external_id: 'same' }))).body).toMatchObject({
      error: 'duplicate_external_id',
    });
  });

  it.each<[string, object, unknown, string]>([
    ['short', { type: 'plain_text_input', min_length: 5 }, 'abc', 'at least 5'],
    ['long', { type: 'plain_text_input', max_length: 5 }, 'abcdef', 'at most 5'],
    ['whole', { type: 'number_input', is_decimal_allowed: false }, '1.5', 'not a whole number'],
    ['number', { type: 'number_input', is_decimal_allowed: true }, 'ten', 'not a number'],
    ['max', { type: 'number_input', is_decimal_allowed: true, max_value: '9' }, 10, 'above 9'],
    ['email', { type: 'email_text_input' }, 'nobody', 'not an email'],
    ['url', { type: 'url_text_input' }, 'example', 'not a URL'],
    ['date', { type: 'datepicker' }, '2026-02-30', 'not a date'],
    ['user', { type: 'users_select' }, 'zoe', 'no user "zoe"'],
    [
      'option',
      { type: 'static_select', options: [{ text: plain('Yes'), value: 'y' }] },
      'No',
      'there are: "Yes"',
    ],
  ])('let no one enter a bad %s', async (_name, element, value, why) => {
    await open(modal('a', { blocks: [input('field', element)] }));
    const alice = slack.user('alice');
    expect(() => alice.fills({ field: String(value) })).toThrow(why);
    await expect(alice.submits()).rejects.toThrow('required and empty');
  });

  it('say what is there when something is not', async () => {
    await open(modal('Reject'));
    expect(() => slack.user('alice').fills({ nothing: 'x' })).toThrow(/no "nothing" in "Reject"/);
    expect(() => slack.user('bob').fills({ reason: 'x' })).toThrow(/bob has no such view open/);
  });
});

describe('a card on screen', () => {
  let slack: Slack;
  beforeEach(async () => {
    slack = await startSlack();
  });
  afterEach(() => slack.close());

  const button = (text: string, action_id: string) => ({
    type: 'button',
    action_id,
    text: plain(text),
  });
  const actions = (...elements: object[]) => [{ type: 'actions', block_id: 'item:1', elements }];

  it('has only the buttons of its newest version, unless pressed as it was seen', async () => {
    const posted = await rawCall(slack, 'chat.postMessage', {
      channel: 'C0DATA',
      text: 'card',
      blocks: actions(button('Approve', 'item_approve')),
    });
    const ts = String(posted.body['ts']);
    const old = slack.message('C0DATA', ts)!;
    const blocks = actions(button('Details', 'item_details'));
    await rawCall(slack, 'chat.update', { channel: 'C0DATA', ts, text: 'card', blocks });

    await expect(slack.user('dave').clicks('Approve').on(old)).rejects.toThrow(
      /no "Approve" in message .*there is: \[Details\] \(item_details\)/,
    );
    const late = await slack.user('dave').clicks('Approve').on(old, { as_seen: true });
    expect(late).toMatchObject({ acked_in_ms: null, failed: expect.stringContaining('no socket') });
  });

  it('needs a name that is only one button’s', async () => {
    await rawCall(slack, 'chat.postMessage', {
      channel: 'C0DATA',
      text: 'card',
      blocks: actions(button('Yes', 'a'), button('✅ Yes', 'b'), button('Yes', 'c')),
    });
    const [card] = slack.messages('C0DATA');
    await expect(slack.user('dave').clicks('Yes').on(card!)).rejects.toThrow(/2 things are called/);
    await expect(slack.user('dave').clicks('b').on(card!)).resolves.toHaveProperty('failed');
  });

  it('is not seen by people outside a private channel', async () => {
    slack.addChannel({ id: 'C0SECRET', name: 'secret', is_private: true });
    await rawCall(slack, 'chat.postMessage', { channel: 'C0SECRET', text: 'card' });
    const [card] = slack.messages('secret');
    await expect(slack.user('oscar').clicks('Yes').on(card!)).rejects.toThrow(/oscar cannot see/);
  });
});
