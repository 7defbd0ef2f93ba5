import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Slack } from '../../simulator/slack/slack.ts';
import { startSlack } from '../../simulator/slack/slack.ts';
import { rawCall } from './raw-call.ts';

const metadata = { event_type: 'item', event_payload: { outbox_id: 'o-1' } };

describe('the Web API', () => {
  let slack: Slack;
  let ts: string;

  beforeEach(async () => {
    slack = await startSlack();
    slack.addChannel({ id: 'C0OLD', name: 'old', is_archived: true });
    slack.addChannel({ id: 'C0OUT', name: 'out', bot_is_member: false });
    slack.addChannel({ id: 'C0SECRET', name: 'secret', is_private: true, bot_is_member: false });
    slack.addUser({ id: 'U0ROBOT', name: 'robot', is_bot: true });
    const posted = await rawCall(slack, 'chat.postMessage', {
      channel: 'C0DATA',
      text: 'hello',
      metadata,
    });
    ts = String(posted.body['ts']);
  });
  afterEach(() => slack.close());

  it.each<[string, Record<string, unknown>, string]>([
    ['chat.postMessage', { channel: 'C0NONE', text: 'a' }, 'channel_not_found'],
    ['chat.postMessage', { channel: 'C0OUT', text: 'a' }, 'not_in_channel'],
    ['chat.postMessage', { channel: 'C0SECRET', text: 'a' }, 'channel_not_found'],
    ['chat.postMessage', { channel: 'C0OLD', text: 'a' }, 'is_archived'],
    ['chat.postMessage', { channel: 'U0NONE', text: 'a' }, 'channel_not_found'],
    ['chat.postMessage', { channel: 'U0ROBOT', text: 'a' }, 'cannot_dm_bot'],
    ['chat.postMessage', { channel: 'C0DATA' }, 'no_text'],
    ['chat.postMessage', { channel: 'C0DATA', blocks: 'nonsense' }, 'invalid_blocks_format'],
    [
      'chat.postMessage',
      { channel: 'C0DATA', text: 'a', metadata: 'x' },
      'invalid_metadata_format',
    ],
    [
      'chat.postMessage',
      { channel: 'C0DATA', text: 'a', metadata: { event_type: 'x' } },
      'invalid_metadata_schema',
    ],
    [
      'chat.postMessage',
      { channel: 'C0DATA', text: 'a', thread_ts: '1.000001' },
      'thread_not_found',
    ],
    ['chat.postMessage', { text: 'a' }, 'invalid_arguments'],
    ['chat.update', { channel: 'C0DATA', ts: '1.000001', text: 'a' }, 'message_not_found'],
    ['chat.update', { channel: 'U0ALICE', ts: '1.000001', text: 'a' }, 'channel_not_found'],
    ['chat.delete', { channel: 'C0DATA', ts: '1.000001' }, 'message_not_found'],
    ['chat.postEphemeral', { channel: 'C0DATA', user: 'U0NONE', text: 'a' }, 'user_not_found'],
    [
      'chat.postEphemeral',
      { channel: 'C0DATA', user: 'U0ALICE', text: 'a' },
      'user_not_in_channel',
    ],
    ['chat.postEphemeral', { channel: 'C0OUT', user: 'U0ALICE', text: 'a' }, 'not_in_channel'],
    ['chat.getPermalink', { channel: 'C0DATA', message_ts: '1.000001' }, 'message_not_found'],
    ['conversations.info', { channel: 'C0SECRET' }, 'channel_not_found'],
    ['conversations.history', { channel: 'C0OUT' }, 'not_in_channel'],
    ['conversations.history', { channel: 'C0DATA', limit: 1000 }, 'invalid_limit'],
    ['conversations.replies', { channel: 'C0DATA', ts: '1.000001' }, 'thread_not_found'],
    ['conversations.open', { users: 'U0ROBOT' }, 'cannot_dm_bot'],
    ['conversations.open', { users: 'U0NONE' }, 'user_not_found'],
    ['users.info', { user: 'U0NONE' }, 'user_not_found'],
    ['users.lookupByEmail', { email: 'no@example.com' }, 'users_not_found'],
    ['usergroups.users.list', { usergroup: 'S0NONE' }, 'no_such_subteam'],
    ['usergroups.users.update', { usergroup: 'S0DATA', users: '' }, 'no_users_provided'],
    [
      'reactions.add',
      { channel: 'C0DATA', timestamp: '1.000001', name: 'eyes' },
      'message_not_found',
    ],
    ['views.publish', { user_id: 'U0NONE', view: { type: 'home', blocks: [] } }, 'user_not_found'],
    ['views.update', { view_id: 'V0NONE', view: { type: 'modal' } }, 'invalid_arguments'],
    ['chat.shout', {}, 'unknown_method'],
  ])('%s of %o answers %s', async (method, args, error) => {
    expect((await rawCall(slack, method, args)).body).toMatchObject({ ok: false, error });
  });

  it('tells tokens apart, and complains of one in the URL', async () => {
    const errorOf = async (method: string, token: string | null) =>
      (await rawCall(slack, method, {}, { token })).body['error'];
    expect(await errorOf('auth.test', null)).toBe('not_authed');
    expect(await errorOf('auth.test', 'xoxb-nonsense')).toBe('invalid_auth');
    expect(await errorOf('users.list', slack.appToken)).toBe('not_allowed_token_type');
    expect(await errorOf('apps.connections.open', slack.botToken)).toBe('not_allowed_token_type');
    expect(slack.problems).toEqual([]);
    await rawCall(slack, `auth.test?token=${slack.botToken}`);
    expect(slack.problems).toMatchObject([{ kind: 'token_in_url' }]);
    expect(JSON.stringify(slack.calls)).not.toContain(slack.botToken);
  });

  it('names the scopes it was granted, and the one that is missing', async () => {
    const poor = await startSlack({ botScopes: ['chat:write'] });
    const listed = await rawCall(poor, 'usergroups.list');
    expect(listed.body).toMatchObject({
      error: 'missing_scope',
      needed: 'usergroups:read',
      provided: 'chat:write',
    });
    const history = await rawCall(poor, 'conversations.history', { channel: 'C0DATA' });
    expect(history.body).toMatchObject({ error: 'missing_scope', needed: 'channels:history' });
    const who = await rawCall(poor, 'auth.test');
    expect(who.headers.get('x-oauth-scopes')).toBe('chat:write');
    await poor.close();
  });

  it('takes a JSON body as well as a form', async () => {
    const blocks = [{ type: 'divider' }];
    const posted = await rawCall(
      slack,
      'chat.postMessage',
      { channel: 'C0DATA', text: 'json', blocks, unfurl_links: false, unfurl_media: false },
      { json: true },
    );
    expect(posted.body).toMatchObject({ ok: true, message: { text: 'json' } });
    expect(slack.calls.at(-1)).toMatchObject({
      method: 'chat.postMessage',
      ok: true,
      status: 200,
      channel: 'C0DATA',
      args: { blocks },
    });
  });

  it('marks an edit, keeps what was not sent, and leaves earlier readings as they were', async () => {
    const before = slack.message('C0DATA', ts);
    const blocks = [{ type: 'divider' }];
    await rawCall(slack, 'chat.update', { channel: 'C0DATA', ts, text: 'two', blocks });
    await rawCall(slack, 'chat.update', { channel: 'C0DATA', ts, text: 'three' });
    expect(slack.message('C0DATA', ts)).toMatchObject({
      text: 'three',
      blocks,
      metadata,
      edited: { user: slack.botUserId },
    });
    expect(before).toMatchObject({ text: 'hello', blocks: [] });
  });

  it("edits no one else's message", async () => {
    const said = await slack.user('dave').says('mine', { channel: 'C0DATA' });
    const edit = await rawCall(slack, 'chat.update', { channel: 'C0DATA', ts: said.ts, text: 'a' });
    expect(edit.body).toMatchObject({ error: 'cant_update_message' });
    const removal = await rawCall(slack, 'chat.delete', { channel: 'C0DATA', ts: said.ts });
    expect(removal.body).toMatchObject({ error: 'cant_delete_message' });
  });

  it('opens a DM for a post to a person, and wants the D… id from then on', async () => {
    const posted = await rawCall(slack, 'chat.postMessage', { channel: 'U0ALICE', text: 'psst' });
    const { channel, ts: dmTs } = posted.body;
    expect(channel).toBe('D0ALICE');
    expect(slack.dm('alice')).toMatchObject([{ text: 'psst', channel: 'D0ALICE' }]);
    const edited = await rawCall(slack, 'chat.update', { channel, ts: dmTs, text: 'psst!' });
    expect(edited.body).toMatchObject({ ok: true });
    const opened = await rawCall(slack, 'conversations.open', { users: 'U0ALICE' });
    expect(opened.body).toMatchObject({ ok: true, already_open: true, channel: { id: channel } });
  });

  it('reads history newest first by pages, with metadata only when asked, without replies', async () => {
    for (const text of ['b', 'c'])
      await rawCall(slack, 'chat.postMessage', { channel: 'C0DATA', text });
    await rawCall(slack, 'chat.postMessage', { channel: 'C0DATA', text: 'reply', thread_ts: ts });
    const texts = (body: Record<string, unknown>) =>
      Array.isArray(body['messages']) ? body['messages'].map((message) => message.text) : [];
    const first = await rawCall(slack, 'conversations.history', { channel: 'C0DATA', limit: 2 });
    expect(texts(first.body)).toEqual(['c', 'b']);
    expect(first.body).toMatchObject({ has_more: true });
    const cursor = Object(first.body['response_metadata']).next_cursor;
    const second = await rawCall(slack, 'conversations.history', { channel: 'C0DATA', cursor });
    expect(texts(second.body)).toEqual(['hello']);
    expect(JSON.stringify(second.body)).not.toContain('outbox_id');

    const window = { channel: 'C0DATA', oldest: ts, include_all_metadata: true };
    expect(texts((await rawCall(slack, 'conversations.history', window)).body)).toEqual(['c', 'b']);
    const inclusive = await rawCall(slack, 'conversations.history', { ...window, inclusive: true });
    expect(inclusive.body['messages']).toContainEqual(expect.objectContaining({ ts, metadata }));

    const thread = await rawCall(slack, 'conversations.replies', { channel: 'C0DATA', ts });
    expect(texts(thread.body)).toEqual(['hello', 'reply']);
  });

  it('says who is who', async () => {
    const members = await rawCall(slack, 'conversations.members', { channel: 'C0BILLING' });
    expect(members.body['members']).toEqual([
      'U0ALICE',
      'U0BOB',
      'U0BOSS',
      'U0OSCAR',
      slack.botUserId,
    ]);
    const info = await rawCall(slack, 'conversations.info', { channel: 'C0OUT' });
    expect(info.body['channel']).toMatchObject({
      name: 'out',
      is_member: false,
      is_archived: false,
    });
    const users = await rawCall(slack, 'usergroups.users.list', { usergroup: 'S0BILLING' });
    expect(users.body['users']).toEqual(['U0ALICE', 'U0BOB']);
    await rawCall(slack, 'usergroups.users.update', { usergroup: 'S0BILLING', users: 'U0CAROL' });
    const groups = await rawCall(slack, 'usergroups.list', { include_users: true });
    expect(groups.body['usergroups']).toContainEqual(
      expect.objectContaining({ id: 'S0BILLING', users: ['U0CAROL'] }),
    );
    const listed = await rawCall(slack, 'conversations.list', { exclude_archived: true, limit: 3 });
    expect(listed.body['channels']).toHaveLength(3);
    expect(Object(listed.body['response_metadata']).next_cursor).not.toBe('');
    const alice = await rawCall(slack, 'users.info', { user: 'U0ALICE' });
    expect(alice.body['user']).toMatchObject({ name: 'alice', tz: 'Europe/Berlin' });
  });

  it('takes a file in three steps', async () => {
    const content = 'a,b\n1,2\n';
    const step1 = await rawCall(slack, 'files.getUploadURLExternal', {
      filename: 'export.csv',
      length: content.length,
    });
    const { upload_url, file_id } = step1.body;
    const early = await rawCall(slack, 'files.completeUploadExternal', {
      files: [{ id: file_id }],
    });
    expect(early.body).toMatchObject({ error: 'file_not_found' });
    const form = new FormData();
    form.append('file', new Blob([content]), 'export.csv');
    expect((await fetch(String(upload_url), { method: 'POST', body: form })).status).toBe(200);
    const step3 = await rawCall(slack, 'files.completeUploadExternal', {
      files: [{ id: file_id, title: 'Export' }],
      channel_id: 'C0DATA',
      initial_comment: 'here you are',
    });
    expect(step3.body).toMatchObject({ ok: true });
    expect(step3.body).not.toHaveProperty('ts');
    expect(slack.messages('C0DATA').at(-1)).toMatchObject({
      text: 'here you are',
      files: [{ id: file_id, title: 'Export' }],
    });
  });

  it('reacts once', async () => {
    const args = { channel: 'C0DATA', timestamp: ts, name: 'eyes' };
    expect((await rawCall(slack, 'reactions.add', args)).body).toMatchObject({ ok: true });
    expect((await rawCall(slack, 'reactions.add', args)).body).toMatchObject({
      error: 'already_reacted',
    });
    expect(slack.message('C0DATA', ts)?.reactions).toMatchObject([{ name: 'eyes', count: 1 }]);
  });

  it('deletes, leaving a tombstone where there are replies', async () => {
    const other = await rawCall(slack, 'chat.postMessage', { channel: 'C0DATA', text: 'alone' });
    await rawCall(slack, 'chat.postMessage', { channel: 'C0DATA', text: 'reply', thread_ts: ts });
    await rawCall(slack, 'chat.delete', { channel: 'C0DATA', ts });
    await rawCall(slack, 'chat.delete', { channel: 'C0DATA', ts: other.body['ts'] });
    expect(slack.messages('C0DATA').map((message) => message.subtype ?? message.text)).toEqual([
      'tombstone',
      'reply',
    ]);
  });

  it('gives a permalink, into the thread for a reply', async () => {
    const reply = await rawCall(slack, 'chat.postMessage', {
      channel: 'C0DATA',
      text: 'reply',
      thread_ts: ts,
    });
    const link = await rawCall(slack, 'chat.getPermalink', {
      channel: 'C0DATA',
      message_ts: reply.body['ts'],
    });
    expect(link.body['permalink']).toBe(slack.permalink('data-ops', String(reply.body['ts'])));
    expect(link.body['permalink']).toContain(`thread_ts=${ts}`);
  });
});
