import { beforeEach, describe, expect, it } from 'vitest';
import type { Ack } from '../../simulator/slack/delivery.ts';
import { issueResponseUrl, respondTo } from '../../simulator/slack/response-url.ts';
import { applySubmission } from '../../simulator/slack/submission.ts';
import { checkView } from '../../simulator/slack/view-schema.ts';
import { pushView } from '../../simulator/slack/web-api/views.ts';
import type { View, Workspace } from '../../simulator/slack/records.ts';
import { emptyWorkspace, viewsOf } from '../../simulator/slack/workspace.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const modal = (title: string) => ({
  type: 'modal',
  callback_id: 'decide_item',
  title: plain(title),
  submit: plain('Send'),
  blocks: [
    {
      type: 'input',
      block_id: 'reason',
      label: plain('Why'),
      element: { type: 'plain_text_input', action_id: 'value' },
    },
  ],
});
const ack = (response: unknown): Ack => ({ ok: true, acked_in_ms: 4, response });

describe('the answer to a submitted view', () => {
  let workspace: Workspace;
  let view: View;
  const titles = () => viewsOf(workspace, 'U1').map((each) => each.title?.text);
  function push(title: string): View {
    const checked = checkView(modal(title), 'modal');
    if (!checked.ok) throw new Error(checked.messages.join());
    return pushView(workspace, 'U1', checked.view);
  }
  beforeEach(() => {
    workspace = emptyWorkspace({ now: () => 0 });
    push('below');
    view = push('top');
  });

  it.each([
    ['nothing: it closes, and the one below is seen', {}, ['below'], true],
    ['an empty text', '', ['below'], true],
    ['clear: all close', { response_action: 'clear' }, [], true],
    ['update', { response_action: 'update', view: modal('new') }, ['below', 'new'], false],
    ['push', { response_action: 'push', view: modal('new') }, ['below', 'top', 'new'], false],
    ['errors', { response_action: 'errors', errors: { reason: 'No' } }, ['below', 'top'], false],
  ])('%s', (_what, response, stack, closed) => {
    expect(applySubmission(workspace, view, ack(response))).toMatchObject({
      closed,
      acked_in_ms: 4,
    });
    expect(titles()).toEqual(stack);
    expect(workspace.problems).toEqual([]);
  });

  it.each([
    ['errors on a block that is not there', { response_action: 'errors', errors: { nope: 'No' } }],
    ['no errors', { response_action: 'errors', errors: {} }],
    ['a bad view', { response_action: 'update', view: { type: 'modal' } }],
    ['a word Slack does not know', { response_action: 'explode' }],
    ['something that is no answer', { text: 'thanks' }],
  ])('%s is trouble for the person, and the app’s problem', (_what, response) => {
    const submitted = applySubmission(workspace, view, ack(response));
    expect(submitted).toMatchObject({ closed: false, failed: expect.stringContaining('trouble') });
    expect(titles()).toEqual(['below', 'top']);
    expect(workspace.problems).toMatchObject([{ kind: 'bad_view_response' }]);
  });

  it('is refused a fourth view', () => {
    const third = push('third');
    const response = { response_action: 'push', view: modal('fourth') };
    expect(applySubmission(workspace, third, ack(response))).toMatchObject({
      failed: expect.stringContaining('push_limit_reached'),
    });
  });

  it('leaves the window open when it does not come', () => {
    const lost: Ack = { ok: false, reason: 'timeout', detail: 'no ack within 3000 ms' };
    expect(applySubmission(workspace, view, lost)).toMatchObject({
      closed: false,
      acked_in_ms: null,
    });
    expect(titles()).toEqual(['below', 'top']);
  });
});

describe('a response_url', () => {
  let now = 0;
  let workspace: Workspace;
  let id: string;
  beforeEach(() => {
    now = 1_700_000_000_000;
    workspace = emptyWorkspace({ now: () => now });
    workspace.channels.set('C1', {
      id: 'C1',
      name: 'one',
      members: new Set(['U1']),
      is_archived: false,
      is_private: false,
    });
    id = issueResponseUrl(workspace, { channel: 'C1', user: 'U1' }).split('/').at(-1) ?? '';
  });

  it('takes five answers', () => {
    const answers = Array.from({ length: 6 }, (_, index) =>
      respondTo(workspace, id, { text: `note ${index}` }),
    );
    expect(answers.map((answer) => answer.text)).toEqual([
      'ok',
      'ok',
      'ok',
      'ok',
      'ok',
      'used_url',
    ]);
    expect(workspace.ephemerals).toHaveLength(5);
    expect(workspace.problems).toMatchObject([{ kind: 'response_url_used_up' }]);
  });

  it('lives half an hour', () => {
    now += 30 * 60_000 + 1;
    expect(respondTo(workspace, id, { text: 'late' })).toEqual({
      status: 404,
      text: 'expired_url',
    });
  });

  it('posts for all to see where it is told to, and replaces or deletes a private note', () => {
    respondTo(workspace, id, { text: 'all', response_type: 'in_channel' });
    expect([...(workspace.conversations.get('C1')?.by_ts.values() ?? [])]).toMatchObject([
      { text: 'all', user: workspace.app.bot_user_id },
    ]);
    respondTo(workspace, id, { text: 'just you' });
    const [note] = workspace.ephemerals;
    const onNote = issueResponseUrl(workspace, {
      channel: 'C1',
      user: 'U1',
      message_ts: note!.ts,
      is_ephemeral: true,
    });
    const noteId = onNote.split('/').at(-1) ?? '';
    respondTo(workspace, noteId, { text: 'changed', replace_original: true });
    expect(workspace.ephemerals).toMatchObject([{ text: 'changed', to: 'U1' }]);
    respondTo(workspace, noteId, { delete_original: true });
    expect(workspace.ephemerals).toEqual([]);
  });
});
