// response_url: five answers within half an hour to what a person did.
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { checkContent, contentArgs } from './web-api/message-content.ts';
import { flag, optionalText } from './web-api/method.ts';
import {
  edit,
  post,
  postEphemeral,
  remove,
  removeEphemeral,
  replaceEphemeral,
} from './web-api/post.ts';
import type { Workspace } from './records.ts';
import { addProblem, conversationOf } from './workspace.ts';

const USES = 5;
const LIFE_MS = 30 * 60_000;

interface ResponseTarget {
  channel: string;
  user: string;
  message_ts?: string;
  is_ephemeral?: boolean;
  thread_ts?: string;
}

export function issueResponseUrl(workspace: Workspace, target: ResponseTarget): string {
  const id = randomBytes(12).toString('hex');
  workspace.response_urls.set(id, {
    ...target,
    is_ephemeral: target.is_ephemeral ?? false,
    uses: 0,
    expires_at: workspace.clock.now() + LIFE_MS,
  });
  if (workspace.response_urls.size > 10_000) {
    for (const oldest of workspace.response_urls.keys()) {
      workspace.response_urls.delete(oldest);
      break;
    }
  }
  return `${workspace.origin}/respond/${id}`;
}

const shape = z.object({
  ...contentArgs,
  response_type: z.enum(['ephemeral', 'in_channel']).optional(),
  replace_original: flag,
  delete_original: flag,
  thread_ts: optionalText,
});

/** What Slack answers to a POST at a response_url; the message is posted, replaced or taken away. */
export function respondTo(
  workspace: Workspace,
  id: string,
  body: unknown,
): { status: number; text: string } {
  const entry = workspace.response_urls.get(id);
  if (!entry) return { status: 404, text: 'no_such_url' };
  if (workspace.clock.now() > entry.expires_at) return { status: 404, text: 'expired_url' };
  if (entry.uses >= USES) {
    addProblem(
      workspace,
      'response_url_used_up',
      `a response_url was used more than ${USES} times`,
    );
    return { status: 404, text: 'used_url' };
  }
  const parsed = shape.safeParse(body);
  if (!parsed.success) return { status: 400, text: 'invalid_payload' };
  entry.uses += 1;
  const args = parsed.data;
  const original =
    entry.message_ts === undefined
      ? undefined
      : conversationOf(workspace, entry.channel).by_ts.get(entry.message_ts);
  if (args.delete_original) {
    if (entry.is_ephemeral && entry.message_ts) removeEphemeral(workspace, entry.message_ts);
    else if (original) remove(workspace, original);
    return { status: 200, text: 'ok' };
  }
  const checked = checkContent(workspace, args, 'cut');
  if (!checked.ok) {
    const error = checked.result.ok ? '' : checked.result.error;
    addProblem(workspace, 'bad_response', `a response_url was sent ${error}`);
    return { status: 400, text: error };
  }
  if (args.replace_original && entry.message_ts !== undefined) {
    if (entry.is_ephemeral) replaceEphemeral(workspace, entry.message_ts, checked.content);
    else if (original) edit(workspace, original, checked.content, workspace.app.bot_user_id);
    return { status: 200, text: 'ok' };
  }
  const channel = workspace.channels.get(entry.channel);
  if (!channel) return { status: 404, text: 'channel_not_found' };
  const thread_ts = args.thread_ts ?? entry.thread_ts;
  if (args.response_type === 'in_channel') {
    post(workspace, channel, workspace.app.bot_user_id, checked.content, { thread_ts });
  } else {
    postEphemeral(workspace, channel, entry.user, checked.content, thread_ts);
  }
  return { status: 200, text: 'ok' };
}
